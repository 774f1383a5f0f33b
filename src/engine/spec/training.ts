/**
 * What may be asked of the engine: the fields of a specification as they are given, many of them
 * optional. Plain data, so that it crosses a worker's boundary and a JSON file unchanged.
 */

/** Every activation function; what each one is stands in `theory/activations.ts`. */
export const activationNames = [
  'linear',
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'softplus',
] as const;

export type ActivationName = (typeof activationNames)[number];

/**
 * How one weight matrix [fanOut, fanIn] is drawn. `gain` multiplies the standard deviation
 * (default 1, except `heNormal`/`heUniform`, whose √2 is built in).
 */
export type InitializerSpec =
  | { kind: 'zeros' }
  | { kind: 'constant'; value: number }
  | { kind: 'normal'; std: number }
  | { kind: 'uniform'; limit: number }
  | { kind: 'leCunNormal' | 'leCunUniform'; gain?: number }
  | { kind: 'glorotNormal' | 'glorotUniform'; gain?: number }
  | { kind: 'heNormal' | 'heUniform'; gain?: number }
  | { kind: 'orthogonal' | 'identity'; gain?: number }
  | { kind: 'lsuv' };

/** A multilayer perceptron: `depth` hidden layers of `width` units, then a linear output layer. */
export interface MlpSpec {
  kind: 'mlp';
  depth: number;
  width: number;
  activation: ActivationName;
  initializer: InitializerSpec;
  /** How the first hidden layer is drawn; default as the others, `initializer`. */
  firstInitializer?: InitializerSpec;
  /**
   * Initial hidden biases; default 0. A number is every bias, `std` draws them from N(0, std²), and
   * `recentred` sets each from the second layer on to −½ΣW of its unit, which centres the
   * pre-activations of sigmoid units.
   */
  bias?: number | { std: number } | 'recentred';
  /** How the output layer is drawn; default `leCunNormal` (std 1/√fanIn). */
  outputInitializer?: InitializerSpec;
  /**
   * Normalize each hidden pre-activation over the batch (no bias then); default false. `epsilon`
   * (default 1e-5) is added to the variance, `momentum` (default 0.1) is the weight of the newest
   * batch in the running statistics.
   */
  batchNorm?: boolean | { epsilon?: number; momentum?: number };
  /**
   * Normalize each hidden pre-activation over the units of its own row (Ba et al. 2016), with a scale and a
   * shift of each unit in place of the bias; default false. `epsilon` (default 1e-5) is added to the
   * variance. A network has at most one norm.
   */
  layerNorm?: boolean | { epsilon?: number };
  /** The same without the mean: divide by the root of the row's mean square (Zhang & Sennrich 2019). */
  rmsNorm?: boolean | { epsilon?: number };
  /**
   * Multiply and shift each pre-activation by numbers drawn anew in every training step, after the norm where
   * there is one (Santurkar et al. 2018, appendix A); default false. Each unit draws a scale σ from U(1, `scale`)
   * (default 1.25) and a shift μ from U(±`shift`) (default 0.5), and each of its rows one from N(σ,
   * `scaleSpread`²) and one from U(μ ± `shiftSpread`) (default 0.1 each). In use nothing is drawn: the scale is
   * its mean, the shift 0.
   */
  preActivationNoise?:
    boolean | { shift?: number; scale?: number; shiftSpread?: number; scaleSpread?: number };
  /** How blocks are joined; default `none`. */
  residual?: 'none' | 'single' | 'postActivation' | 'preActivation';
  /** Factor on each residual branch; default 1. */
  branchScale?: number;
  /**
   * How the last map of each residual branch is drawn; default as the others, `initializer`. With
   * `zeros` every block of two layers starts as the identity (Goyal et al. 2017, section 5.1).
   */
  branchInitializer?: InitializerSpec;
}

/** A recurrent network of one cell, read out at the last or at every time step. */
export interface RecurrentSpec {
  kind: 'recurrent';
  cell: 'rnn' | 'lstm' | 'gruResetBefore' | 'gruResetAfter';
  hiddenSize: number;
  /** Vanilla RNN only; default tanh. */
  activation?: ActivationName;
  initializer: InitializerSpec;
  recurrentInitializer: InitializerSpec;
  readout: 'last' | 'every';
  /**
   * Truncated backpropagation: no gradient passes from one piece of so many time steps to the one before,
   * counted from the end; default none, the gradient of the whole sequence.
   */
  truncation?: number;
  /** How the output layer is drawn; default `leCunNormal` (std 1/√fanIn). */
  outputInitializer?: InitializerSpec;
  /** Initial biases of the output layer, b_y; default 0. */
  readoutBias?: number;
  /** Initial biases of the plain RNN, b; default 0. */
  bias?: number;
  /** Initial biases of the LSTM's gates, b_f, b_i and b_o; default 0. */
  forgetBias?: number;
  inputBias?: number;
  outputBias?: number;
  /** Initial biases of the GRU's gates, b_z and b_r; default 0. */
  updateBias?: number;
  resetBias?: number;
  /** Initial biases of the candidate: b_g of the LSTM, b_n of the GRU; default 0. */
  candidateBias?: number;
  /** Initial biases b_hn, which the GRU with reset after adds to the candidate's recurrent part. */
  recurrentCandidateBias?: number;
}

