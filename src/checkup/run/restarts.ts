import type { Column } from '../read/column.ts';

/** Which rows count, and what was said of the others. */
export interface Kept {
  /** 1 for a row that counts. */
  keep: Uint8Array;
  omitted: { reason: string; rows: number }[];
}

/**
 * Finds out by the steps which rows count. Where the step goes back, training began again from a
 * checkpoint: the rows from that step on are overtaken. A step that begins anew with every epoch is no
 * restart. A row that repeats the step before it, with a loss again, comes from another process or was
 * printed twice.
 */
export function keptRows(
  rows: number,
  step: Column | undefined,
  epoch: Column | undefined,
  loss: Column | undefined,
): Kept {
  const keep = new Uint8Array(rows).fill(1);
  if (!step || step.values.length < 2 || countsWithinEpochs(step, epoch, loss))
    return { keep, omitted: [] };
  const at = step.rows.view();
  const value = step.values.view();
  const hasLoss = new Uint8Array(rows);
  if (loss) for (const row of loss.rows.view()) hasLoss[row] = 1;
  let overtaken = 0;
  let again = 0;
  let outOfOrder = 0;
  /** Places of the rows that count, with growing steps. */
  const stack: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const top = stack.at(-1);
    const now = value[i]!;
    if (!Number.isFinite(now)) continue;
    if (top !== undefined && now === value[top]) {
      if (hasLoss[at[i]!] === 1 && hasLoss[at[top]!] === 1) {
        keep[at[i]!] = 0;
        again++;
      }
      continue;
    }
    if (top !== undefined && now < value[top]!) {
      const next = value[i + 1];
      if (next !== undefined && next > value[top]!) {
        keep[at[i]!] = 0;
        outOfOrder++;
        continue;
      }
      while (stack.length > 0 && value[stack.at(-1)!]! >= now) {
        const from = at[stack.pop()!]!;
        // What has no step of its own goes with the row before it.
        for (let row = from; row < at[i]! && keep[row] === 1; row++) {
          keep[row] = 0;
          overtaken++;
        }
      }
    }
    stack.push(i);
  }
  return {
    keep,
    omitted: [
      { reason: 'overtaken by a restart at an earlier step', rows: overtaken },
      { reason: 'the same step again', rows: again },
      { reason: 'out of order', rows: outOfOrder },
    ].filter(({ rows: count }) => count > 0),
  };
}

/** Whether a step that goes back does so because it is counted within an epoch. */
function countsWithinEpochs(
  step: Column,
  epoch: Column | undefined,
  loss: Column | undefined,
): boolean {
  const value = step.values.view();
  const backs: number[] = [];
  for (let i = 1; i < value.length; i++) if (value[i]! < value[i - 1]!) backs.push(i);
  if (backs.length === 0) return false;
  if (epoch) {
    const epochs = new Map<number, number>();
    for (let i = 0; i < epoch.rows.length; i++) epochs.set(epoch.rows.at(i), epoch.values.at(i));
    const before = (i: number): number | undefined => epochs.get(step.rows.at(i));
    return backs.filter((i) => (before(i) ?? 0) > (before(i - 1) ?? 0)).length * 2 > backs.length;
  }
  const toTheStart = backs.filter((i) => value[i]! <= value[0]!);
  const peaks = toTheStart.map((i) => value[i - 1]!);
  if (toTheStart.length >= 2 && Math.max(...peaks) <= 1.05 * Math.min(...peaks)) return true;
  return toTheStart.length === 1 && backs.length === 1 && goesOn(step.rows.at(backs[0]!), loss);
}

/** Whether the loss at a row is nearer to the row before it than to the first one. */
function goesOn(row: number, loss: Column | undefined): boolean {
  if (!loss) return false;
  const rows = loss.rows.view();
  const place = rows.findIndex((each) => each >= row);
  if (place < 1) return false;
  const now = loss.values.at(place);
  return (
    Math.abs(now - loss.values.at(place - 1)) < Math.abs(now - loss.values.at(0)) &&
    Number.isFinite(now)
  );
}
