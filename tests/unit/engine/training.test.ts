import { beforeAll, describe, expect, test } from 'vitest';
import { Run } from '../../../src/engine/run/run';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { engine } from '../../../src/engine/step/tf';
import type { TrainingSpec } from '../../../src/engine/types';
import { activate, framesOf, lossesOf, small } from './backend';

const deep = (activation: 'relu' | 'tanh' | 'sigmoid', depth = 10): TrainingSpec['network'] => ({
  kind: 'mlp',
  depth,
  width: 32,
  activation,
  initializer: activation === 'relu' ? { kind: 'heNormal' } : { kind: 'glorotNormal' },
});

describe('one seed, one run', () => {
  test('another seed is another run', async () => {
    const [first, second] = [await framesOf(small), await framesOf({ ...small, seed: 6 })];
    expect(lossesOf(second)[0]).not.toBe(lossesOf(first)[0]);
  });

  test('the pace changes the frames, not the losses', async () => {
    const [slow, fast] = [
      await framesOf(small, { steps: 3 }),
      await framesOf(small, { steps: 40 }),
    ];
    expect(fast.map(({ step }) => step)).toEqual([0, 40]);
    expect(lossesOf(slow)).toEqual(lossesOf(fast));
    expect(slow.at(-1)).toMatchObject({ final: fast.at(-1)!.final! });
  });

  test('`every` fixes the frames', async () => {
    const frames = await framesOf(small, { every: 15, steps: 2 });
    expect(frames.map(({ step }) => step)).toEqual([0, 15, 30, 40]);
  });
});

describe('a run that leaves the finite numbers', () => {
  const exploding: TrainingSpec = {
    ...small,
    network: {
      ...deep('relu'),
      initializer: { kind: 'heNormal', gain: 2 },
    } as TrainingSpec['network'],
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    steps: 200,
  };

  test('stops at the first non-finite tensor and names it', async () => {
    const frames = await framesOf(exploding, { steps: 50 });
    const last = frames.at(-1)!;
    expect(last.done).toBe(true);
    expect(last.final).toBeUndefined();
    expect(last.firstNonFinite!.step).toBe(last.step);
    expect(last.firstNonFinite).toMatchObject({
      phase: expect.any(String),
      tensor: expect.any(String),
    });
    const losses = lossesOf(frames);
    expect(losses).toHaveLength(last.step + 1);
    expect(losses.slice(0, -1).every(Number.isFinite)).toBe(true);
  });

  test('names the same tensor whatever the pace', async () => {
    const found = await Promise.all([1, 7, 200].map((steps) => framesOf(exploding, { steps })));
    const places = found.map((frames) => frames.at(-1)!.firstNonFinite);
    expect(places[1]).toEqual(places[0]);
    expect(places[2]).toEqual(places[0]);
  });

  test('an overflow in the forward pass of the first batch is found in its layer', async () => {
    const frames = await framesOf({
      ...exploding,
      network: {
        ...deep('linear' as 'relu', 4),
        initializer: { kind: 'normal', std: 1e15 },
      } as TrainingSpec['network'],
    });
    expect(frames).toHaveLength(1);
    expect(frames[0]!.firstNonFinite).toMatchObject({
      step: 0,
      phase: 'forward',
      tensor: 'z3',
      layer: 3,
    });
  });

  test('an overflow of the update is an update’s', async () => {
    const frames = await framesOf({
      ...small,
      network: {
        ...deep('tanh', 0),
        outputInitializer: { kind: 'normal', std: 100 },
      } as TrainingSpec['network'],
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 1e38 },
    });
    expect(frames[0]!.losses.every(Number.isFinite)).toBe(true);
    expect(frames[0]!.firstNonFinite).toMatchObject({
      step: 0,
      phase: 'update',
      tensor: 'W1',
      layer: 1,
    });
  });

  test('clipping does not hide a NaN', async () => {
    const frames = await framesOf({
      ...exploding,
      clip: { kind: 'value', maxValue: 1 },
      network: {
        ...deep('linear' as 'relu', 4),
        initializer: { kind: 'normal', std: 1e15 },
      } as TrainingSpec['network'],
    });
    expect(frames.at(-1)!.firstNonFinite).not.toBeNull();
  });

  test('a lane that stops leaves the other one running', async () => {
    const { createLocalEngineService } = await import('../../../src/engine/node');
    const session = createLocalEngineService('wasm').session({
      pace: () => ({ steps: 10, milliseconds: 60_000 }),
    });
    const steps: Record<string, number[]> = { problem: [], control: [] };
    for await (const { lanes } of session.train({
      problem: { ...exploding, steps: 40 },
      control: small,
    })) {
      for (const [name, lane] of Object.entries(lanes)) steps[name]!.push(lane.step);
    }
    expect(steps['problem']!.length).toBeLessThan(4);
    expect(steps['control']).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('a run in pieces', () => {
  beforeAll(() => activate('wasm'));

  test('goes on from a snapshot as if nothing had happened', async () => {
    const { factory } = await activate('wasm');
    const request = {
      specs: { run: resolveSpec({ ...small, optimizer: { kind: 'adam', learningRate: 0.003 } }) },
      statistics: [],
      every: 10,
    };
    const pace = { steps: 10, milliseconds: 60_000 };
    const whole = await Run.create(request, factory, null);
    await whole.frame(pace);
    await whole.frame(pace);
    const snapshot = structuredClone(await whole.snapshot());
    const expected = [await whole.frame(pace), await whole.frame(pace)];
    const resumed = await Run.create(request, factory, snapshot);
    const got = [await resumed.frame(pace), await resumed.frame(pace)];
    expect(got.map(({ lanes }) => lanes)).toEqual(expected.map(({ lanes }) => lanes));
    whole.dispose();
    resumed.dispose();
  });

  test('keeps no tensors, whatever its length', async () => {
    const { factory } = await activate('wasm');
    const before = engine().memory().numTensors;
    const specs = {
      run: resolveSpec({ ...small, steps: 400, clip: { kind: 'globalNorm', maxNorm: 1 } }),
    };
    const run = await Run.create(
      { specs, statistics: ['saturation', 'updateRatio'], every: 100 },
      factory,
      null,
    );
    const counts: number[] = [];
    const pace = { steps: 1, milliseconds: 0 };
    await run.frame(pace);
    for (let i = 0; i < 3; i++) {
      await run.frame(pace);
      counts.push(engine().memory().numTensors);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[2]).toBe(counts[0]);
    run.dispose();
    expect(engine().memory().numTensors).toBe(before);
  });
});
