/**
 * Captured against eager cpu on every reference case and on the program of every preset of every widget.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backends } from '../../../src/engine/service/backends';
import type { OpenBackend } from '../../../src/engine/service/records';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import { captureTraining } from '../../../src/engine/capture/executor';
import type { ExecutorRequest, TensorValues } from '../../../src/engine/backends/executor';
import {
  batchOf,
  optimizerOf,
  shapeOf as shapeOfCase,
  specOf,
} from '../../../src/engine/golden/case';
import { valuesOf } from '../../../src/engine/golden/check';
import { initialValues } from '../../../src/engine/run/initialValues';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { StatisticKind } from '../../../src/engine/step/slots';
import { defineStep } from '../../../src/engine/step/step';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { loadTask, type Batch } from '../../../src/engine/tasks';
import { ownFolder, readFolder } from '../../golden/files';
import { comparable, presets, specsOf } from './presets';
import { deviation } from './steps';

const backends = new Backends({ wasmLocation });
const collect: StatisticKind[] = [
  'preActivation',
  'activation',
  'cell',
  'output',
  'signalGradient',
  'hiddenGradient',
  'cellGradient',
  'gradient',
  'clippedGradient',
];
/** Limits for a tensor's largest deviation, as a share of its largest entry. */
const strict = { first: 2e-6, fifth: 1e-5 };
/** No tensor may deviate by more, however much the step enlarges rounding. */
const cap = { first: 1e-3, fifth: 1e-2 };
/** How much farther from cpu than the farthest of a few other float32 computations captured may lie. */
const slack = 5;
/** Which start values those move to their neighbours: every second one, every third one and so on. */
const periods = [2, 3, 4, 5, 7];

type Moment = keyof typeof strict;

/** The tensor that deviates most from eager cpu, in units of what it may. */
interface Line {
  name: string;
  moment: Moment;
  tensor: string;
  /** Share of the tensor's largest entry. */
  deviation: number;
  limit: number;
  why: string;
}
const report: Line[] = [];
let cpu: OpenBackend;
let captured: OpenBackend;
let wasm: OpenBackend;

beforeAll(async () => {
  cpu = await backends.open('cpu');
  captured = await backends.open('captured');
  wasm = await backends.open('wasm');
});

afterAll(() => {
  report.sort((a, b) => b.deviation - a.deviation);
  const lines = report.map(
    ({ name, moment, tensor, deviation: found, limit, why }) =>
      `${found.toExponential(1)} of ${limit.toExponential(1)}  ${moment}  ${tensor} · ${name}${why && `  (${why})`}`,
  );
  console.log(['Largest deviations from eager cpu, of what is allowed:', ...lines].join('\n'));
});

/** The tensors of the first step, and the values after five. */
type Outcome = Record<Moment, Map<string, Float32Array>>;

async function outcome(
  backend: OpenBackend,
  request: ExecutorRequest,
  values: TensorValues,
  batchAt: (step: number) => Batch,
): Promise<Outcome> {
  await backend.activate();
  const executor = await backend.factory({ ...request, collect });
  const { definition } = request;
  const found: Outcome = { first: new Map(), fifth: new Map() };
  const keepValues = async (moment: Moment): Promise<void> => {
    const { parameters, state } = await executor.values();
    definition.parameters.forEach(({ name }, i) => found[moment].set(name, parameters[i]!));
    definition.state.forEach(({ name }, i) => found[moment].set(name, state[i]!));
  };
  try {
    executor.load(values);
    for (let step = 0; step < 5; step++) {
      executor.step(batchAt(step), String(step), definition.valuesAt(step), step === 0);
      const { scalars, statistics } = await executor.read();
      if (step > 0) continue;
      ['loss', 'correct rows', 'penalty'].forEach((name, i) =>
        found.first.set(name, scalars.slice(i, i + 1)),
      );
      for (const { kind, name, offset, size } of executor.slots) {
        found.first.set(`${kind} ${name}`, statistics!.slice(offset, offset + size));
      }
      await keepValues('first');
    }
    await keepValues('fifth');
    return found;
  } finally {
    executor.dispose();
  }
}

const largest = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * Compares every tensor. One that exceeds the strict limit is allowed what other float32
 * computations of the same step show of it: eager wasm, and eager cpu from start values of which
 * every second one, third one and so on is moved to its neighbour. They are asked one after another, until
 * they allow enough: fewer of them allow less. A gradient that is 0 but for rounding (biases before batch
 * norm, say) has no digits to agree; it must be as small as theirs.
 */
