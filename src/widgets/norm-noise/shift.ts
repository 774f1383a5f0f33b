/** Mean and standard deviation of each hidden unit over a batch, layer after layer. */
export interface UnitMoments {
  unitMean: readonly number[];
  unitStd: readonly number[];
}

/**
 * How far what a layer's units are given has moved from one step's batch to the next, for each hidden layer:
 * √(mean of (Δm)² + (Δs)²) over the root mean square of s, with m and s the mean and the standard deviation of
 * a unit. √((Δm)² + (Δs)²) is the 2-Wasserstein distance of two normal distributions. NaN where s is 0 throughout.
 */
export function shiftsOf(before: UnitMoments, after: UnitMoments, depth: number): number[] {
  const width = after.unitMean.length / depth;
  return Array.from({ length: depth }, (_, layer) => {
    let moved = 0;
    let spread = 0;
    for (let unit = layer * width; unit < (layer + 1) * width; unit++) {
      moved += (after.unitMean[unit]! - before.unitMean[unit]!) ** 2;
      moved += (after.unitStd[unit]! - before.unitStd[unit]!) ** 2;
      spread += after.unitStd[unit]! ** 2;
    }
    return Math.sqrt(moved / spread);
  });
}
