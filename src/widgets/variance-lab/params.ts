import { flag, int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

const FORWARD = ['lecun', 'he', 'gain'];
/** Those of a dense layer whose weights and inputs are drawn together. */
const DENSE = [...FORWARD, 'backward', 'glorot'];
const WITH_INPUTS = { parameter: 'derivation', is: [...FORWARD, 'total'] };
const WITH_FAN_OUT = { parameter: 'derivation', is: ['backward', 'glorot'] };
const CONVOLUTION = { parameter: 'derivation', is: ['convolution'] };

export const params = {
  derivation: parameters.oneOf(
    'Derivation',
    {
      lecun: 'Forward, means zero (LeCun)',
      he: 'Forward, inputs from ReLU (He)',
      gain: 'Forward, any activation function (gain)',
      backward: 'Backward',
      glorot: 'Forward and backward (Glorot)',
      convolution: 'Convolution',
      total: 'Over the inputs, and between units',
    },
    { help: 'What is derived, and with it the variance of the weights.' },
  ),
  input: parameters.oneOf(
    'Inputs x',
    {
      normal: 'x = z, normal',
      tanh: 'x = tanh(z)',
      relu: 'x = ReLU(z)',
      sigmoid: 'x = sigmoid(z)',
      gelu: 'x = GELU(z)',
      selu: 'x = SELU(z)',
      uniform: 'x uniform in 0 … 1, as pixels',
      shifted: 'x = 1 + 0.1 z',
    },
    {
      help: 'Each is made from z, a normal number with variance 1 unless you change it.',
      default: 'relu',
      when: WITH_INPUTS,
    },
  ),
  zVariance: number({
    label: 'Variance of z',
    symbol: 'q',
    help: 'The gain is the one for q = 1.',
    ...{ min: 0.25, max: 4, scale: 'log', divisions: 16, default: 1 },
    when: { parameter: 'derivation', is: ['gain'] },
  }),
  slope: parameters.activation(['linear', 'relu', 'tanh', 'sigmoid', 'gelu', 'selu'], {
    label: 'Activation function φ',
    help: 'Its slope φ′(z) is what the gradient meets.',
    default: 'relu',
    when: { parameter: 'derivation', is: ['backward'] },
  }),
  rule: parameters.oneOf(
    'Variance of the weights',
    {
      derived: 'The one derived',
      lecun: '1/fan-in, LeCun’s rule',
      he: '2/fan-in, He’s rule',
      fanOut: '1/fan-out',
      glorot: '2/(fan-in + fan-out), Glorot’s rule',
    },
    { when: WITH_FAN_OUT },
  ),
  weightMean: number({
    label: 'Mean of the weights × √n',
    help: 'All rules draw weights with mean 0.',
    ...{ min: 0, max: 1, divisions: 20, default: 0 },
  }),
  correlation: number({
    label: 'Correlation of the z',
    symbol: 'ρ',
    help: 'Between any two inputs of the unit; backward, between any two gradients.',
    ...{ min: 0, max: 0.9, divisions: 18, default: 0 },
  }),
  dependence: parameters.oneOf(
    'Weights and inputs',
    {
      none: 'Independent',
      correlated: 'Correlated, 0.44',
      aligned: 'Signs aligned, as after learning',
    },
    { help: 'Backward: weights and gradients.', when: { parameter: 'derivation', is: DENSE } },
  ),
  fanIn: int({
    label: 'Fan-in',
    symbol: 'n',
    help: 'Inputs of a unit.',
    ...{ min: 2, max: 2048, default: 256 },
    when: { parameter: 'derivation', is: [...DENSE, 'total'] },
  }),
  fanOut: int({
    label: 'Fan-out',
    symbol: 'n_out',
    help: 'Units that each input feeds.',
    ...{ min: 2, max: 2048, default: 128 },
    when: WITH_FAN_OUT,
  }),
  kernel: int({ label: 'Kernel', symbol: 'K', min: 1, max: 7, default: 3, when: CONVOLUTION }),
  channels: int({
    label: 'Channels in and out',
    symbol: 'C',
    ...{ min: 1, max: 64, default: 16 },
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
  seed: parameters.seed(),
};

export type VarianceSettings = SettingsOf<typeof params>;
