import { describe, expect, it } from 'vitest';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import { SeedRun } from '../../../src/kit/seeds.svelte';
import { spreadOf } from '../../../src/kit/spread';
import { tally, trainSeeds } from '../../../src/kit/trainSeeds';
import widget from '../../../src/widgets/vanishing-depth/widget';
import { FakeEngine, until } from '../../support/fakeEngine';

const values: AnySettings = { ...defaults(widget.params), steps: 10 };
const learned = widget.learned;

describe('training many seeds', () => {
  it('yields them in order and closes every session', async () => {
    const engine = new FakeEngine();
    const seeds: number[] = [];
    for await (const run of trainSeeds(widget, values, [4, 5, 6], engine)) {
      seeds.push(run.seed);
      expect(run.result.lanes['problem']?.signalGradientNorm[0]).toEqual([0, run.seed]);
    }
    expect(seeds).toEqual([4, 5, 6]);
    expect(engine.open).toBe(0);
  });

  it('counts what learned and what diverged', async () => {
    const engine = new FakeEngine();
    const results = [];
    for await (const { result } of trainSeeds(widget, values, [1, 2, 3], engine))
      results.push(result);
    engine.broken = { lane: 'problem', step: 3 };
    for await (const { result } of trainSeeds(widget, values, [5], engine)) results.push(result);
    expect(tally(results, learned)).toEqual([
      { lane: 'problem', total: 4, learned: 2, diverged: 1 },
      { lane: 'control', total: 4, learned: 3, diverged: 0 },
    ]);
  });

  it('keeps what it has when it is stopped', async () => {
    const seeds = new SeedRun();
    const engine = new FakeEngine();
    void seeds.start(widget, values, 20, async () => engine, { unknownFailure: '' });
    await until(() => seeds.results.length >= 2);
    seeds.cancel();
    const kept = seeds.results.length;
    await until(() => engine.open === 0);
    expect(seeds.state).toBe('stopped');
    expect(seeds.results).toHaveLength(kept);
    expect(kept).toBeLessThan(20);
  });

  it('ends with all of them', async () => {
    const seeds = new SeedRun();
    void seeds.start(widget, values, 5, async () => new FakeEngine(), { unknownFailure: '' });
    await until(() => seeds.state === 'done');
    expect(seeds.results).toHaveLength(5);
  });

  it('says why it cannot go on', async () => {
    const seeds = new SeedRun();
    const engine = new FakeEngine();
    engine.failure = 'The worker is gone.';
    void seeds.start(widget, values, 5, async () => engine, { unknownFailure: '' });
    await until(() => seeds.state === 'error');
    expect(seeds.error).toBe('The worker is gone.');
  });
});

describe('the spread of some numbers', () => {
  it('counts NaN as the largest', () => {
    expect(spreadOf([3, 1, NaN])).toEqual({ median: 3, low: 1, high: NaN });
    expect(spreadOf([3, NaN, NaN]).median).toBeNaN();
    expect(spreadOf([1, 2, 3, 4])).toEqual({ median: 2.5, low: 1, high: 4 });
    expect(spreadOf([Infinity, Infinity]).median).toBe(Infinity);
  });
});
