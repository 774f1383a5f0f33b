import { SpecError } from './errors';
import type { ExecutorRequest, Measure, SummaryRequest, TensorSummary } from './executor';
import { matrix } from './jacobian/matrix';
import { jacobianSpectra, widest } from './jacobian/spectra';
import { distinctRows, numericalRank, spectralNorm, spectralRadius } from './linearAlgebra';
import { deadShare, histogram, meanCosine, saturatedShare } from './measures';
import { Rng } from './rng';
import type { ResolvedMlp, ResolvedSpec } from './defaults';
import { norm, standardDeviation } from './statistics';
import { gateActivation } from './step/cells';
import { optimizerOf } from './step/optimizers';
import type { StatisticKind, StatisticSlot } from './step/step';
import type { ActivationName } from './types';

type Network = ResolvedSpec['network'];

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
  network: Network;
  seed: number;
}

type Summarized = TensorSummary & { slot: StatisticSlot; gate: string | undefined };

interface Statistic {
  /** Which networks have it, where that is not plain from its name. */
  isFor?: string;
  /** The tensors that the step must report for it; null where the network has no such thing. */
  needs(network: Network): StatisticKind[] | null;
  /** The tensors whose summaries are enough. */
  summarizes?(network: Network): SummaryRequest[];
  compute(material: Sorted): Record<string, number[]>;
}

/** A kind of tensors, the same in every network or not; null where a network has none. */
type Source = StatisticKind | ((network: Network) => StatisticKind | null);

const kindIn = (source: Source, network: Network): StatisticKind | null =>
  typeof source === 'string' ? source : source(network);

const hasGates = (network: Network): boolean =>
  network.kind === 'recurrent' && network.cell !== 'rnn';
const onlyLstm =
  (kind: StatisticKind) =>
  (network: Network): StatisticKind | null =>
    network.kind === 'recurrent' && network.cell === 'lstm' ? kind : null;

/** z of a layer or of a time step, and of each gate of an LSTM or a GRU. */
const preActivation = (network: Network): StatisticKind =>
  hasGates(network) ? 'gate' : 'preActivation';
const preActivationGradient = (network: Network): StatisticKind =>
  hasGates(network) ? 'gateGradient' : 'signalGradient';
/** The signal that a frame reports: ∂L/∂z of a layer, or ∂L/∂h of a time step. */
export const signalGradient = (network: Network): StatisticKind =>
  network.kind === 'recurrent' ? 'hiddenGradient' : 'signalGradient';

/** A list for each gate, named `name.gate`, or one for all where the tensors belong to none. */
function byGate<T extends { gate?: string | undefined }>(
  name: string,
  tensors: readonly T[],
  measure: (tensors: T[]) => number[],
): Record<string, number[]> {
  const groups = new Map<string, T[]>(tensors.some(({ gate }) => gate) ? [] : [[name, []]]);
  for (const tensor of tensors) {
    const key = tensor.gate ? `${name}.${tensor.gate}` : name;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(tensor);
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, measure(group)]));
}

/** A statistic of one number for each tensor of a kind, or for those of them that `belongs` picks. */
const each = (
  name: string,
  source: Source,
  measure: (values: Float32Array, slot: StatisticSlot) => number,
  belongs: (slot: StatisticSlot) => boolean = () => true,
): [string, Statistic] => [
  name,
  {
    needs: (network) => only(kindIn(source, network)),
    compute: ({ values, of, network }) =>
      byGate(name, of(kindIn(source, network)!).filter(belongs), (slots) =>
        slots.map((slot) => measure(values, slot)),
      ),
  },
];

/** A statistic that a tensor's summary tells, of those tensors of a kind that `belongs` picks. */
const summed = (
  name: string,
  source: Source,
  measure: Measure,
  belongs: (slot: StatisticSlot) => boolean = () => true,
): [string, Statistic] => [
  name,
  {
    needs: (network) => (kindIn(source, network) === null ? null : []),
    summarizes: (network) =>
      (only(kindIn(source, network)) ?? []).map((kind) => ({ kind, measures: [measure] })),
    compute: ({ summaries, network }) =>
      byGate(
        name,
        summaries(kindIn(source, network)!).filter(({ slot }) => belongs(slot)),
        (tensors) => tensors.map(measured[measure]),
      ),
  },
];

/** The numbers that a summary's measures tell; zeros as a share. */
const measured: Record<Measure, (summary: Summarized) => number> = {
  norm: ({ squares }) => Math.sqrt(squares),
  mean: ({ sum, slot }) => sum / slot.size,
  zeros: ({ zeros, slot }) => zeros / slot.size,
};

const only = (kind: StatisticKind | null): StatisticKind[] | null =>
  kind === null ? null : [kind];

