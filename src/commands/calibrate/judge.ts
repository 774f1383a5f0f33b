import { examine } from '../../checkup/find/examine';
import type { FindingId } from '../../checkup/find/finding';
import type { Thresholds } from '../../checkup/find/thresholds';
import { Reader } from '../../checkup/read/reader';
import { assign } from '../../checkup/run/roles';
import type { Run } from '../../checkup/run/run';
import { runOf } from '../../checkup/run/runOf';

/** A log as a reader would give it. */
export function readLog(log: string): Run {
  const reader = new Reader('calibration');
  reader.push(new TextEncoder().encode(log));
  const reading = reader.end();
  return runOf(reading, assign(reading));
}

/** Which findings a run gets, and which could be checked at all. */
export function judged(
  run: Run,
  limits: Thresholds,
): { found: Set<FindingId>; checked: Set<FindingId> } {
  const { findings, checked } = examine(run, limits);
  return { found: new Set(findings.map(({ id }) => id)), checked: new Set(checked) };
}
