import { coordinate as c } from './geometry';

export type Point = readonly [x: number, y: number];

/** At most four points for each unit of width: the first, lowest, highest and last. */
export function thin(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (let from = 0, to = 0; from < points.length; from = to) {
    const column = Math.floor(points[from]![0]);
    let low = from;
    let high = from;
    for (; to < points.length && Math.floor(points[to]![0]) === column; to++) {
      if (points[to]![1] < points[low]![1]) low = to;
      if (points[to]![1] > points[high]![1]) high = to;
    }
    const at = [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
    kept.push(...at.map((index) => points[index]!));
  }
  return kept;
}

/** The points from 0 to length − 1 in runs, split where `point` gives null. */
export function runsOf(length: number, point: (index: number) => Point | null): Point[][] {
  const runs: Point[][] = [];
  let open = false;
  for (let index = 0; index < length; index++) {
    const at = point(index);
    if (at && !open) runs.push([]);
    if (at) runs.at(-1)!.push(at);
    open = at !== null;
  }
  return runs;
}

const join = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${c(x)},${c(y)}`).join(' ');

/** A line through each run; a run of one point is a dot, by the line's round ends. */
export const linePath = (runs: readonly Point[][]): string =>
  runs
    .map(thin)
    .map((points) => `M${join(points)}${points.length === 1 ? 'h0' : ''}`)
    .join('');

/** The area between two lines that run over the same places. */
export const bandPath = (lows: readonly Point[][], highs: readonly Point[][]): string =>
  highs.map((high, k) => `M${join(thin(high))} ${join(thin(lows[k]!).reverse())}z`).join('');
