import type { FindingId } from '../../checkup/find/finding';
import { thresholds, type Thresholds } from '../../checkup/find/thresholds';
import type { Run } from '../../checkup/run/run';
import { judged, readLog } from './judge';
import type { Observation, Labelled } from './observe';
import { count, emptyScore, merit } from './score';

/** One number that is measured: where it stands, what is tried, and which findings it decides. */
interface Dial {
  name: string;
  findings: FindingId[];
  tried: number[];
  with: (limits: Thresholds, value: number) => Thresholds;
  of: (limits: Thresholds) => number;
}

const dial = <G extends 'explodes' | 'vanishes' | 'stalled' | 'layers' | 'rate'>(
  group: G,
  field: keyof Thresholds[G] & string,
  findings: FindingId[],
  tried: number[],
): Dial => ({
  name: `${group}.${field}`,
  findings,
  tried,
  with: (limits, value) => ({ ...limits, [group]: { ...limits[group], [field]: value } }),
  of: (limits) => limits[group][field] as number,
});

const dials: Dial[] = [
  dial('explodes', 'factor', ['gradient-explodes'], [30, 50, 100, 200]),
  dial('vanishes', 'floor', ['gradient-vanishes'], [1e-7, 1e-6, 1e-5]),
  dial('vanishes', 'still', ['gradient-vanishes'], [0.5, 1, 2]),
  dial('stalled', 'trend', ['stalled-at-chance'], [0.25, 0.5, 0.75, 1, 1.5]),
  dial('stalled', 'falls', ['stalled-at-chance'], [2, 2.5, 3, 4, 1000]),
  dial('stalled', 'first', ['stalled-at-chance'], [1.5, 2, 2.5, 3, 4]),
  dial('layers', 'ratio', ['layers-vanish', 'layers-explode'], [50, 100, 200]),
  dial('layers', 'explained', ['layers-vanish', 'layers-explode'], [0.7, 0.75, 0.8, 0.85, 0.9]),
  dial('rate', 'alternating', ['rate-too-high'], [0.85, 0.9, 0.95]),
  dial('rate', 'growth', ['rate-too-high'], [1.25, 1.5, 2]),
];

/** Better by less than this is chance: the number stays as it is. */
const WORTH = 0.01;

export interface Chosen {
  name: string;
  value: number;
  /** The value in the code while it was measured. */
  before: number;
}

/** Chooses each measured number, one after another, on runs with known truth. */
export function chooseThresholds(observations: Observation[]): {
  limits: Thresholds;
  chosen: Chosen[];
} {
  const cases = observations.map((labelled: Labelled) => ({
    run: readLog(labelled.log),
    truth: labelled.truth,
  }));
  let limits = thresholds;
  const chosen: Chosen[] = [];
  for (const { name, findings, tried, with: set, of } of dials) {
    const before = of(limits);
    let best = { value: before, merit: total(cases, findings, limits) };
    for (const value of tried) {
      const achieved = total(cases, findings, set(limits, value));
      if (achieved > best.merit + WORTH) best = { value, merit: achieved };
    }
    limits = set(limits, best.value);
    chosen.push({ name, value: best.value, before });
  }
  return { limits, chosen };
}

function total(
  cases: { run: Run; truth: Labelled['truth'] }[],
  findings: FindingId[],
  limits: Thresholds,
): number {
  const scores = findings.map(() => emptyScore());
  for (const { run, truth } of cases) {
    const { found, checked } = judged(run, limits);
    findings.forEach((id, i) => {
      const true_ = truth[id];
      if (true_ !== undefined && checked.has(id)) count(scores[i]!, true_, found.has(id));
    });
  }
  return scores.reduce((sum, score) => sum + merit(score) / scores.length, 0);
}
