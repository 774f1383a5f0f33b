import type { Section } from '../section';
import { mlp, momentum, sgd, type Unseeded } from '../specifications';

/** A network of the phase diagram: tanh, σ_b 0.05. */
const meanField = (weightStd: number): Unseeded => ({
  ...mlp(10, 'tanh', { kind: 'leCunNormal', gain: weightStd }, { bias: { std: 0.05 } }),
  optimizer: momentum(0.005),
  steps: 200,
});

/** Where a network starts, and what that does to its signals. */
export const initialization: Section[] = [
  {
    section: 5,
    settings: [
      {
        name: 'tanh d10, LeCun, at the start',
        spec: {
          ...mlp(10, 'tanh', { kind: 'leCunNormal' }),
          optimizer: sgd(0.01),
          steps: 0,
          batchSize: 1437,
        },
        compared: [
          {
            quantity: 'std of h₁',
            of: { atStart: 'activationStd', layer: 1 },
            mean: 0.63,
            decimals: 2,
          },
          {
            quantity: 'std of h₅',
            of: { atStart: 'activationStd', layer: 5 },
            mean: 0.32,
            decimals: 2,
          },
          {
            quantity: 'std of h₁₀',
            of: { atStart: 'activationStd', layer: 10 },
            mean: 0.22,
            decimals: 2,
          },
        ],
      },
      {
        name: 'tanh d10, orthogonal everywhere; rate 0.01 (PyTorch: best of a grid)',
        spec: {
          ...mlp(10, 'tanh', { kind: 'orthogonal' }, { outputInitializer: { kind: 'orthogonal' } }),
          optimizer: momentum(0.01),
          steps: 300,
        },
        compared: [{ quantity: 'test accuracy', of: 'testAccuracy', mean: 0.971, shareOf: 'test' }],
      },
      {
        name: 'ReLU d10, LSUV; output orthogonal (PyTorch: LSUV too); rate 0.01 (PyTorch: best of a grid)',
        spec: {
          ...mlp(10, 'relu', { kind: 'lsuv' }, { outputInitializer: { kind: 'orthogonal' } }),
          optimizer: momentum(0.01),
          steps: 300,
        },
        compared: [{ quantity: 'test accuracy', of: 'testAccuracy', mean: 0.946, shareOf: 'test' }],
      },
    ],
  },
  {
    section: 6,
    settings: [
      {
        name: 'y = Σ xw, x = ReLU(N(0, 1)), Var w = 1/n',
        compared: [
          {
            quantity: 'Var y',
            of: { kind: 'varianceOfSum', terms: 256, draws: 20_000 },
            mean: 0.505,
            slack: 2 * 0.505 * 0.01,
            why: '2 sd of PyTorch’s 20 000 draws, 1 % each',
          },
        ],
      },
    ],
  },
  {
    section: 13,
    settings: [
      {
        name: 'tanh, σ_w 1.5, σ_b 0.05',
        compared: [
          {
            quantity: 'χ',
            of: { kind: 'chi', activation: 'tanh', weightStd: 1.5, biasStd: 0.05 },
            exact: 1.137,
            decimals: 3,
          },
        ],
      },
      {
        name: 'tanh d10, σ_w 0.5, σ_b 0.05',
        spec: meanField(0.5),
        compared: [
          { quantity: 'training accuracy', of: 'trainAccuracy', mean: 0.11, shareOf: 'training' },
        ],
      },
      {
        name: 'tanh d10, σ_w 1.3, σ_b 0.05',
        spec: meanField(1.3),
        compared: [
          { quantity: 'training accuracy', of: 'trainAccuracy', mean: 0.95, shareOf: 'training' },
        ],
      },
    ],
  },
];
