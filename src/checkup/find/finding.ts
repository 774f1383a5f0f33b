import type { Run } from '../run/run.ts';
import type { Thresholds } from './thresholds.ts';

/** What a finding is called; other people's scripts hold these names. */
export type FindingId =
  | 'not-finite'
  | 'overflow-skips'
  | 'loss-scale-collapse'
  | 'gradient-explodes'
  | 'gradient-spikes'
  | 'gradient-vanishes'
  | 'stalled-at-chance'
  | 'clipped-always'
  | 'layers-vanish'
  | 'layers-explode'
  | 'layers-dead'
  | 'float16-underflow'
  | 'rate-too-high';

/** A fault stops a job that asks; a note never does. */
export type Severity = 'fault' | 'note';
export type Confidence = 'high' | 'medium' | 'low';

export type Evidence = Record<string, number | string | number[] | string[]>;

/** What one rule found in a run. */
export interface Found {
  id: FindingId;
  confidence: Confidence;
  /** Row at which it begins, or null where it is about the whole file. */
  row: number | null;
  /** The numbers that it rests on, by name. */
  evidence: Evidence;
  /** Which series it was told from, and how: one sentence. */
  told: string;
}

/** One rule: what it needs, and what it finds. */
export interface Rule {
  ids: readonly FindingId[];
  /** Why the file cannot answer, as the end of “… was not checked: “, or null where it can. */
  missing: (run: Run) => string | null;
  find: (run: Run, thresholds: Thresholds) => Found[];
}

export const severities: Record<FindingId, Severity> = {
  'not-finite': 'fault',
  'overflow-skips': 'note',
  'loss-scale-collapse': 'fault',
  'gradient-explodes': 'fault',
  'gradient-spikes': 'note',
  'gradient-vanishes': 'fault',
  'stalled-at-chance': 'fault',
  'clipped-always': 'fault',
  'layers-vanish': 'fault',
  'layers-explode': 'fault',
  'layers-dead': 'fault',
  'float16-underflow': 'fault',
  'rate-too-high': 'fault',
};
