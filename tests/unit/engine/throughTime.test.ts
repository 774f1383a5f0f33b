/** What a recurrent network tells of its time steps, beside the tape of the oracle in double precision. */
import { describe, expect, test } from 'vitest';
import { createOracle } from '../../../src/engine/oracle/executor';
import { initialValues } from '../../../src/engine/run/initialValues';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { defineStep } from '../../../src/engine/step/step';
import { loadTask } from '../../../src/engine/tasks';
import type { BackendName, RecurrentSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, lossesOf, small } from './backend';

const LENGTH = 7;
const cells = ['rnn', 'lstm', 'gruResetBefore', 'gruResetAfter'] as const;
const backends = ['cpu', 'wasm', 'captured'] as const satisfies BackendName[];

const recurrent = (network: Partial<RecurrentSpec>, length = LENGTH): TrainingSpec => ({
  ...small,
  network: {
    kind: 'recurrent',
    cell: 'rnn',
    hiddenSize: 6,
    initializer: { kind: 'glorotUniform' },
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
    ...network,
  },
  task: { kind: 'recall', length },
  steps: 0,
});

/** Norms of the first step by the oracle: what each time step contributes, and ∂L/∂h (∂L/∂c of an LSTM). */
async function byOracle(given: TrainingSpec) {
  const spec = resolveSpec(given);
  const shape = shapeOf(spec.task);
  const definition = defineStep(spec, shape);
  const oracle = createOracle({
    ...{ spec, shape, definition },
    collect: ['hiddenGradient', 'cellGradient', 'timeStepGradient', 'gradient'],
  });
  const batch = (await loadTask(spec.task)).batch(spec.seed, 0, spec.batchSize);
  oracle.load(await initialValues(spec, definition, batch));
  oracle.step(batch, '', definition.valuesAt(0), true);
  const { statistics } = await oracle.read();
  const entries = (kind: string, layer?: number) =>
    oracle.slots
      .filter((slot) => slot.kind === kind && (layer === undefined || slot.layer === layer))
      .map(({ name, offset, size }) => ({
        name,
        values: [...statistics!.subarray(offset, offset + size)],
      }));
  const norm = (kind: string, layer?: number) =>
    Math.hypot(...entries(kind, layer).flatMap(({ values }) => values));
  const times = Array.from({ length: shape.length! }, (_, i) => i + 1);
  return {
    entries,
    contributions: times.map((t) => norm('timeStepGradient', t)),
    hidden: times.map((t) => norm('hiddenGradient', t)),
    cell: times.map((t) => norm('cellGradient', t)),
  };
}

const close = (found: number[], expected: number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2e-6 + 2e-5 * expected[i]!),
  );
};

describe.each(cells)('%s', (cell) => {
  const statistics = ['timeStepGradientNorm', ...(cell === 'lstm' ? ['cellGradientNorm'] : [])];

  test.each([undefined, 3])(
    'contributions of the time steps, truncated after %s',
    async (truncation) => {
      const spec = recurrent({ cell, ...(truncation !== undefined && { truncation }) });
      const expected = await byOracle(spec);
      for (const backend of backends) {
        const [frame] = await framesOf(spec, { backend, statistics });
        close(frame!.extra!['timeStepGradientNorm']!, expected.contributions);
        close(frame!.signalGradientNorm, expected.hidden);
        if (cell === 'lstm') close(frame!.extra!['cellGradientNorm']!, expected.cell);
      }
    },
  );

  test('the contributions add up to the gradient', async () => {
    const { entries } = await byOracle(recurrent({ cell }));
    for (const { name, values } of entries('gradient').filter((one) => /^W[xh]/.test(one.name))) {
      const parts = entries('timeStepGradient').filter((one) => one.name === name);
      expect(parts).toHaveLength(LENGTH);
      values.forEach((value, i) => {
        const sum = parts.reduce((total, part) => total + part.values[i]!, 0);
        expect(sum).toBeCloseTo(value, 12);
      });
    }
  });
});

describe('truncated backpropagation', () => {
  test('leaves exactly nothing before the last piece, and all within it as it was', async () => {
    const whole = await byOracle(recurrent({ cell: 'lstm' }));
    const truncated = await byOracle(recurrent({ cell: 'lstm', truncation: 3 }));
    expect(truncated.contributions.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(truncated.contributions.slice(4)).toEqual(whole.contributions.slice(4));
    expect(truncated.hidden.slice(0, 4)).toEqual([0, 0, 0, 0]);
  });

  test('gives each piece its own gradient where every time step is read out', async () => {
    const [frame] = await framesOf(recurrent({ readout: 'every', truncation: 3 }));
    expect(frame!.signalGradientNorm).toHaveLength(LENGTH);
    expect(frame!.signalGradientNorm.every((norm) => norm > 0)).toBe(true);
  });

  test('of the whole sequence changes nothing', async () => {
    const run = (truncation?: number) =>
      framesOf({
        ...recurrent({ cell: 'lstm', ...(truncation !== undefined && { truncation }) }),
        steps: 5,
      });
    expect(lossesOf(await run(LENGTH))).toEqual(lossesOf(await run()));
  });

  test('is after one time step at least', () => {
    expect(() => resolveSpec(recurrent({ truncation: 0 }))).toThrow('network.truncation is 0;');
  });
});

describe('a run that explodes through time', () => {
  const exploding = (gain: number, rate = 0.05): TrainingSpec => ({
    ...recurrent({ activation: 'linear', recurrentInitializer: { kind: 'identity', gain } }, 60),
    optimizer: { kind: 'sgd', learningRate: rate },
    steps: 3,
  });

  test.each(backends)(
    'names the time step at which the state overflows, on %s',
    async (backend) => {
      const frames = await framesOf(exploding(10), { backend });
      const { firstNonFinite } = frames.at(-1)!;
      // Ten times as large at each of 60 time steps: 3.4e38 is passed at the 38th or 39th.
      expect(firstNonFinite).toMatchObject({ step: 0, phase: 'forward', layer: null });
      expect(firstNonFinite!.timeStep).toBeGreaterThan(36);
      expect(firstNonFinite!.timeStep).toBeLessThan(42);
      expect(firstNonFinite!.tensor).toBe(`z${firstNonFinite!.timeStep}`);
    },
  );

  test('names a layer in a network without time', async () => {
    const spec: TrainingSpec = {
      ...small,
      network: {
        ...{ kind: 'mlp', depth: 4, width: 8, activation: 'linear' },
        initializer: { kind: 'normal', std: 1e12 },
      },
    };
    const { firstNonFinite } = (await framesOf(spec)).at(-1)!;
    expect(firstNonFinite).not.toHaveProperty('timeStep');
    expect(firstNonFinite!.layer).not.toBeNull();
  });
});
