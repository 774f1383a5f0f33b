import type { Section } from '../section';
import { linearRnn, mlp, sgd, type Unseeded } from '../specifications';

const unclipped: Unseeded = { ...linearRnn(1.2), optimizer: sgd(0.05), steps: 250 };

const squared = (depth: number): Unseeded => ({
  ...mlp(depth, 'relu', { kind: 'heNormal', gain: 1.5 }),
  loss: 'meanSquaredError',
  // The reference sums the squares over the 10 outputs, so its rate of 0.01 is 0.1 here.
  optimizer: sgd(0.1),
  steps: 200,
});

const penalized = (l2: number): Unseeded => ({
  ...linearRnn(1.05),
  optimizer: sgd(0.0075),
  penalty: { l2, tensors: ['Wh'] },
  steps: 500,
});

/** What is done to gradients and losses: clipping, squared errors, penalties. */
export const updates: Section[] = [
  {
    section: 10,
    settings: [
      {
        name: 'linear RNN, orthogonal × 1.2, SGD 0.05',
        spec: unclipped,
        compared: [{ quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 10 }],
      },
      {
        name: 'linear RNN, orthogonal × 1.2, SGD 0.05, norm clipped to 1',
        spec: { ...unclipped, clip: { kind: 'globalNorm', maxNorm: 1 } },
        compared: [
          // 0.3 of the loss of a guess among four.
          { quantity: 'solved', of: 'lastLoss', below: 0.3 * Math.log(4), ofTen: 10 },
        ],
      },
    ],
  },
  {
    section: 11,
    settings: [
      {
        name: 'ReLU d2, 1.5 × He, squared error',
        spec: squared(2),
        compared: [{ quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 0 }],
      },
      {
        name: 'ReLU d6, 1.5 × He, squared error',
        spec: squared(6),
        compared: [{ quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 10 }],
      },
    ],
  },
  {
    section: 12,
    settings: [
      {
        name: 'linear RNN, orthogonal × 1.05, no penalty',
        spec: penalized(0),
        compared: [{ quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 4.75 }],
      },
      {
        name: 'the same with λ = 0.3 on Wh',
        spec: penalized(0.3),
        compared: [{ quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 0 }],
      },
    ],
  },
];
