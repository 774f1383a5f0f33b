/** What PyTorch measured, as data: the reference, and how one beside it is compared. */

export type Comparison = Mean | GeometricMean | Count | Exact;

/** A mean over seeds, and up to which difference ours is the same. */
export type Mean = { mean: number } & Tolerance;

export type Tolerance =
  /** The deviation over PyTorch's seeds. */
  | { sd: number }
  /** Where that was not kept: a share of images, of which PyTorch's split has others than ours. */
  | { shareOf: 'test' | 'training' }
  /** A number that was kept to so many decimals. */
  | { decimals: number }
  /** What else is known of it. */
  | { slack: number; why: string };

/** A geometric mean over seeds; the factor between the two is compared with the seeds' own. */
export interface GeometricMean {
  geometricMean: number;
}

/**
 * Of ten runs, how many had a number such as this. A mean of several such counts may be no integer. Two
 * counts are the same up to 2 of 10, or, of a whole one, unless chance makes so large a difference with a
 * probability below `unlessRarerThan` by Fisher's exact test. Of forty runs that test alone decides.
 */
export type Count = (
  { ofTen: number; unlessRarerThan?: number } | { ofForty: number; unlessRarerThan: number }
) &
  Condition;

export type Condition = { above: number } | { below: number } | { finite: true };

/** A number that does not depend on a seed, kept to so many decimals. */
export interface Exact {
  exact: number;
  decimals: number;
}
