import type { ResolvedSpec } from '../spec/resolved';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import type { SummaryRequest, TensorSummary } from './summary';

export type Network = ResolvedSpec['network'];

/** What a frame has of the step's tensors. */
export interface Material {
  /** The collected tensors, flat, and where each lies. */
  values: Float32Array;
  slots: readonly StatisticSlot[];
  summaries: readonly TensorSummary[];
  /** The tensors that `summaries` are of. */
  summarized: readonly StatisticSlot[];
  /** Of the update that the step makes. */
  learningRate: number;
}

/** One frame's tensors, by kind. */
export interface Sorted {
  values: Float32Array;
  of(kind: StatisticKind): StatisticSlot[];
  summaries(kind: StatisticKind): Summarized[];
  network: Network;
  seed: number;
  learningRate: number;
}

export type Summarized = TensorSummary & { slot: StatisticSlot; gate: string | undefined };

/** What a statistic is one number of. */
export type Per =
  | 'layer or time step'
  | 'hidden layer or time step'
  | 'bin'
  | 'time step'
  | 'bias'
  | 'weight matrix'
  | 'recurrent matrix'
  | 'singular value'
  | 'path length'
  | 'parameter'
  | 'input unit'
  | 'hidden unit'
  | 'unit'
  | 'output unit'
  | 'network';

/** One statistic: its name, what it is one number of, and how it is measured. */
export interface Statistic {
  name: string;
  per: Per;
  /** Which networks have it, where that is not plain from its name. */
  isFor?: string;
  /** The tensors that the step must report for it; null where the network has no such thing. */
  needs(network: Network): StatisticKind[] | null;
  /** The tensors whose summaries are enough. */
  summarizes?(network: Network): SummaryRequest[];
  /** Its numbers, by its name; further lists beside it, such as a histogram's range, by theirs. */
  compute(material: Sorted): Record<string, number[]>;
}
