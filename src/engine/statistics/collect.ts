/** What a step must report for the statistics that are asked for, and those statistics of a frame. */
import { SpecError } from '../spec/errors';
import type { ResolvedSpec } from '../spec/resolved';
import { optimizerOf } from '../step/optimizers';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import { statistics } from './all';
import { signalGradient } from './sources';
import type { Material, Network, Sorted, Statistic } from './statistic';
import type { Measure, SummaryRequest } from './summary';

const byName: ReadonlyMap<string, Statistic> = new Map(
  statistics.map((statistic) => [statistic.name, statistic]),
);

const exists = (name: string, { network }: ResolvedSpec): boolean =>
  byName.get(name)!.needs(network) !== null;

/**
 * Throws `SpecError` where a name is none of the engine's statistics, or one that none of the
 * networks has. Networks that have it report it; the others leave it out.
 */
export function checkStatistics(names: readonly string[], specs: readonly ResolvedSpec[]): void {
  const known = (name: string): boolean => specs.some((spec) => exists(name, spec));
  for (const name of names) {
    if (!byName.has(name)) {
      throw new SpecError(
        'statistics',
        `statistics holds ${name}; allowed: ${[...byName.keys()].join(', ')}.`,
      );
    }
    if (known(name)) continue;
    const { isFor } = byName.get(name)!;
    const networks = [...new Set(specs.map(({ network }) => nameOf(network)))].join(', ');
    throw new SpecError(
      'statistics',
      `statistics holds ${name}, which there is none of in a network of kind ${networks}; ` +
        `${isFor ? `it is for ${isFor}; ` : ''}allowed: ${[...byName.keys()].filter(known).join(', ')}.`,
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
  const wanted = names.flatMap((name) => byName.get(name) ?? []);
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
  { values, slots, summaries, summarized, learningRate }: Material,
  spec: ResolvedSpec,
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
    learningRate,
  };
  return Object.assign(
    {},
    ...names
      .filter((name) => exists(name, spec))
      .map((name) => byName.get(name)!.compute(material)),
  ) as Record<string, number[]>;
}

/** The share of dead units of each hidden layer, from a step that collected pre-activations. */
export function deadUnitsOf(
  values: Float32Array,
  slots: readonly StatisticSlot[],
  spec: ResolvedSpec,
): number[] {
  const { learningRate } = spec.optimizer;
  const material = { values, slots, summaries: [], summarized: [], learningRate };
  return extraStatistics(['deadUnits'], material, spec)['deadUnits']!;
}