async function compare(
  name: string,
  request: ExecutorRequest,
  values: TensorValues,
  batchAt: (step: number) => Batch,
  excused: boolean,
): Promise<void> {
  const expected = await outcome(cpu, request, values, batchAt);
  const actual = await outcome(captured, request, values, batchAt);
  const others: Outcome[] = [];
  const other = async (place: number): Promise<Outcome> => {
    const period = periods[place - 1];
    return (others[place] ??= await (period === undefined
      ? outcome(wasm, request, values, batchAt)
      : outcome(cpu, request, nudged(values, period), batchAt)));
  };
  for (const moment of ['first', 'fifth'] as const) {
    let worst: Line | null = null;
    for (const [tensor, numbers] of expected[moment]) {
      const own = actual[moment].get(tensor)!;
      const line: Line = {
        ...{ name, moment, tensor, why: '' },
        deviation: deviation(own, numbers),
        limit: strict[moment],
      };
      const theirs: Float32Array[] = [];
      while (line.deviation > line.limit && excused && theirs.length <= periods.length) {
        theirs.push((await other(theirs.length))[moment].get(tensor)!);
        const shift = Math.max(...theirs.map((one) => deviation(one, numbers)));
        if (isRounding(tensor, numbers, expected.first, shift)) {
          const most = Math.max(...[numbers, ...theirs].map(largest));
          line.deviation = largest(own);
          line.limit = slack * most;
          line.why = '0 but for rounding: absolute';
        } else {
          line.deviation = deviation(own, numbers);
          line.limit = Math.max(line.limit, Math.min(cap[moment], slack * shift));
          line.why = `others ${shift.toExponential(1)}`;
        }
      }
      if (line.why !== '') report.push(line);
      if (worst === null || line.deviation / line.limit > worst.deviation / worst.limit)
        worst = line;
    }
    if (worst!.why === '') report.push(worst!);
    const { tensor, deviation: found, limit } = worst!;
    expect(found, `${tensor}, ${moment} step`).toBeLessThanOrEqual(limit);
  }
}

/**
 * A gradient, an optimizer's mean of it, or biases that have come from 0 by it, far smaller than the
 * step's largest gradient, of which a nudge changes more than the cap.
 */
function isRounding(
  tensor: string,
  numbers: Float32Array,
  all: ReadonlyMap<string, Float32Array>,
  shift: number,
): boolean {
  if (!/gradient |\.velocity$|\.firstMoment$|^b\d+$/i.test(tensor) || shift < cap.first)
    return false;
  const gradients = [...all].filter(([name]) => /gradient /i.test(name));
  return largest(numbers) < 1e-6 * Math.max(...gradients.map(([, values]) => largest(values)));
}

/** Every second, third … number moved to its neighbour. */
function nudged(values: TensorValues, period: number): TensorValues {
  const parameters = values.parameters.map((numbers) =>
    numbers.map((x, i) => (i % period === 0 ? x * (1 + 2 ** -23) : x)),
  );
  return { ...values, parameters };
}

/**
 * Reference cases in which eager wasm or a nudge of cpu's start values exceeds the strict limits too,
 * and why.
 */
const enlarging = new Map([
  ['mlp_tanh_deep, sgd', 'the gradient of b2 is a sum over rows of which little remains'],
  ['rnn_long_vanishing, sgd', 'the signal gradient passes through every time step'],
  ['l2_recurrent_only, adam', 'a second moment doubles the relative error of its gradient'],
  ...['sgd', 'momentum', 'adam'].map(
    (optimizer) =>
      [`clip_value, ${optimizer}`, 'clipping lowers the largest entry, but not the error'] as const,
  ),
  ...['sgd', 'momentum', 'adam'].map(
    (optimizer) =>
      [
        `res_preact_bn_tanh, ${optimizer}`,
        'the gradient of gamma1 is a sum over rows of which little remains',
      ] as const,
  ),
  ['bn_relu, adam', 'a bias before batch norm; and a second moment doubles the error'],
  [
    'noise_res_preact_bn_tanh, adam',
    'the gradient of beta1 is a sum over rows; and a second moment doubles the error',
  ],
]);

describe('reference cases', () => {
  it.each(readFolder(ownFolder).cases.map((golden) => [golden.name, golden] as const))(
    'replays %s',
    async (name, golden) => {
      const shape = shapeOfCase(golden);
      for (const { optimizer } of golden.expected.steps) {
        const spec = specOf(golden, optimizerOf(optimizer));
        const definition = defineStep(spec, shape);
        const title = `${name}, ${optimizer['kind']}`;
        await compare(
          title,
          { spec, shape, definition, collect },
          valuesOf(golden, definition),
          () => batchOf(golden),
          enlarging.has(title),
        );
      }
    },
  );
});

/**
 * A name for what a step was captured to. The words hold every operation with its shapes and places, and
 * the constants what else it reads; seeds, start values, batches and learning rates are written into the
 * arena from outside. Two presets with the same words therefore ask the same of the capture: whether this
 * program does what tfjs does on these shapes. A wrong one is wrong from whichever values it starts.
 */
function programOf(request: ExecutorRequest): string {
  const { instructions, prologueLength, constants } = captureTraining(request);
  const hash = createHash('sha256').update(`${prologueLength}`).update(instructions);
  for (const { offset, values } of constants) hash.update(`${offset}`).update(values);
  return hash.digest('hex');
}

/** The programs that have been compared. */
const compared = new Set<string>();

describe('presets of widgets', () => {
  it.each(presets)('replays %s, or its program has been replayed', async (name, widget, values) => {
    for (const [i, given] of (await specsOf(widget, values as never)).entries()) {
      const spec = resolveSpec(comparable(given));
      const shape = shapeOf(spec.task);
      const definition = defineStep(spec, shape);
      const request: ExecutorRequest = { spec, shape, definition, collect };
      const program = programOf(request);
      if (compared.has(program)) continue;
      compared.add(program);
      const task = await loadTask(spec.task);
      const batchAt = (step: number): Batch => task.batch(spec.seed, step, spec.batchSize);
      await cpu.activate();
      const start = await initialValues(spec, definition, batchAt(0));
      await compare(`${name}, lane ${i + 1}`, request, start, batchAt, true);
    }
  });
});
