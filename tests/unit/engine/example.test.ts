/** What the statistics of one example say, against the float64 oracle, on every backend that Node has. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExecutorRequest } from '../../../src/engine/backends/executor';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import { createOracle } from '../../../src/engine/oracle/executor';
import { initialValues } from '../../../src/engine/run/initialValues';
import { Backends } from '../../../src/engine/service/backends';
import type { OpenBackend } from '../../../src/engine/service/records';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { digitsSize, shapeOf } from '../../../src/engine/spec/tasks';
import type { StatisticKind } from '../../../src/engine/step/slots';
import { defineStep } from '../../../src/engine/step/step';
import { loadTask } from '../../../src/engine/tasks';
import type { MlpSpec, TrainingSpec } from '../../../src/engine/types';
import { exampleOf } from '../../../src/kit/training';
import { framesOf, small } from './backend';

const kinds: StatisticKind[] = [
  'exampleInput',
  'exampleActivation',
  'exampleOutput',
  'exampleTarget',
  'exampleSignalGradient',
];
const names = [...kinds];
/** Float32 through five layers and three updates, as a share of a tensor's largest entry. */
const tolerance = 2e-5;
const steps = 3;
const example = 7;

const network = (changes: Partial<MlpSpec>): TrainingSpec => ({
  ...small,
  network: {
    kind: 'mlp',
    depth: 5,
    width: 16,
    activation: 'tanh',
    initializer: { kind: 'orthogonal' },
    ...changes,
  },
  examples: [example],
});

const specs: Record<string, TrainingSpec> = {
  plain: network({}),
  'without hidden layers': network({ depth: 0 }),
  'ReLU with biases': network({
    activation: 'relu',
    initializer: { kind: 'heNormal' },
    bias: { std: 0.3 },
  }),
  'batch norm': network({ batchNorm: true }),
  'pre-activation blocks': network({ residual: 'preActivation' }),
  'post-activation blocks': network({ residual: 'postActivation' }),
  'squared error': { ...network({}), loss: { kind: 'meanSquaredError', reduction: 'sum' } },
  'two spirals': { ...network({}), task: { kind: 'twoSpirals', noise: 0.1 } },
};

const backends = new Backends({ wasmLocation });
const open: Record<string, OpenBackend> = {};
beforeAll(async () => {
  for (const name of ['cpu', 'wasm', 'captured'] as const) open[name] = await backends.open(name);
});

/** The request of a lane that shows an example, and its batches. */
async function laneOf(given: TrainingSpec) {
  const spec = resolveSpec(given);
  const shape = shapeOf(spec.task);
  const task = await loadTask(spec.task);
  const { x, y } = task.evaluation(spec.seed).test!;
  const definition = defineStep(spec, shape);
  const request: ExecutorRequest = {
    ...{ spec, shape, definition, collect: kinds },
    examples: {
      x: x.slice(example * shape.inputSize, (example + 1) * shape.inputSize),
      y: y.slice(example * shape.outputSize, (example + 1) * shape.outputSize),
    },
  };
  const batch = (step: number) => task.batch(spec.seed, step, spec.batchSize);
  return { request, batch };
}

describe.each(Object.entries(specs))('%s', (_name, spec) => {
  test.each(['cpu', 'wasm', 'captured'])('agrees with the oracle on %s', async (name) => {
    const { request, batch } = await laneOf(spec);
    const { definition } = request;
    await open[name]!.activate();
    const values = await initialValues(request.spec, definition, batch(0));
    const tested = await open[name]!.factory(request);
    const oracle = createOracle(request);
    try {
      for (const executor of [tested, oracle]) executor.load(values);
      for (let step = 0; step <= steps; step++) {
        for (const executor of [tested, oracle])
          executor.step(batch(step), String(step), definition.valuesAt(step), true);
        const [found, expected] = [(await tested.read()).statistics!, await oracle.read()];
        for (const [i, slot] of tested.slots.entries()) {
          const other = oracle.slots[i]!;
          const part = expected.statistics!.subarray(other.offset, other.offset + other.size);
          const largest = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          expect(largest, `${slot.kind} ${slot.name}`).toBeGreaterThan(0);
          part.forEach((value, k) =>
            expect(
              Math.abs(found[slot.offset + k]! - value) / largest,
              `${slot.kind} ${slot.name}[${k}] at step ${step}`,
            ).toBeLessThan(tolerance),
          );
        }
      }
    } finally {
      tested.dispose();
    }
  });
});

