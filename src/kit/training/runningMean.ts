/**
 * At each step kept, the mean of the values of the steps kept among the last `window` steps; `steps` and
 * `values` are equally long.
 */
export function runningMean(
  steps: readonly number[],
  values: readonly number[],
  window: number,
): number[] {
  let sum = 0;
  let from = 0;
  return values.map((one, i) => {
    sum += one;
    while (steps[from]! <= steps[i]! - window) sum -= values[from++]!;
    return sum / (i - from + 1);
  });
}
