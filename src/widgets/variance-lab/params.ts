import { choice, flag, int, number, type Values } from '../../kit/parameters';

const FORWARD = ['lecun', 'he', 'gain'];
/** Those of a dense layer whose weights and inputs are drawn together. */
const DENSE = [...FORWARD, 'backward', 'glorot'];
const WITH_INPUTS = { parameter: 'derivation', is: [...FORWARD, 'total'] };
const WITH_FAN_OUT = { parameter: 'derivation', is: ['backward', 'glorot'] };
const CONVOLUTION = { parameter: 'derivation', is: ['convolution'] };

export const params = {
  derivation: choice({
    label: 'Derivation',
    help: 'What is derived, and with it the variance of the weights.',
    options: [
      { value: 'lecun', label: 'Forward, means zero (LeCun)' },
      { value: 'he', label: 'Forward, inputs from ReLU (He)' },
      { value: 'gain', label: 'Forward, any activation function (gain)' },
      { value: 'backward', label: 'Backward' },
      { value: 'glorot', label: 'Forward and backward (Glorot)' },
      { value: 'convolution', label: 'Convolution' },
      { value: 'total', label: 'Over the inputs, and between units' },
    ],
    default: 'lecun',
  }),
  input: choice({
    label: 'Inputs x',
    help: 'Each is made from z, a normal number with variance 1 unless you change it.',
    options: [
      { value: 'normal', label: 'x = z, normal' },
      { value: 'tanh', label: 'x = tanh(z)' },
      { value: 'relu', label: 'x = ReLU(z)' },
      { value: 'sigmoid', label: 'x = sigmoid(z)' },
      { value: 'gelu', label: 'x = GELU(z)' },
      { value: 'selu', label: 'x = SELU(z)' },
      { value: 'uniform', label: 'x uniform in 0 … 1, as pixels' },
      { value: 'shifted', label: 'x = 1 + 0.1 z' },
    ],
    default: 'relu',
    when: WITH_INPUTS,
  }),
  zVariance: number({
    label: 'Variance of z',
    symbol: 'q',
    help: 'The gain is the one for q = 1.',
    min: 0.25,
    max: 4,
    scale: 'log',
    divisions: 16,
    default: 1,
    when: { parameter: 'derivation', is: ['gain'] },
  }),
  slope: choice({
    label: 'Activation function φ',
    help: 'Its slope φ′(z) is what the gradient meets.',
    options: [
      { value: 'linear', label: 'linear' },
      { value: 'relu', label: 'ReLU' },
      { value: 'tanh', label: 'tanh' },
      { value: 'sigmoid', label: 'sigmoid' },
      { value: 'gelu', label: 'GELU' },
      { value: 'selu', label: 'SELU' },
    ],
    default: 'relu',
    when: { parameter: 'derivation', is: ['backward'] },
  }),
  rule: choice({
    label: 'Variance of the weights',
    options: [
      { value: 'derived', label: 'The one derived' },
      { value: 'lecun', label: '1/fan-in, LeCun’s rule' },
      { value: 'he', label: '2/fan-in, He’s rule' },
      { value: 'fanOut', label: '1/fan-out' },
      { value: 'glorot', label: '2/(fan-in + fan-out), Glorot’s rule' },
    ],
    default: 'derived',
    when: WITH_FAN_OUT,
  }),
  weightMean: number({
    label: 'Mean of the weights × √n',
    help: 'All rules draw weights with mean 0.',
    min: 0,
    max: 1,
    divisions: 20,
    default: 0,
  }),
  correlation: number({
    label: 'Correlation of the z',
    symbol: 'ρ',
    help: 'Between any two inputs of the unit; backward, between any two gradients.',
    min: 0,
    max: 0.9,
    divisions: 18,
    default: 0,
  }),
  dependence: choice({
    label: 'Weights and inputs',
    help: 'Backward: weights and gradients.',
    options: [
      { value: 'none', label: 'Independent' },
      { value: 'correlated', label: 'Correlated, 0.44' },
      { value: 'aligned', label: 'Signs aligned, as after learning' },
    ],
    default: 'none',
    when: { parameter: 'derivation', is: DENSE },
  }),
  fanIn: int({
    label: 'Fan-in',
    symbol: 'n',
    help: 'Inputs of a unit.',
    min: 2,
    max: 2048,
    default: 256,
    when: { parameter: 'derivation', is: [...DENSE, 'total'] },
  }),
  fanOut: int({
    label: 'Fan-out',
    symbol: 'n_out',
    help: 'Units that each input feeds.',
    min: 2,
    max: 2048,
    default: 128,
    when: WITH_FAN_OUT,
  }),
  kernel: int({ label: 'Kernel', symbol: 'K', min: 1, max: 7, default: 3, when: CONVOLUTION }),
  channels: int({
    label: 'Channels in and out',
    symbol: 'C',
    min: 1,
    max: 64,
    default: 16,
    when: CONVOLUTION,
  }),
  stride: int({ label: 'Stride', min: 1, max: 3, default: 1, when: CONVOLUTION }),
  border: flag({
    label: 'Whole picture, with its border',
    help: 'Off: only places where no window hangs over.',
    default: false,
    when: CONVOLUTION,
  }),
  draws: int({ label: 'Draws', min: 400, max: 200_000, default: 20_000, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type VarianceValues = Values<typeof params>;
