/** How often a rule is right: counted over runs whose truth is known. */
export interface Score {
  /** Runs with the fault, and how many of them were found. */
  faults: number;
  found: number;
  /** Runs without it, and how many of them were accused. */
  healthy: number;
  accused: number;
  /** Runs between the two, which do not count. */
  unclear: number;
}

export const emptyScore = (): Score => ({
  faults: 0,
  found: 0,
  healthy: 0,
  accused: 0,
  unclear: 0,
});

/** Counts one run. */
export function count(score: Score, truth: boolean | null, says: boolean): void {
  if (truth === null) score.unclear++;
  else if (truth) {
    score.faults++;
    if (says) score.found++;
  } else {
    score.healthy++;
    if (says) score.accused++;
  }
}

export const sensitivity = ({ faults, found }: Score): number =>
  faults > 0 ? found / faults : NaN;
export const falseAlarms = ({ healthy, accused }: Score): number =>
  healthy > 0 ? accused / healthy : NaN;

/** What is maximized: the share found, less ten times the false alarms beyond one in fifty. */
export const merit = (score: Score): number => {
  const alarms = falseAlarms(score);
  return (
    (Number.isNaN(sensitivity(score)) ? 0 : sensitivity(score)) -
    alarms -
    10 * Math.max(0, alarms - 0.02)
  );
};
