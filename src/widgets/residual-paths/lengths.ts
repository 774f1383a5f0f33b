/** Of 2^blocks paths the share of each length k: C(blocks, k)/2^blocks, from k = 0 on. */
export function pathShares(blocks: number): number[] {
  const shares = [2 ** -blocks];
  for (let k = 1; k <= blocks; k++) shares.push((shares[k - 1]! * (blocks - k + 1)) / k);
  return shares;
}

/** Σ k·share_k: the mean length where the shares are those of paths, and where the gradient comes by. */
export const meanLength = (shares: readonly number[]): number =>
  shares.length === 0 ? NaN : shares.reduce((sum, share, k) => sum + k * share, 0);