describe('in a run', () => {
  const spec = network({});
  const shown = { backend: 'captured', statistics: names } as const;

  test('the signal gradient at the output is softmax(o) − y', async () => {
    const [frame] = await framesOf(spec, shown);
    const { exampleOutput, exampleTarget, exampleSignalGradient } = frame!.extra!;
    const total = exampleOutput!.reduce((sum, o) => sum + Math.exp(o), 0);
    exampleOutput!.forEach((o, k) =>
      expect(exampleSignalGradient!.at(k - 10)).toBeCloseTo(
        Math.exp(o) / total - exampleTarget![k]!,
        6,
      ),
    );
  });

  test('training is the same to the last bit, whatever is looked at', async () => {
    const plain = await framesOf(spec, { backend: 'captured' });
    const looked = await framesOf(spec, shown);
    const other = await framesOf({ ...spec, examples: [8] }, shown);
    const course = (frames: typeof plain) => frames.map(({ losses, final }) => ({ losses, final }));
    expect(course(looked)).toEqual(course(plain));
    expect(course(other)).toEqual(course(plain));
    expect(other[0]!.extra!['exampleInput']).not.toEqual(looked[0]!.extra!['exampleInput']);
  });

  test('the example is of the held-out part, and the same at every step', async () => {
    const frames = await framesOf(spec, shown);
    const { test: held } = (await loadTask({ kind: 'digits' })).evaluation(spec.seed);
    const pixels = [...held!.x.slice(example * 64, (example + 1) * 64)];
    for (const { extra } of frames) expect(extra!['exampleInput']).toEqual(pixels);
  });

  test('a run that overflows ends where it ended, and its last frame shows Inf or NaN', async () => {
    const explosive: TrainingSpec = {
      ...network({ depth: 10, activation: 'relu', initializer: { kind: 'heNormal', gain: 3 } }),
      optimizer: { kind: 'sgd', learningRate: 0.01 },
    };
    const plain = (await framesOf(explosive, { backend: 'captured' })).at(-1)!;
    const looked = (await framesOf(explosive, shown)).at(-1)!;
    expect(plain.firstNonFinite).not.toBeNull();
    expect(looked.firstNonFinite).toEqual(plain.firstNonFinite);
    const numbers = Object.values(looked.extra!).flat();
    expect(numbers.some((value) => !Number.isFinite(value))).toBe(true);
  });

  test('for each digit there is a row that shows it', async () => {
    const { test: held } = (await loadTask({ kind: 'digits' })).evaluation(spec.seed);
    for (let digit = 0; digit < 10; digit++)
      expect(held!.y[exampleOf(`${digit}`) * 10 + digit], `the row of ${digit}`).toBe(1);
  });

  test('several examples are reported one after another, each as it is alone', async () => {
    const [both] = await framesOf({ ...spec, examples: [example, 8] }, shown);
    const [one] = await framesOf(spec, shown);
    const [other] = await framesOf({ ...spec, examples: [8] }, shown);
    for (const name of ['exampleInput', 'exampleOutput', 'exampleTarget'])
      expect(both!.extra![name]).toEqual([...one!.extra![name]!, ...other!.extra![name]!]);
    // The loss of both is the mean of theirs, so each has half of its own gradient.
    const last = (frame: typeof one) => frame!.extra!['exampleSignalGradient']!.slice(-10);
    last(both).forEach((value, k) => expect(2 * value).toBeCloseTo(last(other)[k]!, 6));
  });

  test('a row beyond the held-out part is refused', async () => {
    const beyond = digitsSize.test;
    await expect(framesOf({ ...spec, examples: [beyond] })).rejects.toThrow(
      `examples is ${beyond}; allowed: rows up to ${beyond - 1}; the held-out part of digits has 360`,
    );
  });
});