const isWeight = (slot: StatisticSlot): boolean => slot.name.startsWith('W');
const isRecurrent = (slot: StatisticSlot): boolean => slot.name.startsWith('Wh');
const isBias = (slot: StatisticSlot): boolean => slot.name.startsWith('b');
const recurrentParameter = (network: Network): StatisticKind | null =>
  network.kind === 'recurrent' ? 'parameter' : null;

/** A measure of a matrix as one of a tensor. */
const ofMatrix =
  (measure: (matrix: Float32Array, rows: number, columns: number) => number) =>
  (values: Float32Array, slot: StatisticSlot): number =>
    measure(part(values, slot), slot.shape[0]!, slot.shape[1]!);

const part = (values: Float32Array, { offset, size }: StatisticSlot): Float32Array =>
  values.subarray(offset, offset + size);

const activationOf = (network: Network): ActivationName =>
  network.kind === 'oneUnit' ? 'sigmoid' : network.activation;

/** A share of each hidden layer or time step, or of each gate, by its own function. */
const shareOf = (
  name: string,
  share: (values: Float32Array, slot: StatisticSlot, activation: ActivationName) => number,
): [string, Statistic] => [
  name,
  {
    needs: (network) => [preActivation(network)],
    compute: ({ values, of, network }) => {
      const slots = of(preActivation(network));
      // The output layer is linear.
      const hidden = network.kind === 'mlp' ? slots.slice(0, -1) : slots;
      return byGate(name, hidden, (group) =>
        group.map((slot) =>
          share(
            values,
            slot,
            slot.gate === undefined ? activationOf(network) : gateActivation(slot.gate),
          ),
        ),
      );
    },
  },
];

/** Histograms of all tensors of a kind over one range: `name` and `nameRange`. */
const histogramOf = (name: string, source: Source): [string, Statistic] => [
  name,
  {
    needs: (network) => only(kindIn(source, network)),
    compute: ({ values, of, network }) => {
      const slots = of(kindIn(source, network)!);
      return {
        ...byGate(name, slots, (group) => histogram(values, group).counts),
        ...byGate(`${name}Range`, slots, (group) => histogram(values, group).range),
      };
    },
  },
];

/** Another stream than the parameters' own. */
const inputStream = 0x5eed;

/** Singular values of ∂h_l/∂x or ∂h_l/∂h_1 at one input x ~ N(0, I), one list after another. */
const jacobianOf = (name: string, from: 0 | 1): [string, Statistic] => [
  name,
  {
    isFor: `an mlp without batchNorm of at most ${widest} units a layer`,
    needs: (network) =>
      network.kind === 'mlp' && network.batchNorm === null && network.width <= widest
        ? ['parameter']
        : null,
    compute: ({ values, of, network, seed }) => {
      const slot = (tensor: string): StatisticSlot =>
        of('parameter').find((candidate) => candidate.name === tensor)!;
      const rng = new Rng(seed ^ inputStream);
      const spectra = jacobianSpectra(
        {
          network: network as ResolvedMlp,
          weight: (l) => {
            const { shape } = slot(`W${l}`);
            return matrix(shape[0]!, shape[1]!, part(values, slot(`W${l}`)));
          },
          bias: (l) => part(values, slot(`b${l}`)),
          input: Float64Array.from({ length: slot('W1').shape[1]! }, () => rng.normal()),
        },
        from,
      );
      return { [name]: [...spectra].flat() };
    },
  },
];

const statistics = new Map<string, Statistic>([
  summed('activationMean', 'activation', 'mean'),
  each('activationStd', 'activation', standardDeviation),
  each('activationCosine', 'activation', meanCosine),
  summed('preActivationMean', preActivation, 'mean'),
  each('preActivationStd', preActivation, standardDeviation),
  each('preActivationCosine', preActivation, meanCosine),
  summed('preActivationGradientNorm', preActivationGradient, 'norm'),
  summed('hiddenGradientNorm', 'hiddenGradient', 'norm'),
  summed('cellGradientNorm', onlyLstm('cellGradient'), 'norm'),
  each('cellStd', onlyLstm('cell'), standardDeviation),
  summed('signalGradientZeros', signalGradient, 'zeros'),
  summed('hiddenGradientZeros', 'hiddenGradient', 'zeros'),
  summed('cellGradientZeros', onlyLstm('cellGradient'), 'zeros'),
  shareOf('saturation', saturatedShare),
  shareOf('deadUnits', deadShare),
  histogramOf('activationHistogram', 'activation'),
  histogramOf('preActivationHistogram', preActivation),
  summed('weightNorm', 'parameter', 'norm', isWeight),
  summed('biasGradientNorm', 'gradient', 'norm', isBias),
  summed('biasGradientZeros', 'gradient', 'zeros', isBias),
  jacobianOf('jacobianSingularValues', 0),
  jacobianOf('hiddenJacobianSingularValues', 1),
  [
    'parameters',
    {
      needs: ({ kind }) => (kind === 'oneUnit' ? ['parameter'] : null),
      compute: ({ values, of }) => ({
        parameters: of('parameter').flatMap((slot) => [...part(values, slot)]),
      }),
    },
  ],
  ['updateRatio', { needs: () => ['parameter', 'updated'], compute: updateRatio }],
  each('spectralRadius', recurrentParameter, ofMatrix(spectralRadius), isRecurrent),
  each('spectralNorm', recurrentParameter, ofMatrix(spectralNorm), isRecurrent),
  each('weightRank', 'parameter', ofMatrix(numericalRank), isWeight),
  each('gradientRank', 'gradient', ofMatrix(numericalRank), isWeight),
  each('distinctUnits', 'parameter', ofMatrix(distinctRows), isWeight),
  ['clipping', { needs: () => ['gradient', 'clippedGradient'], compute: clipping }],
  [
    'penalty',
    {
      needs: () => [],
      compute: ({ values }) => ({ penalty: [values[2]!], totalLoss: [values[0]! + values[2]!] }),
    },
  ],
]);

