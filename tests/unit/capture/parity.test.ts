/** Captured against eager cpu on every reference case and on every preset of every widget. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backends, type OpenBackend } from '../../../src/engine/backends';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import type { ExecutorRequest, TensorValues } from '../../../src/engine/executor';
import { batchOf, optimizerOf, shapeOf, specOf } from '../../../src/engine/golden/case';
import { valuesOf } from '../../../src/engine/golden/check';
import { initialValues } from '../../../src/engine/initialValues';
import { resolveSpec } from '../../../src/engine/spec';
import { defineStep, type StatisticKind } from '../../../src/engine/step/step';
import { tasks, type Batch } from '../../../src/engine/tasks';
import type { Engine, TrainingSpec } from '../../../src/engine/types';
import { declaredSettings } from '../../../src/kit/authored';
import type { TrainingWidget } from '../../../src/kit/widget';
import { widgets } from '../../../src/registry/server';
import { goldenCases } from '../../golden/files';
import { deviation } from './steps';

const backends = new Backends({ wasmLocation });
const collect: StatisticKind[] = [
  'preActivation',
  'activation',
  'output',
  'signalGradient',
  'gradient',
  'clippedGradient',
];
const report: { name: string; first: number; fifth: number }[] = [];
let cpu: OpenBackend;
let captured: OpenBackend;
let wasm: OpenBackend;

beforeAll(async () => {
  cpu = await backends.open('cpu');
  captured = await backends.open('captured');
  wasm = await backends.open('wasm');
});

afterAll(() => {
  report.sort((a, b) => b.first - a.first);
  const lines = report
    .slice(0, 12)
    .map(
      ({ name, first, fifth }) => `${first.toExponential(1)}  ${fifth.toExponential(1)}  ${name}`,
    );
  console.log(['Largest deviations from eager cpu, at step 1 and after 5:', ...lines].join('\n'));
});

interface Outcome {
  tensors: Map<string, Float32Array>;
  after: TensorValues;
}

/** Everything of the first step, and the values after five. */
async function outcome(
  backend: OpenBackend,
  request: ExecutorRequest,
  values: TensorValues,
  batchAt: (step: number) => Batch,
): Promise<Outcome> {
  await backend.activate();
  const executor = await backend.factory({ ...request, collect });
  try {
    executor.load(values);
    const tensors = new Map<string, Float32Array>();
    for (let step = 0; step < 5; step++) {
      executor.step(batchAt(step), String(step), request.definition.hyperAt(step), step === 0);
      const { scalars, statistics } = await executor.read();
      if (step > 0) continue;
      tensors.set('scalars', scalars);
      for (const { kind, name, offset, size } of executor.slots) {
        tensors.set(`${kind} ${name}`, statistics!.slice(offset, offset + size));
      }
      const { parameters, state } = await executor.values();
      request.definition.parameters.forEach(({ name }, i) => tensors.set(name, parameters[i]!));
      request.definition.state.forEach(({ name }, i) => tensors.set(name, state[i]!));
    }
    return { tensors, after: await executor.values() };
  } finally {
    executor.dispose();
  }
}

async function compare(
  name: string,
  request: ExecutorRequest,
  values: TensorValues,
  batchAt: (step: number) => Batch,
): Promise<void> {
  const expected = await outcome(cpu, request, values, batchAt);
  const actual = await outcome(captured, request, values, batchAt);
  const [first, fifth] = distance(actual, expected);
  report.push({ name, first, fifth });
  let [firstLimit, fifthLimit] = [2e-6, 1e-5];
  if (first > firstLimit || fifth > fifthLimit) {
    // A step that enlarges rounding errors does so without captures too. What it makes of start
    // values moved by half a unit of the last place, and how far eager wasm lies from eager cpu, is
    // what two float32 computations may differ by, within a factor of 8: where GELU takes 1 + erf near −1, say, or where
    // equal units leave a gradient that is 0 but for rounding.
    const nudgedValues = { ...values, parameters: values.parameters.map(nudged) };
    for (const other of [
      await outcome(cpu, request, nudgedValues, batchAt),
      await outcome(wasm, request, values, batchAt),
    ]) {
      const [firstShift, fifthShift] = distance(other, expected);
      firstLimit = Math.max(firstLimit, 8 * firstShift);
      fifthLimit = Math.max(fifthLimit, 8 * fifthShift);
    }
  }
  expect(first, 'at step 1').toBeLessThanOrEqual(firstLimit);
  expect(fifth, 'after 5 steps').toBeLessThanOrEqual(fifthLimit);
}

/** Largest deviation of any tensor at step 1, and of the values after five. */
function distance(actual: Outcome, expected: Outcome): [first: number, fifth: number] {
  let first = 0;
  for (const [tensor, numbers] of expected.tensors) {
    first = Math.max(first, deviation(actual.tensors.get(tensor)!, numbers));
  }
  const all = ({ after }: Outcome): Float32Array[] => [...after.parameters, ...after.state];
  return [
    first,
    Math.max(...all(expected).map((numbers, i) => deviation(all(actual)[i]!, numbers))),
  ];
}

/** Every second number moved to its neighbour. */
function nudged(numbers: Float32Array): Float32Array {
  return numbers.map((x, i) => (i % 2 === 0 ? x * (1 + 2 ** -23) : x));
}

describe('reference cases', () => {
  it.each(goldenCases().map((golden) => [golden.name, golden] as const))(
    'replays %s',
    async (name, golden) => {
      const shape = shapeOf(golden);
      for (const { optimizer } of golden.expected.steps) {
        const spec = specOf(golden, optimizerOf(optimizer));
        const definition = defineStep(spec, shape);
        await compare(
          `${name}, ${optimizer['kind']}`,
          { spec, shape, definition, collect },
          valuesOf(golden, definition),
          () => batchOf(golden),
        );
      }
    },
  );
});

const noFrames: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({
    next: () => Promise.resolve({ done: true, value: undefined }),
  }),
};

/** The specifications that an experiment would train. */
async function specsOf(widget: TrainingWidget, values: never): Promise<TrainingSpec[]> {
  const specs: TrainingSpec[] = [];
  const engine = {
    info: () => Promise.reject(new Error('not asked here')),
    train(lanes: Record<string, TrainingSpec>) {
      specs.push(...Object.values(lanes));
      return noFrames;
    },
  } as unknown as Engine;
  const { default: experiment } = await widget.experiment();
  try {
    for await (const _ of experiment(values, engine)) void _;
  } catch (error) {
    // An experiment may expect frames; what it asked for is known by then.
    if (specs.length === 0) throw error;
  }
  return specs;
}

describe('presets of widgets', () => {
  const training = [...widgets.values()].filter((widget) => widget.kind === 'training');
  const settings = training.flatMap((widget) =>
    [...declaredSettings(widget)].map(
      ([key, values]) => [`${widget.id} ${key}`, widget, values] as const,
    ),
  );
  it.each(settings)('replays %s', async (name, widget, values) => {
    for (const [i, given] of (await specsOf(widget as TrainingWidget, values as never)).entries()) {
      const spec = resolveSpec(given);
      const kind = tasks[spec.task.kind];
      const shape = kind.shape(spec.task as never);
      const task = await kind.load(spec.task as never);
      const definition = defineStep(spec, shape);
      const batchAt = (step: number): Batch => task.batch(spec.seed, step, spec.batchSize);
      await cpu.activate();
      const start = await initialValues(spec, definition, batchAt(0));
      await compare(`${name}, lane ${i + 1}`, { spec, shape, definition, collect }, start, batchAt);
    }
  });
});
