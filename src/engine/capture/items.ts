/** What a captured step consists of once it is fused. */
import type { Measure } from '../statistics/summary';
import type { Buffer, MapOperation, Operation, View } from './graph.ts';

/** A step's argument: an operand of the chain or an earlier step's result. */
export type Reference = { operand: number } | { step: number };

export interface ChainStep {
  code: number;
  inputs: Reference[];
  immediates: [number, number];
  /** Where the result goes if something outside the chain reads it. */
  out: Buffer | null;
}

export interface Chain {
  kind: 'chain';
  shape: readonly number[];
  operands: View[];
  steps: ChainStep[];
}

export interface StatisticsItem {
  kind: 'statistics';
  inputs: View[];
  name: string;
  measures: readonly Measure[];
}

/** Copies a new state into the state's own buffer at the end of a step. */
export interface CommitItem {
  kind: 'commit';
  inputs: View[];
  out: Buffer;
}

export type Item = (Exclude<Operation, MapOperation> | Chain | StatisticsItem | CommitItem) & {
  /** Needed by frames alone. */
  frameOnly: boolean;
};
