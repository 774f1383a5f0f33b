import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineService } from '../../../src/engine/types';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import { Runner } from '../../../src/kit/runner.svelte';
import widget from '../../../src/widgets/vanishing-depth/widget';
import { FakeEngine, settle, until } from '../../support/fakeEngine';

const settings: AnySettings = { ...defaults(widget.params), steps: 20 };
let engine: FakeEngine;
let runner: Runner;

beforeEach(() => {
  engine = new FakeEngine();
  runner = make(async () => engine);
});

function make(service: () => Promise<EngineService>, values = settings): Runner {
  const made = new Runner({ widget, settings: values, service, unknownFailure: 'no reason' });
  made.speed = 'full';
  return made;
}

describe('a run', () => {
  it('goes from idle over loading and running to done', async () => {
    expect(runner.state).toBe('idle');
    runner.run();
    expect(runner.state).toBe('loading');
    await until(() => runner.state === 'running');
    await until(() => runner.state === 'done');
    expect(runner.result?.lanes['problem']?.loss).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect(runner.total).toBe(20);
    expect(runner.step).toBe(20);
    expect(engine.open).toBe(0);
  });

  it('pulls nothing while it is paused, and goes on where it was', async () => {
    runner.run();
    await until(() => engine.pulls > 5);
    runner.pause();
    await settle();
    const { pulls } = engine;
    await settle();
    expect(engine.pulls).toBe(pulls);
    expect(runner.state).toBe('paused');
    runner.run();
    await until(() => runner.state === 'done');
    expect(runner.result?.lanes['problem']?.steps).toHaveLength(21);
  });

  it('is not ended by one that was on its way to its end when it began', async () => {
    runner = make(async () => engine, { ...settings, steps: 300, seed: 78 });
    runner.finish('asked');
    await until(() => engine.pulls > 0);
    runner.run();
    await until(() => runner.state === 'done');
    expect(runner.step).toBe(300);
    expect(runner.result?.lanes['problem']?.steps).toHaveLength(301);
  });

  it('begins a step anew from a run that goes to its end at once, whose messages hold many', async () => {
    // Each look at the clock finds it later: the run takes long, and shows itself.
    let now = 0;
    runner = make(async () => engine, { ...settings, steps: 300, seed: 77 });
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now += 400));
    runner.finish('asked');
    await until(() => runner.state === 'running');
    clock.mockRestore();
    runner.makeStep();
    await until(() => runner.state === 'paused');
    expect(runner.step).toBe(0);
    expect(runner.result?.lanes['problem']?.loss).toHaveLength(1);
    runner.makeStep();
    await until(() => runner.step === 1);
    expect(runner.state).toBe('paused');
  });

  it('pulls nothing while it is out of sight', async () => {
    runner.run();
    await until(() => runner.state === 'running');
    runner.visible = false;
    await settle();
    const { pulls } = engine;
    await settle();
    expect(engine.pulls).toBe(pulls);
    expect(runner.state).toBe('running');
    runner.visible = true;
    runner.nudge();
    await until(() => runner.state === 'done');
  });

  it('makes single steps, the first of which shows the network as drawn', async () => {
    runner.makeStep();
    await until(() => runner.state === 'paused');
    await settle();
    expect(runner.step).toBe(0);
    runner.makeStep();
    await until(() => runner.step === 1);
    await settle();
    runner.makeStep();
    await until(() => runner.step === 2);
    await settle();
    expect(runner.step).toBe(2);
    expect(runner.state).toBe('paused');
  });

  it('stops with a pause at a step asked for while it runs', async () => {
    runner.run();
    await until(() => runner.state === 'running');
    runner.makeStep();
    await settle();
    expect(runner.state).toBe('paused');
  });

  it('forgets everything at a reset, and a late frame changes nothing', async () => {
    runner.run();
    await until(() => runner.result !== null);
    runner.reset();
    await settle();
    expect(runner).toMatchObject({ state: 'idle', result: null, step: 0, error: null });
    expect(engine.open).toBe(0);
  });

  it('ends as diverged when a lane left the finite numbers, the other lane complete', async () => {
    engine.broken = { lane: 'problem', step: 5 };
    runner.run();
    await until(() => runner.state === 'diverged');
    expect(runner.result?.lanes['problem']?.firstNonFinite?.step).toBe(5);
    expect(runner.result?.lanes['control']?.loss).toHaveLength(21);
  });

  it('says in a sentence why it cannot go on, and can be run again', async () => {
    engine.failure = 'The worker is gone.';
    runner.run();
    await until(() => runner.state === 'error');
    expect(runner.error).toBe('The worker is gone.');
    engine.failure = null;
    runner.run();
    await until(() => runner.state === 'done');
    expect(runner.error).toBeNull();
  });

  it('says so where the engine cannot be loaded at all', async () => {
    runner = make(() => Promise.reject(new Error('')));
    runner.run();
    await until(() => runner.state === 'error');
    expect(runner.error).toBe('no reason');
  });

  it('asks for the backend that it was given', async () => {
    runner.backend = 'webgl';
    runner.run();
    await until(() => runner.info !== null);
    expect(engine.sessions[0]?.backend).toBe('webgl');
    expect(runner.info?.backend).toBe('webgl');
  });

  it('starts anew with other values', async () => {
    runner.run();
    await until(() => runner.state === 'done');
    runner.setSettings({ ...settings, steps: 5 });
    expect(runner.state).toBe('idle');
    runner.run();
    await until(() => runner.state === 'done');
    expect(runner.step).toBe(5);
  });

  it('takes steps of the size that its speed asks for', async () => {
    runner = make(async () => engine, { ...settings, steps: 600 });
    runner.run();
    await until(() => runner.state === 'done');
    expect(runner.result?.lanes['problem']?.frameSteps).toEqual(
      Array.from({ length: 61 }, (_, i) => 10 * i),
    );
    expect(engine.sessions[0]?.pace()).toMatchObject({ steps: 10, frames: 61 });
    runner.speed = 'slow';
    expect(engine.sessions[0]?.pace()).toEqual({ steps: 1, milliseconds: 30 });
  });
});

describe('runs that are readied ahead', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('are captured while a dial is held', async () => {
    runner.prepare([settings]);
    await until(() => engine.prepared > 0);
  });

  it('are left alone on a connection that is to be spared', async () => {
    const service = vi.fn(async () => engine);
    for (const connection of [{ saveData: true }, { effectiveType: '3g' }]) {
      vi.stubGlobal('navigator', { connection });
      make(service).prepare([settings]);
    }
    await settle();
    expect(service).not.toHaveBeenCalled();
    vi.stubGlobal('navigator', { connection: { effectiveType: '4g' } });
    make(service).prepare([settings]);
    await until(() => service.mock.calls.length === 1);
  });
});
