import type { Compared, Section, TrainedSetting } from '../section';
import type { Measure } from '../measures';
import { adam, mlp, momentum, sgd } from '../specifications';

/** The learning rate above which linear regression diverges, 2/λ_max. */
const CRITICAL_RATE = 0.30811;

/** Sigmoid layers under Adam, at the rate that was the best of {0.001, 0.003, 0.01, 0.03} on our seeds. */
const sigmoidAdam = (
  depth: number,
  learningRate: number,
  compared: Compared<Measure>[],
): TrainedSetting => ({
  name: `sigmoid d${depth}, Glorot, Adam ${learningRate} (PyTorch: best of a grid)`,
  spec: {
    ...mlp(depth, 'sigmoid', { kind: 'glorotNormal' }),
    optimizer: adam(learningRate),
    steps: 300,
  },
  compared,
});
const loss = (mean: number, sd: number): Compared<Measure> => ({
  ...{ quantity: 'training loss', of: 'trainLoss' as const },
  ...{ mean, sd },
});
const accuracy = (mean: number): Compared<Measure> => ({
  ...{ quantity: 'test accuracy', of: 'testAccuracy' as const },
  ...{ mean, shareOf: 'test' as const },
});
const stuck = (ofTen: number): Compared<Measure> => ({
  ...{ quantity: 'stuck (loss > 2.25)', of: 'trainLoss' as const },
  ...{ above: 2.25, ofTen, unlessRarerThan: 0.01 },
});

/** Gradients that vanish or explode, and units that die. */
export const problem: Section[] = [
  {
    section: 1,
    settings: [
      {
        name: 'sigmoid d10, Glorot, momentum 0.1',
        spec: {
          ...mlp(10, 'sigmoid', { kind: 'glorotNormal' }),
          optimizer: momentum(0.1),
          steps: 300,
        },
        compared: [
          { quantity: 'training loss', of: 'trainLoss', mean: 2.312, sd: 0.004 },
          { quantity: 'stuck (loss > 2.25)', of: 'trainLoss', above: 2.25, ofTen: 10 },
          {
            quantity: '‖∂W₁‖/‖∂W₁₀‖ at the start (geometric mean)',
            of: { atStart: 'weightGradientNorm', layer: 1, over: 10 },
            geometricMean: 5.3e-6,
          },
        ],
      },
      {
        name: 'sigmoid d2, the same',
        spec: {
          ...mlp(2, 'sigmoid', { kind: 'glorotNormal' }),
          optimizer: momentum(0.1),
          steps: 300,
        },
        compared: [{ quantity: 'test accuracy', of: 'testAccuracy', mean: 0.968, shareOf: 'test' }],
      },
      {
        name: 'tanh d10, orthogonal, momentum 0.01',
        spec: {
          ...mlp(10, 'tanh', { kind: 'orthogonal' }),
          optimizer: momentum(0.01),
          steps: 300,
        },
        compared: [{ quantity: 'test accuracy', of: 'testAccuracy', mean: 0.956, shareOf: 'test' }],
      },
      {
        name: 'ReLU d10, He, Adam 0.002',
        spec: { ...mlp(10, 'relu', { kind: 'heNormal' }), optimizer: adam(0.002), steps: 300 },
        compared: [{ quantity: 'test accuracy', of: 'testAccuracy', mean: 0.925, shareOf: 'test' }],
      },
      sigmoidAdam(1, 0.03, [accuracy(0.974)]),
      sigmoidAdam(2, 0.03, [accuracy(0.962)]),
      sigmoidAdam(3, 0.03, [accuracy(0.958)]),
      sigmoidAdam(4, 0.01, [accuracy(0.921)]),
      sigmoidAdam(5, 0.01, [loss(0.64, 0.41), stuck(0)]),
      sigmoidAdam(6, 0.01, [loss(1.28, 0.27), stuck(0)]),
      sigmoidAdam(8, 0.003, [loss(1.78, 0.06), stuck(0)]),
      sigmoidAdam(10, 0.003, [loss(1.93, 0.09), stuck(0)]),
      sigmoidAdam(15, 0.01, [accuracy(0.094), stuck(10)]),
      sigmoidAdam(20, 0.01, [accuracy(0.089), stuck(10)]),
      sigmoidAdam(30, 0.01, [accuracy(0.094), stuck(10)]),
      sigmoidAdam(50, 0.01, [accuracy(0.093), stuck(10)]),
    ],
  },
  {
    section: 2,
    settings: [
      {
        name: 'ReLU d10, 2 × He, SGD 0.01',
        spec: {
          ...mlp(10, 'relu', { kind: 'heNormal', gain: 2 }),
          optimizer: sgd(0.01),
          steps: 200,
        },
        compared: [
          { quantity: 'diverged', of: 'firstNonFiniteStep', finite: true, ofTen: 10 },
          {
            quantity: 'step of the first NaN',
            of: 'firstNonFiniteStep',
            mean: 2.5,
            slack: 0.5,
            why: 'the reference is a range, 2 to 3',
          },
        ],
      },
      {
        name: 'linear regression, 1.25 × critical rate',
        spec: {
          ...mlp(0, 'linear', { kind: 'zeros' }, { outputInitializer: { kind: 'zeros' } }),
          task: { kind: 'linearRegression' },
          batchSize: 1437,
          optimizer: sgd(1.25 * CRITICAL_RATE),
          steps: 300,
        },
        compared: [
          {
            quantity: 'first non-finite step',
            of: 'firstNonFiniteStep',
            mean: 104,
            slack: 4,
            why: 'what 1 % of λ_max changes, which depends on the split',
          },
        ],
      },
    ],
  },
  {
    section: 3,
    settings: [
      {
        name: 'four sigmoid units, w = 1, b = 0',
        compared: [
          {
            quantity: '∂L/∂b₁',
            of: { kind: 'sigmoidChainBiasGradient', units: 4, unit: 1 },
            exact: 0.001428,
            decimals: 6,
          },
          {
            quantity: '∂L/∂b₄',
            of: { kind: 'sigmoidChainBiasGradient', units: 4, unit: 4 },
            exact: 0.1481,
            decimals: 4,
          },
        ],
      },
    ],
  },
  {
    section: 4,
    settings: [
      {
        name: 'ReLU d3, biases −2, SGD 0.1',
        spec: {
          ...mlp(3, 'relu', { kind: 'heNormal' }, { bias: -2 }),
          optimizer: sgd(0.1),
          steps: 300,
        },
        compared: [{ quantity: 'dead (loss > 2.25)', of: 'lastLoss', above: 2.25, ofTen: 10 }],
      },
      {
        name: 'ELU d3, biases −2, SGD 0.1',
        spec: {
          ...mlp(3, 'elu', { kind: 'heNormal' }, { bias: -2 }),
          optimizer: sgd(0.1),
          steps: 300,
        },
        compared: [{ quantity: 'training loss', of: 'trainLoss', mean: 0.127, sd: 0.042 }],
      },
    ],
  },
];
