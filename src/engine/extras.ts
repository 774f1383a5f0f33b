import { SpecError } from './errors';
import type { ExecutorRequest, TensorSummary } from './executor';
import { distinctRows, numericalRank, spectralNorm, spectralRadius } from './linearAlgebra';
import type { ResolvedSpec } from './spec';
import { norm, standardDeviation, sumOfSquares } from './statistics';
import { optimizerOf } from './step/optimizers';
import type { StatisticKind, StatisticSlot } from './step/step';
import { activationDerivative } from './theory/activations';
import { isSaturated } from './theory/saturation';
import type { ActivationName } from './types';

/** Bins of a histogram of activations. */
export const histogramBins = 40;

/** What a frame has of the step's tensors. */
export interface Material {
  /** The collected tensors, flat, and where each lies. */
  values: Float32Array;
  slots: readonly StatisticSlot[];
  summaries: readonly TensorSummary[];
  /** The tensors that `summaries` are of. */
  summarized: readonly StatisticSlot[];
}

/** One frame's tensors, by kind. */
interface Sorted {
  values: Float32Array;
  of(kind: StatisticKind): StatisticSlot[];
  summaries(kind: StatisticKind): Summarized[];
  /** φ; null for cells whose gates have several. */
  activation: ActivationName | null;
  recurrent: boolean;
}

type Summarized = TensorSummary & { slot: StatisticSlot };

interface Statistic {
  /** The tensors that the step must report for it. */
  needs: StatisticKind[];
  /** The tensors whose summaries are enough. */
  summarizes?: StatisticKind[];
  compute(material: Sorted): Record<string, number[]>;
}

/** A statistic of one number for each tensor of a kind. */
const each = (
  name: string,
  kind: StatisticKind,
  measure: (values: Float32Array, slot: StatisticSlot) => number,
): [string, Statistic] => [
  name,
  {
    needs: [kind],
    compute: ({ values, of }) => ({ [name]: of(kind).map((slot) => measure(values, slot)) }),
  },
];

/** A statistic that a tensor's summary tells, of those tensors of a kind that are chosen. */
const summed = (
  name: string,
  kind: StatisticKind,
  measure: (summary: Summarized) => number,
  chosen: (slot: StatisticSlot) => boolean = () => true,
): [string, Statistic] => [
  name,
  {
    needs: [],
    summarizes: [kind],
    compute: ({ summaries }) => ({
      [name]: summaries(kind)
        .filter(({ slot }) => chosen(slot))
        .map(measure),
    }),
  },
];

const normOf = ({ squares }: TensorSummary): number => Math.sqrt(squares);
const meanOf = ({ sum, slot }: Summarized): number => sum / slot.size;

const isWeight = (slot: StatisticSlot): boolean => slot.name.startsWith('W');
const isRecurrent = (slot: StatisticSlot): boolean => slot.name.startsWith('Wh');
/** A statistic of one number for each weight matrix, of its values or of its gradient. */
function matrices(
  name: string,
  kind: StatisticKind,
  measure: (matrix: Float32Array, rows: number, columns: number) => number,
): [string, Statistic] {
  return [
    name,
    {
      needs: [kind],
      compute: ({ values, of }) => ({
        [name]: of(kind)
          .filter(isWeight)
          .map((slot) => measure(part(values, slot), slot.shape[0]!, slot.shape[1]!)),
      }),
    },
  ];
}

const part = (values: Float32Array, { offset, size }: StatisticSlot): Float32Array =>
  values.subarray(offset, offset + size);