/** Names that `TrainOptions.statistics` may hold. */
export const statisticNames: readonly string[] = [...statistics.keys()];

const exists = (name: string, { network }: ResolvedSpec): boolean =>
  statistics.get(name)!.needs(network) !== null;

/**
 * Throws `SpecError` where a name is none of the engine's statistics, or one that none of the
 * networks has. Networks that have it report it; the others leave it out.
 */
export function checkStatistics(names: readonly string[], specs: readonly ResolvedSpec[]): void {
  const known = (name: string): boolean => specs.some((spec) => exists(name, spec));
  for (const name of names) {
    if (!statistics.has(name)) {
      throw new SpecError(
        'statistics',
        `statistics holds ${name}; allowed: ${statisticNames.join(', ')}.`,
      );
    }
    if (known(name)) continue;
    const { isFor } = statistics.get(name)!;
    const networks = [...new Set(specs.map(({ network }) => nameOf(network)))].join(', ');
    throw new SpecError(
      'statistics',
      `statistics holds ${name}, which there is none of in a network of kind ${networks}; ` +
        `${isFor ? `it is for ${isFor}; ` : ''}allowed: ${statisticNames.filter(known).join(', ')}.`,
    );
  }
}

const nameOf = (network: Network): string =>
  network.kind === 'recurrent'
    ? `"recurrent" with the cell "${network.cell}"`
    : `"${network.kind}"`;

/**
 * What a collecting step reports: summaries of the two gradient profiles and, for the search for
 * NaN, of the new values and of that state whose overflow they would not show; and what the named
 * statistics need.
 */
export function frameKinds(
  spec: ResolvedSpec,
  names: readonly string[],
): { collect: StatisticKind[]; summarize: SummaryRequest[] } {
  const { network } = spec;
  const wanted = names.flatMap((name) => statistics.get(name) ?? []);
  const summarize = wanted.flatMap(({ summarizes }) => summarizes?.(network) ?? []);
  const normalizes = network.kind === 'mlp' && network.batchNorm !== null;
  const checked: StatisticKind[] =
    normalizes || optimizerOf(spec.optimizer).hidesOverflow ? ['updated', 'state'] : ['updated'];
  const measures = new Map<StatisticKind, Set<Measure>>();
  const requests: SummaryRequest[] = [
    { kind: signalGradient(network), measures: ['norm'] },
    { kind: 'gradient', measures: ['norm', 'zeros'] },
    ...checked.map((kind) => ({ kind, measures: [] })),
    ...summarize,
  ];
  for (const { kind, measures: some } of requests)
    measures.set(kind, new Set([...(measures.get(kind) ?? []), ...some]));
  return {
    collect: [...new Set(wanted.flatMap(({ needs }) => needs(network) ?? []))],
    summarize: [...measures].map(([kind, some]) => ({ kind, measures: [...some] })),
  };
}

/** Those of the named statistics of one frame that its network has. */
export function extraStatistics(
  names: readonly string[],
  { values, slots, summaries, summarized }: Material,
  { spec }: ExecutorRequest,
): Record<string, number[]> {
  const material: Sorted = {
    values,
    of: (kind) => slots.filter((slot) => slot.kind === kind),
    summaries: (kind) =>
      summarized.flatMap((slot, i) =>
        slot.kind === kind ? [{ ...summaries[i]!, slot, gate: slot.gate }] : [],
      ),
    network: spec.network,
    seed: spec.seed,
  };
  return Object.assign(
    {},
    ...names
      .filter((name) => exists(name, spec))
      .map((name) => statistics.get(name)!.compute(material)),
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
