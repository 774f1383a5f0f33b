import type { VarianceSettings } from './params';
import type { Quantity } from './quantities';
import { backwardVarianceText, chosenVariance } from './rules';

/** One line: what it turns into what, and what that needs. */
export interface Line {
  left: Quantity;
  right: Quantity;
  /** What has to hold for the two sides to be equal. */
  needs: string;
  /** What a difference is a share of; default the left side. */
  whole?: Quantity;
}

const COMMON: Line[] = [
  {
    left: 'varY',
    right: 'productVariance',
    needs: 'The n products are uncorrelated, and alike in distribution.',
  },
  { left: 'productVariance', right: 'momentForm', needs: 'Weight and input are independent.' },
];

const SECOND_MOMENT: Line = {
  left: 'momentForm',
  right: 'secondMomentForm',
  needs: 'The mean of the weights is zero.',
};

const LINES: Record<VarianceSettings['derivation'], (settings: VarianceSettings) => Line[]> = {
  lecun: (settings) => [
    ...COMMON,
    { left: 'momentForm', right: 'varianceForm', needs: 'Both means are zero.' },
    { left: 'varianceForm', right: 'varX', needs: chosenVariance('1/n', settings) },
  ],
  he: (settings) => [
    ...COMMON,
    SECOND_MOMENT,
    {
      left: 'secondMomentForm',
      right: 'halfForm',
      needs: 'x = ReLU(z), with z symmetric about zero.',
    },
    { left: 'halfForm', right: 'varZ', needs: chosenVariance('2/n', settings) },
  ],
  gain: () => [
    ...COMMON,
    SECOND_MOMENT,
    {
      left: 'secondMomentForm',
      right: 'varZ',
      needs: 'Var(w) = σ_w²/n, with the gain σ_w for Var(z) = 1.',
    },
  ],
  backward: (settings) => [
    {
      left: 'varGradient',
      right: 'slopeSum',
      needs: 'The slope φ′(z) is independent of the sum u, and the mean of u is zero.',
    },
    {
      left: 'slopeSum',
      right: 'slopeProducts',
      needs: 'The n_out products are uncorrelated, and alike in distribution.',
    },
    {
      left: 'slopeProducts',
      right: 'slopeMoments',
      needs: 'Weight and gradient are independent.',
    },
    { left: 'slopeMoments', right: 'slopeForm', needs: 'Both means are zero.' },
    {
      left: 'slopeForm',
      right: 'varDelta',
      needs: chosenVariance(backwardVarianceText(settings), settings),
    },
  ],
  glorot: (settings) => [
    {
      left: 'varY',
      right: 'varianceForm',
      needs: 'Forward: independent, uncorrelated, means zero.',
    },
    {
      left: 'varGradient',
      right: 'backwardForm',
      needs: 'Backward: the same, for a linear unit.',
    },
    {
      left: 'varY',
      right: 'varX',
      needs: `Forward condition. ${chosenVariance('1/n', settings)}`,
      whole: 'varX',
    },
    {
      left: 'varGradient',
      right: 'varDelta',
      needs: `Backward condition. ${chosenVariance('1/n_out', settings)}`,
      whole: 'varDelta',
    },
    {
      left: 'factorSum',
      right: 'two',
      needs: `Both on average. ${chosenVariance('2/(n + n_out)', settings)}`,
    },
  ],
  convolution: () => [
    {
      left: 'varY',
      right: 'varianceForm',
      needs: 'n = K² C: no window hangs over the border. Means zero.',
    },
    {
      left: 'varGradient',
      right: 'backwardForm',
      needs: 'n_out = K² C: each input value is in K² windows. Stride 1, no border.',
    },
    { left: 'varianceForm', right: 'varX', needs: 'Var(w) = 1/n, by our choice.' },
  ],
  total: () => [
    { left: 'varY', right: 'bothParts', needs: 'Always true: the law of total variance.' },
    {
      left: 'withinUnits',
      right: 'varianceForm',
      needs: 'Over the inputs. The mean of the weights is zero.',
      whole: 'varY',
    },
    {
      left: 'betweenUnits',
      right: 'meanForm',
      needs: 'Between the units. Their weights are independent.',
      whole: 'varY',
    },
    {
      left: 'bothForms',
      right: 'secondMomentForm',
      needs: 'Always true: E[x²] is Var(x) plus the square of the mean.',
    },
  ],
};

/** The lines of the derivation, in order. */
export const linesOf = (settings: VarianceSettings): Line[] => LINES[settings.derivation](settings);

/** Whether each line begins where the one before ends. */
export const isChain = (lines: readonly Line[]): boolean =>
  lines.every(({ left }, k) => k === 0 || left === lines[k - 1]!.right);
