import type { ExecutorFactory } from '../backends/executor';
import { extraStatistics } from '../statistics/collect';
import { mean, norm, standardDeviation } from '../statistics/reductions';
import { defineStep, type StepDefinition, type StepValue } from '../step/step';
import { scalarCount } from '../step/slots';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import type { ReferenceQuantity, ReferenceReport } from './reference';
import { batchOf, optimizerOf, shapeOf, specOf } from './case';
import type { GoldenCase, GoldenMoments, GoldenTensor } from './case';

type Deviation = ReferenceReport['deviations'][number];

/** Allowed deviations of a float32 implementation. */
export const float32Tolerances: Record<ReferenceQuantity, number> = {
  loss: 1e-5,
  output: 1e-5,
  gradient: 2e-4,
  norm: 1e-4,
  parameter: 1e-4,
  moment: 1e-5,
};

/** Allowed deviations of a float64 implementation. */
export const float64Tolerances: Record<ReferenceQuantity, number> = {
  loss: 1e-10,
  output: 1e-10,
  gradient: 1e-10,
  norm: 1e-10,
  parameter: 1e-9,
  moment: 1e-10,
};

const collected: StatisticKind[] = [
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

const updates = 5;

/**
 * Runs one reference case on a backend and compares everything it states: outputs, losses, moments,
 * gradients, norms, clipping, and five updates of every optimizer.
 */
export async function checkCase(
  golden: GoldenCase,
  factory: ExecutorFactory,
  tolerances: Record<ReferenceQuantity, number> = float32Tolerances,
): Promise<ReferenceReport> {
  const report = new Report(tolerances);
  await checkStep(golden, factory, report);
  for (const steps of golden.expected.steps) await checkUpdates(golden, steps, factory, report);
  return { name: golden.name, deviations: report.deviations };
}

/** Whether every deviation is within its tolerance. */
export function passes({ deviations }: ReferenceReport): boolean {
  return deviations.every(({ measured, tolerance }) => measured <= tolerance);
}

/** The largest deviation in units of its tolerance. */
export function worst({ deviations }: ReferenceReport): Deviation {
  return deviations.reduce((a, b) => (b.measured / b.tolerance > a.measured / a.tolerance ? b : a));
}

class Report {
  readonly deviations: Deviation[] = [];
  private readonly tolerances: Record<ReferenceQuantity, number>;

  constructor(tolerances: Record<ReferenceQuantity, number>) {
    this.tolerances = tolerances;
  }

  add(quantity: string, kind: ReferenceQuantity, measured: number): void {
    // A comparison with NaN is false, so NaN would pass as the largest of nothing.
    const known = Number.isNaN(measured) ? Infinity : measured;
    this.deviations.push({ quantity, kind, measured: known, tolerance: this.tolerances[kind] });
  }

  /** |got − expected| relative to the expected value. */
  relative(
    quantity: string,
    kind: ReferenceQuantity,
    got: number,
    expected: number,
    unit = 0,
  ): void {
    const scale = Math.abs(expected) || unit || 1;
    this.add(quantity, kind, got === expected ? 0 : Math.abs(got - expected) / scale);
  }

  /** The largest element's deviation, relative to the tensor's largest value. */
  tensor(
    quantity: string,
    kind: ReferenceQuantity,
    got: ArrayLike<number>,
    expected: GoldenTensor,
    unit = 0,
  ): void {
    const { data } = expected;
    const scale = data.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || unit || 1;
    const deviation =
      got.length === data.length
        ? data.reduce((max, value, i) => {
            const distance = Math.abs(got[i]! - value);
            return Number.isNaN(distance) || distance > max ? distance : max;
          }, 0)
        : NaN;
    this.add(quantity, kind, deviation / scale);
  }

  moments(quantity: string, values: ArrayLike<number>, expected: GoldenMoments): void {
    const scale = Math.max(1, expected.rms);
    this.add(`mean of ${quantity}`, 'moment', Math.abs(mean(values) - expected.mean) / scale);
    this.add(
      `std of ${quantity}`,
      'moment',
      Math.abs(standardDeviation(values) - expected.std) / scale,
    );
  }
}

async function checkStep(
  golden: GoldenCase,
  factory: ExecutorFactory,
  report: Report,
): Promise<void> {
  const { expected } = golden;
  const spec = specOf(golden, { kind: 'sgd', learningRate: 0 });
  const shape = shapeOf(golden);
  const definition = defineStep(spec, shape);
  const hasSpectrum = expected.Wh_spectral_radius !== undefined;
  const collect = hasSpectrum ? [...collected, 'parameter' as const] : collected;
  const request = { spec, shape, definition, collect };
  const executor = await factory(request);
  try {
    executor.load(valuesOf(golden, definition));
    executor.step(batchOf(golden), '0', stepValuesOf(golden, definition, 0), true);
    const { scalars, statistics } = await executor.read();
    const data = statistics!;
    const values = (slot: StatisticSlot): Float32Array =>
      data.subarray(slot.offset, slot.offset + slot.size);
    const of = (kind: StatisticKind): StatisticSlot[] =>
      executor.slots.filter((slot) => slot.kind === kind);

    report.relative('loss', 'loss', scalars[0]!, expected.loss);
    report.relative('total loss', 'loss', scalars[0]! + scalars[2]!, expected.total_loss);
    report.tensor('output', 'output', values(of('output')[0]!), expected.output);
    expected.activations.forEach((m, i) =>
      report.moments(`h${i + 1}`, values(of('activation')[i]!), m),
    );
    expected.preactivations.forEach((m, i) =>
      report.moments(`z${i + 1}`, values(of('preActivation')[i]!), m),
    );
    expected.cell_states?.forEach((m, i) => report.moments(`c${i + 1}`, values(of('cell')[i]!), m));
    const norms = (name: string, kind: StatisticKind, list: number[] | undefined): void =>
      list?.forEach((value, i) =>
        report.relative(`‖gradient of ${name}${i + 1}‖`, 'norm', norm(data, of(kind)[i]!), value),
      );
    norms('h', 'hiddenGradient', expected.grad_h_norm);
    norms('z', 'signalGradient', expected.grad_z_norm);
    norms('c', 'cellGradient', expected.grad_c_norm);

    const global = expected.grad_global_norm;
    const gradients = (kind: StatisticKind): Map<string, StatisticSlot> =>
      new Map(of(kind).map((slot) => [slot.name, slot]));
    const raw = gradients('gradient');
    const clipped = gradients('clippedGradient');
    for (const [name, tensor] of Object.entries(expected.grad)) {
      report.tensor(`gradient of ${name}`, 'gradient', values(raw.get(name)!), tensor, global);
      report.relative(
        `‖gradient of ${name}‖`,
        'norm',
        norm(data, raw.get(name)!),
        expected.grad_norm[name]!,
        global,
      );
    }
    const total = (slots: Map<string, StatisticSlot>): number =>
      Math.hypot(...[...slots.values()].map((slot) => norm(data, slot)));
    report.relative('global norm', 'norm', total(raw), global);
    for (const [name, tensor] of Object.entries(expected.clipped_grad ?? {})) {
      report.tensor(`clipped gradient of ${name}`, 'gradient', values(clipped.get(name)!), tensor);
      report.relative(
        `‖clipped gradient of ${name}‖`,
        'norm',
        norm(data, clipped.get(name)!),
        expected.clipped_norm![name]!,
      );
    }
    if (expected.clipped_global_norm !== undefined) {
      report.relative('clipped global norm', 'norm', total(clipped), expected.clipped_global_norm);
      let inner = 0;
      for (const [name, slot] of raw) {
        const other = values(clipped.get(name)!);
        values(slot).forEach((value, i) => (inner += value * other[i]!));
      }
      const cosine = inner / (total(raw) * total(clipped));
      report.relative(
        'cosine of raw and clipped gradient',
        'norm',
        cosine,
        expected.cosine_raw_clipped!,
      );
    }
    if (expected.Wh_spectral_radius !== undefined) {
      const { spectralRadius, spectralNorm } = extraStatistics(
        ['spectralRadius', 'spectralNorm'],
        {
          ...{ values: data, slots: executor.slots, summaries: [], summarized: [] },
          learningRate: spec.optimizer.learningRate,
        },
        request.spec,
      );
      report.relative(
        'spectral radius of Wh',
        'norm',
        spectralRadius![0]!,
        expected.Wh_spectral_radius,
      );
      report.relative('spectral norm of Wh', 'norm', spectralNorm![0]!, expected.Wh_spectral_norm!);
    }
  } finally {
    executor.dispose();
  }
}

async function checkUpdates(
  golden: GoldenCase,
  steps: GoldenCase['expected']['steps'][number],
  factory: ExecutorFactory,
  report: Report,
): Promise<void> {
  const spec = specOf(golden, optimizerOf(steps.optimizer), steps.schedule);
  const shape = shapeOf(golden);
  const definition = defineStep(spec, shape);
  const name = `${String(steps.optimizer['kind'])}: `;
  const executor = await factory({ spec, shape, definition, collect: ['gradient'] });
  const batch = batchOf(golden);
  try {
    executor.load(valuesOf(golden, definition));
    const losses: number[] = [];
    const compare = async (
      count: number,
      expected: Record<string, GoldenTensor>,
    ): Promise<void> => {
      const { parameters } = await executor.values();
      definition.parameters.forEach((info, i) =>
        report.tensor(
          `${name}${info.name} after ${count}`,
          'parameter',
          parameters[i]!,
          expected[info.name]!,
        ),
      );
    };
    for (let step = 0; step < updates; step++) {
      executor.step(batch, 'all', stepValuesOf(golden, definition, step), false);
      const { scalars } = await executor.read();
      losses.push(
        ...Array.from(
          { length: scalars.length / scalarCount },
          (_, i) => scalars[i * 3]! + scalars[i * 3 + 2]!,
        ),
      );
      if (step === 0) await compare(1, steps.params_after_1);
    }
    await compare(updates, steps.params_after_5);
    report.tensor(`${name}losses`, 'loss', losses, { shape: [updates], data: steps.losses });

    const { state } = await executor.values();
    const running = (prefix: string, expected: Record<string, GoldenTensor> | undefined): void => {
      for (const [layer, tensor] of Object.entries(expected ?? {})) {
        const index = definition.state.findIndex((info) => info.name === `${prefix}${layer}`);
        report.tensor(
          `${name}${prefix}${layer} after ${updates}`,
          'parameter',
          state[index]!,
          tensor,
        );
      }
    };
    running('runningMean', steps.running_mean_after_5);
    running('runningVariance', steps.running_var_after_5);
    if (steps.eval_mode_output_after_5) {
      const output = await executor.infer(batch.x, golden.shapes.B);
      report.tensor(
        `${name}inference after ${updates}`,
        'output',
        output,
        steps.eval_mode_output_after_5,
      );
    }
  } finally {
    executor.dispose();
  }
}

/** What a step is given: the scalars of its definition, and the noise that the case brings. */
function stepValuesOf(
  { noise }: GoldenCase,
  definition: StepDefinition,
  step: number,
): StepValue[] {
  const scalars = definition.valuesAt(step).slice(0, definition.hyper.length);
  return [...scalars, ...(noise?.[step] ?? []).map(({ data }) => Float32Array.from(data))];
}

/** A case's parameters, and the optimizer's state at its start. */
export function valuesOf(
  { params }: GoldenCase,
  definition: ReturnType<typeof defineStep>,
): { parameters: Float32Array[]; state: Float32Array[] } {
  return {
    parameters: definition.parameters.map(({ name }) => Float32Array.from(params[name]!.data)),
    state: definition.state.map(({ shape, initializer }) =>
      new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(
        initializer.kind === 'constant' ? initializer.value : 0,
      ),
    ),
  };
}