/** Time steps of the one-unit recurrent network. */
export const oneUnitTimeSteps = 50;

/**
 * The one-unit recurrent network of Pascanu et al. 2013 (eq. 8): x_t = wσ(x_{t−1}) + b for 50 time
 * steps, read out as σ(x_50). Its two parameters start where the specification says, or spread around
 * it: each start of the task draws its own from U(weight ± weightSpread) and U(bias ± biasSpread).
 */
export interface OneUnitSpec {
  kind: 'oneUnit';
  weight: number;
  bias: number;
  /** Default 0. */
  weightSpread?: number;
  /** Default 0. */
  biasSpread?: number;
}

export type NetworkSpec = MlpSpec | RecurrentSpec | OneUnitSpec;

export type TaskSpec =
  | { kind: 'digits' }
  | { kind: 'twoSpirals'; noise?: number }
  | { kind: 'linearRegression' }
  | { kind: 'recall'; length: number }
  | { kind: 'adding'; length: number }
  | { kind: 'delayedDigits'; delay: number; order?: 'row' | 'pixel' }
  /** So many descents at once (default 1), each from a start of its own; their errors are summed. */
  | { kind: 'cliff'; starts?: number };

export type OptimizerSpec =
  | { kind: 'sgd'; learningRate: number }
  | { kind: 'momentum' | 'nesterov'; learningRate: number; momentum?: number }
  | { kind: 'rmsprop'; learningRate: number; decay?: number; epsilon?: number }
  | {
      kind: 'adam' | 'adamw';
      learningRate: number;
      beta1?: number;
      beta2?: number;
      epsilon?: number;
      weightDecay?: number;
    };

/**
 * How the learning rate changes over a run: a factor on the optimizer's `learningRate` for each update. The
 * warm-up comes first, and the decay begins where it ends; each may stand alone.
 */
export interface ScheduleSpec {
  /** The rate rises in a straight line over so many updates; the last of them is the first at the full rate. */
  warmUp?: number;
  decay?: DecaySpec;
}

export type DecaySpec =
  /**
   * Half a period of a cosine (Loshchilov & Hutter 2017, eq. 5) over so many `steps`, default what is left of
   * the run, down to the share `to` of the rate (default 0), at which it stays.
   */
  | { kind: 'cosine'; steps?: number; to?: number }
  /** Times `factor` (default 0.1) after every so many updates. */
  | { kind: 'step'; every: number; factor?: number };

export type ClipSpec =
  | { kind: 'globalNorm'; maxNorm: number; epsilon?: number }
  | { kind: 'value'; maxValue: number }
  | { kind: 'perTensorNorm'; maxNorm: number; epsilon?: number };

/**
 * λ₁Σ|w| + λ₂/2·Σw², added to the loss, and decoupled decay (Loshchilov & Hutter 2019), which is no part of
 * the loss: w ← (1 − ηλ)w before the update, whatever the optimizer and the clipping make of the gradient.
 */
export interface PenaltySpec {
  l1?: number;
  l2?: number;
  /** λ of decoupled decay. */
  weightDecay?: number;
  /** Names of the tensors that are penalized or decay; default every weight matrix. */
  tensors?: string[];
}

export type LossName = 'softmaxCrossEntropy' | 'meanSquaredError';

/**
 * What is minimized, a mean over the rows of the batch (and the time steps that are read out). The
 * squared errors of a row's outputs are averaged, or summed where `reduction` is `sum`.
 */
export type LossSpec =
  | LossName
  | { kind: 'softmaxCrossEntropy' }
  | { kind: 'meanSquaredError'; reduction?: 'mean' | 'sum' };

/** One training run, fully determined by its fields: the same specification is the same run. */
export interface TrainingSpec {
  network: NetworkSpec;
  task: TaskSpec;
  /** Default: `softmaxCrossEntropy` where the task has classes, else `meanSquaredError`. */
  loss?: LossSpec;
  optimizer: OptimizerSpec;
  /** Default: the learning rate stays as it is. */
  schedule?: ScheduleSpec;
  clip?: ClipSpec;
  penalty?: PenaltySpec;
  batchSize: number;
  /** Updates until the run ends by itself. */
  steps: number;
  seed: number;
  /**
   * Rows of the held-out part that the statistics of examples look at, counted from 0; default the first one. Of a
   * task that draws every batch anew they are of the sequences that it is judged on. Training never sees them.
   */
  examples?: number[];
}
