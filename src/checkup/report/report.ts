import { examine, type Examination, type Finding } from '../find/examine.ts';
import type { Thresholds } from '../find/thresholds.ts';
import type { Role } from '../read/names.ts';
import type { Reading } from '../read/reading.ts';
import { assign, type Assignment } from '../run/roles.ts';
import type { Given, Run } from '../run/run.ts';
import { runOf } from '../run/runOf.ts';
import { advice } from './advice.ts';

/** All that is known of a file once it was read: columns, training, findings. */
export interface Report extends Examination {
  reading: Reading;
  assignments: Assignment[];
  run: Run;
}

export interface ReportOptions {
  given?: Given;
  /** What the reader says that a column is. */
  chosen?: ReadonlyMap<string, Role>;
  limits?: Thresholds;
}

/** Reads a training out of a file's columns and looks for faults in it. */
export function reportOf(reading: Reading, options: ReportOptions = {}): Report {
  const assignments = assign(reading, options.chosen);
  const run = runOf(reading, assignments, options.given);
  const none: Examination = { findings: [], checked: [], unchecked: [] };
  return {
    reading,
    assignments,
    run,
    ...(reading.unreadable ? none : examine(run, options.limits)),
  };
}

export const hasFault = ({ findings }: Pick<Report, 'findings'>): boolean =>
  findings.some(({ severity }) => severity === 'fault');

/** 0: no fault; 1: a fault; 2: unreadable. */
export const exitCode = (report: Report): 0 | 1 | 2 =>
  report.reading.unreadable ? 2 : hasFault(report) ? 1 : 0;

/**
 * The report for machines. Fields are only ever added. A number that is not finite is the string `NaN`,
 * `Infinity` or `-Infinity`, since JSON has none.
 */
export interface JsonReport {
  schema: 1;
  file: string;
  /** Format by its id, or null where the file could not be read. */
  format: string | null;
  read: {
    rows: number;
    skipped: number;
    reasons: { reason: string; count: number; line: number; example: string }[];
    damage: { at: number; what: string }[];
  };
  /** What each judged column is taken for. */
  series: { name: string; role: Role; sure: boolean; count: number }[];
  findings: {
    id: string;
    severity: 'fault' | 'note';
    confidence: 'high' | 'medium' | 'low';
    row: number | null;
    step: number | null;
    epoch: number | null;
    line: number | null;
    evidence: Record<string, unknown>;
    told: string;
    next: string[];
    useless: string[];
    chapter: string;
    preset: { widget: string; preset: string };
  }[];
  checked: string[];
  unchecked: { id: string; because: string }[];
  /** Why the file could not be read; absent where it was. */
  error?: { kind: string; message: string };
}

/** The report in the form that `--json` prints. */
export function jsonReport({
  reading,
  assignments,
  findings,
  checked,
  unchecked,
}: Report): JsonReport {
  const { table, left, damage, unreadable } = reading;
  const common = {
    schema: 1 as const,
    file: reading.file,
    format: reading.format,
    read: {
      rows: table.rows,
      skipped: left.reduce((sum, { count }) => sum + count, 0),
      reasons: left,
      damage,
    },
  };
  if (unreadable)
    return {
      ...common,
      series: [],
      findings: [unreadableFinding(unreadable.kind, unreadable.message)],
      checked: [],
      unchecked: [],
      error: unreadable,
    };
  return {
    ...common,
    series: assignments
      .filter(({ role }) => role !== 'other')
      .map(({ column, role, sure }) => ({
        name: column,
        role,
        sure,
        count: table.columns.get(column)!.values.length,
      })),
    findings: findings.map(jsonFinding),
    checked,
    unchecked,
  };
}

function jsonFinding(finding: Finding): JsonReport['findings'][number] {
  const { id, severity, confidence, row, step, epoch, line, evidence, told } = finding;
  const { next, useless, chapter, preset } = advice[id];
  return {
    id,
    severity,
    confidence,
    row,
    step: orNull(step),
    epoch: orNull(epoch),
    line,
    evidence: Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => [name, finiteOrWord(value)]),
    ),
    told,
    next,
    useless,
    chapter: chapter.slug,
    preset: { widget: preset.widget, preset: preset.preset },
  };
}

const orNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

const finiteOrWord = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** A file that could not be read has this one finding: it is unknown, and no other is given. */
function unreadableFinding(kind: string, message: string): JsonReport['findings'][number] {
  return {
    id: 'unknown-format',
    severity: 'fault',
    confidence: 'high',
    row: null,
    step: null,
    epoch: null,
    line: null,
    evidence: { kind },
    told: message,
    next: ['Give the log that your trainer writes: what it prints, or its file of metrics.'],
    useless: [],
    chapter: 'exploding-gradients',
    preset: { widget: 'exploding-overflow', preset: 'problem' },
  };
}
