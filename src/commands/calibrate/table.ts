import { severities, type FindingId } from '../../checkup/find/finding';
import type { Thresholds } from '../../checkup/find/thresholds';
import type { Chosen } from './choose';
import { judged, readLog } from './judge';
import type { Labelled, Observation } from './observe';
import { publishedRules } from './others';
import { count, emptyScore, falseAlarms, sensitivity, type Score } from './score';

/** The result of a calibration, as src/checkup/calibration.json holds it and the page shows it. */
export interface CalibrationTable {
  runs: number;
  seed: number;
  thresholds: Chosen[];
  findings: (Score & { id: FindingId; simulated: boolean })[];
  /** What was found in the first runs, so that some can be run again and compared. */
  sample: string[];
  published: (Score & { tool: string; rule: string; id: FindingId })[];
}

const simulatedIds: FindingId[] = ['overflow-skips', 'loss-scale-collapse', 'float16-underflow'];

/** Counts how often the check-up and the rules of others are right, on runs that chose nothing. */
export function tableOf(
  observations: Observation[],
  about: {
    runs: number;
    seed: number;
    sample: string[];
    chosen: { limits: Thresholds; chosen: Chosen[] };
  },
  wrong?: (id: FindingId, observation: Observation, truth: boolean) => void,
): CalibrationTable {
  const { limits, chosen } = about.chosen;
  const ids = Object.keys(severities) as FindingId[];
  const scores = new Map(ids.map((id) => [id, emptyScore()]));
  const published = publishedRules.map(() => emptyScore());
  const judge = ({ log, truth }: Labelled, wanted: FindingId[], observation: Observation): void => {
    const { found, checked } = judged(readLog(log), limits);
    for (const id of wanted) {
      const known = truth[id];
      if (known === undefined || !checked.has(id)) continue;
      count(scores.get(id)!, known, found.has(id));
      if (known !== null && known !== found.has(id)) wrong?.(id, observation, known);
    }
  };
  for (const observation of observations) {
    judge(
      observation,
      ids.filter((id) => !simulatedIds.includes(id)),
      observation,
    );
    for (const simulated of observation.simulated) judge(simulated, simulatedIds, observation);
    publishedRules.forEach(({ finding }, i) => {
      const says = observation.published[i];
      const known = observation.truth[finding];
      if (says !== null && says !== undefined && known !== undefined)
        count(published[i]!, known, says);
    });
  }
  return {
    sample: about.sample,
    runs: about.runs,
    seed: about.seed,
    thresholds: chosen,
    findings: ids.map((id) => ({ id, ...scores.get(id)!, simulated: simulatedIds.includes(id) })),
    published: publishedRules.map(({ tool, rule, finding }, i) => ({
      tool,
      rule,
      id: finding,
      ...published[i]!,
    })),
  };
}

/** How many of the first runs are kept for comparison. */
export const SAMPLE = 50;

/** What is found in each of the first runs, as one text a run. */
export const sampleOf = (observations: Observation[], limits: Thresholds): string[] =>
  observations
    .slice(0, SAMPLE)
    .map(({ log }) => [...judged(readLog(log), limits).found].sort().join(' '));

const percent = (share: number): string => (Number.isNaN(share) ? '–' : share.toFixed(3));

/** The table for a terminal. */
export function tableLines({ findings, published, thresholds }: CalibrationTable): string[] {
  const line = (name: string, score: Score): string =>
    `${name.padEnd(58)} found ${percent(sensitivity(score)).padStart(5)} of ${String(score.faults).padStart(4)}, false alarms ${percent(falseAlarms(score)).padStart(5)} of ${String(score.healthy).padStart(4)}, unclear ${score.unclear}`;
  return [
    ...thresholds.map(
      ({ name, value, before }) =>
        `${name} = ${value}${value === before ? '' : ` (was ${before})`}`,
    ),
    ...findings.map((finding) =>
      line(`${finding.id}${finding.simulated ? ' (simulated)' : ''}`, finding),
    ),
    ...published.map((rule) => line(`${rule.tool}, ${rule.rule}`, rule)),
  ];
}