const statistics = new Map<string, Statistic>([
  summed('activationMean', 'activation', meanOf),
  each('activationStd', 'activation', standardDeviation),
  each('activationCosine', 'activation', meanCosine),
  summed('preActivationMean', 'preActivation', meanOf),
  each('preActivationStd', 'preActivation', standardDeviation),
  each('preActivationCosine', 'preActivation', meanCosine),
  summed('preActivationGradientNorm', 'signalGradient', normOf),
  summed('hiddenGradientNorm', 'hiddenGradient', normOf),
  summed('cellGradientNorm', 'cellGradient', normOf),
  each('cellStd', 'cell', standardDeviation),
  [
    'saturation',
    { needs: ['preActivation'], compute: (m) => ({ saturation: shares(m, saturatedShare) }) },
  ],
  [
    'deadUnits',
    { needs: ['preActivation'], compute: (m) => ({ deadUnits: shares(m, deadShare) }) },
  ],
  ['activationHistogram', { needs: ['activation'], compute: histogram }],
  summed('weightNorm', 'parameter', normOf, isWeight),
  summed('biasGradientNorm', 'gradient', normOf, (slot) => slot.name.startsWith('b')),
  ['updateRatio', { needs: ['parameter', 'updated'], compute: updateRatio }],
  [
    'spectralRadius',
    {
      needs: ['parameter'],
      compute: ({ values, of }) => ({
        spectralRadius: of('parameter')
          .filter(isRecurrent)
          .map((slot) => spectralRadius(part(values, slot), slot.shape[0]!)),
      }),
    },
  ],
  [
    'spectralNorm',
    {
      needs: ['parameter'],
      compute: ({ values, of }) => ({
        spectralNorm: of('parameter')
          .filter(isRecurrent)
          .map((slot) => spectralNorm(part(values, slot), slot.shape[0]!, slot.shape[1]!)),
      }),
    },
  ],
  matrices('weightRank', 'parameter', numericalRank),
  matrices('gradientRank', 'gradient', numericalRank),
  matrices('distinctUnits', 'parameter', distinctRows),
  ['clipping', { needs: ['gradient', 'clippedGradient'], compute: clipping }],
  [
    'penalty',
    {
      needs: [],
      compute: ({ values }) => ({ penalty: [values[2]!], totalLoss: [values[0]! + values[2]!] }),
    },
  ],
]);

/** Names that `TrainOptions.statistics` may hold. */
export const statisticNames: readonly string[] = [...statistics.keys()];

/** Throws `SpecError` where a name is none of the engine's statistics. */
export function checkStatistics(names: readonly string[]): void {
  for (const name of names) {
    if (!statistics.has(name)) {
      throw new SpecError(
        'statistics',
        `statistics holds ${name}; allowed: ${statisticNames.join(', ')}.`,
      );
    }
  }
}

/** The kind whose norms are a network's signal gradients. */
export const signalKind = ({ network }: ResolvedSpec): StatisticKind =>
  network.kind === 'recurrent' ? 'hiddenGradient' : 'signalGradient';

/**
 * What a collecting step reports: summaries of the two gradient profiles and, for the search for
 * NaN, of the new values and of that state whose overflow they would not show; and what the named
 * statistics need.
 */
export function frameKinds(
  spec: ResolvedSpec,
  names: readonly string[],
): { collect: StatisticKind[]; summarize: StatisticKind[] } {
  const wanted = names.flatMap((name) => statistics.get(name) ?? []);
  const summarize = wanted.flatMap(({ summarizes }) => summarizes ?? []);
  const normalizes = spec.network.kind === 'mlp' && spec.network.batchNorm !== null;
  const state: StatisticKind[] =
    normalizes || optimizerOf(spec.optimizer).hidesOverflow ? ['state'] : [];
  return {
    collect: [...new Set(wanted.flatMap(({ needs }) => needs))],
    summarize: [
      ...new Set([signalKind(spec), 'gradient', 'updated', ...state, ...summarize] as const),
    ],
  };
}

/** The named statistics of one frame. */
export function extraStatistics(
  names: readonly string[],
  { values, slots, summaries, summarized }: Material,
  { spec }: ExecutorRequest,
): Record<string, number[]> {
  const { network } = spec;
  const activation = network.kind === 'mlp' || network.cell === 'rnn' ? network.activation : null;
  const material: Sorted = {
    values,
    of: (kind) => slots.filter((slot) => slot.kind === kind),
    summaries: (kind) =>
      summarized.flatMap((slot, i) => (slot.kind === kind ? [{ ...summaries[i]!, slot }] : [])),
    activation,
    recurrent: network.kind === 'recurrent',
  };
  return Object.assign(
    {},
    ...names.map((name) => statistics.get(name)!.compute(material)),
  ) as Record<string, number[]>;
}

/** The share of dead units of each hidden layer, from a step that collected pre-activations. */
export function deadUnitsOf(
  values: Float32Array,
  slots: readonly StatisticSlot[],
  request: ExecutorRequest,
): number[] {
  const material = { values, slots, summaries: [], summarized: [] };
  return extraStatistics(['deadUnits'], material, request)['deadUnits']!;
}

