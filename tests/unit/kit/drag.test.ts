import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaults, presetSettings, type AnySettings } from '../../../src/kit/codec';
import type { WidgetHost } from '../../../src/kit/host';
import { WidgetModel } from '../../../src/kit/model.svelte';
import type { TrainingResult } from '../../../src/kit/widget';
import { en } from '../../../src/kit/words/en';
import { getRecording } from '../../../src/registry/server';
import home from '../../../src/widgets/home-network/widget';
import widget from '../../../src/widgets/vanishing-depth/widget';
import { FakeEngine, settle, until } from '../../support/fakeEngine';

/** Each test trains lanes of a seed of its own, so that none finds those of another. */
let seed = 1000;
let engine: FakeEngine;
let model: WidgetModel;
let given: AnySettings;
let told: AnySettings[];
const depthOf = (lanes: Record<string, unknown>): string[] => Object.keys(lanes);

beforeEach(async () => {
  engine = new FakeEngine();
  told = [];
  given = { ...defaults(widget.params), steps: 120, seed: seed++ };
  const host: WidgetHost = {
    service: async () => engine,
    recordings: async () => ({}),
    link: () => 'https://example.org/',
    changed: (settings) => told.push(settings),
  };
  model = new WidgetModel({ widget, settings: given, recording: null, host, words: en });
  model.fill();
  await until(() => model.shown !== null);
  expect(model.state).toBe('idle');
});

// What a test leaves running must not measure the device for the next one.
afterEach(() => model.runner.close());

const lossOf = () => (model.shown?.result as TrainingResult).lanes['problem']?.loss.length;

describe('a dial that moves', () => {
  it('shows the finished run of each position, and leaves the old curves behind', async () => {
    const before = model.figures[0]!.chart;
    model.change('steps', 60);
    expect(model.stale).toBe(true);
    expect(lossOf()).toBe(121);
    await until(() => !model.stale);
    expect(lossOf()).toBe(61);
    const chart = model.figures[0]!.chart;
    expect(
      chart.kind === 'line' && before.kind === 'line' && chart.ghost?.map(({ y }) => y),
    ).toEqual(before.kind === 'line' && before.series.map(({ y }) => y));
    model.release();
    expect(model.figures[0]!.chart).not.toHaveProperty('ghost');
  });

  it('never shows an empty picture', async () => {
    for (let steps = 79; steps > 40; steps -= 3) {
      model.change('steps', steps);
      expect(lossOf()).toBeGreaterThan(40);
      await settle();
      expect(lossOf()).toBeGreaterThan(40);
    }
  });

  it('ends at its last position, and queues nothing', async () => {
    const before = engine.sessions.length;
    for (let steps = 79; steps >= 50; steps--) model.change('steps', steps);
    model.release();
    await until(() => model.state === 'done');
    expect(lossOf()).toBe(51);
    expect(engine.sessions.length - before).toBeLessThan(4);
    expect(engine.open).toBe(0);
  });

  it('trains only the lanes that it changes', async () => {
    model.change('depth', 7);
    await until(() => !model.stale);
    expect(depthOf(engine.trained.at(-1)!)).toEqual(['problem']);
    const { pulls } = engine;
    model.change('depth', Number(given['depth']));
    await until(() => !model.stale);
    expect(engine.pulls).toBe(pulls);
  });

  it('is told once, when the reader lets go, and so is the live region', async () => {
    const { announcement } = model;
    model.change('steps', 60);
    await until(() => !model.stale);
    model.change('steps', 61);
    await until(() => !model.stale);
    expect(told).toEqual([]);
    expect(model.announcement).toBe('');
    model.release();
    expect(told).toEqual([{ ...given, steps: 61 }]);
    expect(model.announcement).toContain('Training finished.');
    expect(model.announcement).not.toBe(announcement);
  });

  it('keeps the picture and says why where a setting cannot run', async () => {
    engine.failure = 'These runs need more than 1 GB of memory together.';
    model.change('steps', 60);
    await until(() => model.state === 'error');
    expect(lossOf()).toBe(121);
    expect(model.runner.error).toContain('1 GB');
    engine.failure = null;
    model.change('steps', 62);
    await until(() => !model.stale);
    expect(lossOf()).toBe(63);
  });

  it('waits for the release where a run takes long on this device', async () => {
    engine.stepsPerSecond = 1;
    for (const steps of [60, 61]) {
      model.change('steps', steps);
      await until(() => !model.stale);
    }
    model.change('steps', 70);
    await until(() => model.runner.tooSlow);
    await settle();
    expect(lossOf()).toBe(62);
    engine.stepsPerSecond = 1e9;
    model.release();
    await until(() => model.state === 'done');
    expect(lossOf()).toBe(71);
  });
});

describe('time', () => {
  it('stands at the start until a run is watched, and profiles with it', async () => {
    const profile = () => model.figures.find(({ id }) => id === 'signal-gradient')!;
    const first = () => {
      const { chart } = profile();
      return chart.kind === 'line' ? chart.series[0]!.y[0] : null;
    };
    expect(model.step).toBe(0);
    expect(profile().step).toBe(0);
    expect(first()).toBe(0);
    model.showFrame(20);
    expect(profile().step).toBe(40);
    expect(first()).toBe(40);
    model.change('depth', 8);
    await until(() => !model.stale);
    expect(profile().step).toBe(40);
    model.runner.speed = 'full';
    model.run();
    await until(() => model.state === 'done');
    expect(profile().step).toBe(120);
    expect(first()).toBe(120);
  });

  it('puts a line into courses at the step that the profiles show', () => {
    model.showFrame(20);
    const { chart } = model.figures[0]!;
    expect(chart.kind === 'line' && chart.references?.at(-1)).toMatchObject({
      ...{ kind: 'cursor', at: 40, label: 'step 40' },
    });
    model.showFrame(99);
    expect(model.scrubbed).toBeNull();
  });
});

describe('a run that is watched', () => {
  it('clears to the start and grows on the axes of the whole', async () => {
    const axes = () => {
      const { chart } = model.figures[0]!;
      return chart.kind === 'line' ? chart.y.domain : null;
    };
    model.makeStep();
    await until(() => model.state === 'paused');
    expect(lossOf()).toBe(1);
    expect(axes()![1]).toBeGreaterThanOrEqual(120);
  });
});

describe('Reset', () => {
  it('returns to the settings that were given', async () => {
    model.change('steps', 60);
    model.release();
    await until(() => model.state === 'done');
    model.reset();
    expect(model.settings).toEqual(given);
    expect(told.at(-1)).toEqual(given);
  });

  it('shows their recording where there is one', async () => {
    const start = presetSettings(home, 'problem');
    const recording = getRecording('home-network', '');
    const host: WidgetHost = {
      service: async () => engine,
      recordings: async () => ({ [recording.key]: recording }),
      link: () => '',
    };
    model = new WidgetModel({ widget: home, settings: start, recording, host, words: en });
    model.change('gain', 1.7);
    model.release();
    await until(() => model.state === 'done');
    model.reset();
    expect(model.recorded).toBe(true);
    expect(model.state).toBe('idle');
  });
});
