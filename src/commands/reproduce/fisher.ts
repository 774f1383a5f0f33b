/** How often something happened, and how often not. */
export type Counts = readonly [hits: number, misses: number];

/**
 * Fisher's exact test, two-sided: the probability, if both rates are the same and the totals are given, of
 * two counts that are at most as probable as these.
 */
export function fisher(one: Counts, other: Counts): number {
  const [runs, others] = [one, other].map(([hits, misses]) => hits + misses) as [number, number];
  const hits = one[0] + other[0];
  const weight = (first: number): number =>
    Math.exp(logChoose(runs, first) + logChoose(others, hits - first));
  const observed = weight(one[0]);
  let all = 0;
  let rare = 0;
  for (let first = Math.max(0, hits - others); first <= Math.min(runs, hits); first++) {
    const here = weight(first);
    all += here;
    // Equal probabilities may differ in their last digits.
    if (here <= observed * (1 + 1e-9)) rare += here;
  }
  return rare / all;
}

/** ln of the binomial coefficient. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