/** A share of each hidden layer; the output layer, which is linear, is left out. */
function shares(
  { values, of, activation, recurrent }: Sorted,
  share: (values: Float32Array, slot: StatisticSlot, activation: ActivationName) => number,
): number[] {
  if (activation === null) return [];
  const layers = of('preActivation');
  const hidden = recurrent ? layers : layers.slice(0, -1);
  return hidden.map((slot) => share(values, slot, activation));
}

function saturatedShare(
  values: Float32Array,
  { offset, size }: StatisticSlot,
  activation: ActivationName,
): number {
  let count = 0;
  for (let i = offset; i < offset + size; i++) if (isSaturated(activation, values[i]!)) count++;
  return count / size;
}

/** A unit is dead on a batch where φ′(z) is 0 in float32 on every row: no gradient reaches its weights. */
function deadShare(
  values: Float32Array,
  { offset, shape }: StatisticSlot,
  activation: ActivationName,
): number {
  const [rows, units] = shape as [number, number];
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let alive = false;
    for (let row = 0; row < rows && !alive; row++) {
      alive =
        Math.fround(activationDerivative(activation, values[offset + row * units + unit]!)) !== 0;
    }
    if (!alive) dead++;
  }
  return dead / units;
}

/**
 * Mean cosine between two rows of the batch: 1 where every row points the same
 * way. A row of zeros counts as at right angles to all others; NaN for a batch of one row.
 */
function meanCosine(values: Float32Array, { offset, shape }: StatisticSlot): number {
  const [rows, units] = shape as [number, number];
  const sum = new Float64Array(units);
  let directed = 0;
  for (let row = 0; row < rows; row++) {
    const range = { offset: offset + row * units, size: units };
    const length = norm(values, range);
    if (length === 0) continue;
    directed++;
    for (let unit = 0; unit < units; unit++) {
      sum[unit] = sum[unit]! + values[range.offset + unit]! / length;
    }
  }
  // ‖Σu‖² holds every pair of unit vectors twice, and each of them with itself once.
  return (sumOfSquares(sum) - directed) / (rows * (rows - 1));
}

/** Counts of every layer's activations over one range for all layers: [layers × bins], and the range. */
function histogram({ values, of }: Sorted): Record<string, number[]> {
  const slots = of('activation');
  let low = Infinity;
  let high = -Infinity;
  for (const slot of slots) {
    for (const value of part(values, slot)) {
      if (value < low && Number.isFinite(value)) low = value;
      if (value > high && Number.isFinite(value)) high = value;
    }
  }
  if (!(low < high)) high = low + 1;
  const counts = slots.flatMap((slot) => {
    const bins = new Array<number>(histogramBins).fill(0);
    for (const value of part(values, slot)) {
      if (!Number.isFinite(value)) continue;
      const bin = Math.min(
        histogramBins - 1,
        Math.floor(((value - low) / (high - low)) * histogramBins),
      );
      bins[bin] = bins[bin]! + 1;
    }
    return bins;
  });
  return { activationHistogram: counts, activationHistogramRange: [low, high] };
}

/** ‖W′ − W‖/‖W‖ of each weight matrix; 0/0 counts as 0. */
function updateRatio({ values, of }: Sorted): Record<string, number[]> {
  const before = of('parameter').filter(isWeight);
  const after = of('updated').filter(isWeight);
  return {
    updateRatio: before.map((slot, i) => {
      const change = part(values, after[i]!).map((value, k) => value - values[slot.offset + k]!);
      const size = norm(change);
      return size === 0 ? 0 : size / norm(values, slot);
    }),
  };
}

/** The norm of all gradients after clipping, and the cosine between raw and clipped. */
function clipping({ values, of }: Sorted): Record<string, number[]> {
  const raw = of('gradient');
  const clipped = of('clippedGradient');
  const total = (slots: StatisticSlot[]): number =>
    Math.hypot(...slots.map((slot) => norm(values, slot)));
  let inner = 0;
  raw.forEach((slot, i) => {
    const other = clipped[i]!.offset;
    for (let k = 0; k < slot.size; k++) inner += values[slot.offset + k]! * values[other + k]!;
  });
  const norms = total(raw) * total(clipped);
  return {
    clippedNorm: [total(clipped)],
    clippedCosine: [norms === 0 ? 1 : Math.max(-1, Math.min(1, inner / norms))],
  };
}
