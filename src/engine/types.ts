/**
 * What the page may ask of the engine, and what it gets back: plain data only,
 * so that it crosses a worker's boundary and a JSON file unchanged. Beside it the defaults, which
 * make two specifications comparable.
 */

export { withDefaults } from './defaults';
export { classesOf } from './tasks/classes';
export type { ResolvedInitializer, ResolvedMlp, ResolvedRecurrent, ResolvedSpec } from './defaults';
export { biasFieldsOf } from './step/cells';

/** Where a step is computed. `captured` replays a recorded tfjs step in WebAssembly. */
export type BackendName = 'webgl' | 'captured' | 'wasm' | 'cpu';

export type ActivationName =
  | 'linear'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leakyRelu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'geluTanh'
  | 'silu'
  | 'softplus';

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

/**
 * The one-unit recurrent network of Pascanu et al. 2013 (eq. 8): x_t = wσ(x_{t−1}) + b for 50 time
 * steps, read out as σ(x_50). Its two parameters start where the specification says.
 */
export interface OneUnitSpec {
  kind: 'oneUnit';
  weight: number;
  bias: number;
}

export type NetworkSpec = MlpSpec | RecurrentSpec | OneUnitSpec;

export type TaskSpec =
  | { kind: 'digits' }
  | { kind: 'twoSpirals'; noise?: number }
  | { kind: 'linearRegression' }
  | { kind: 'recall'; length: number }
  | { kind: 'adding'; length: number }
  | { kind: 'delayedDigits'; delay: number; order?: 'row' | 'pixel' }
  | { kind: 'cliff' };

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

export type ClipSpec =
  | { kind: 'globalNorm'; maxNorm: number; epsilon?: number }
  | { kind: 'value'; maxValue: number }
  | { kind: 'perTensorNorm'; maxNorm: number; epsilon?: number };

export interface PenaltySpec {
  l1?: number;
  l2?: number;
  /** Names of the penalized tensors; default every weight matrix. */
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
  clip?: ClipSpec;
  penalty?: PenaltySpec;
  batchSize: number;
  /** Updates until the run ends by itself. */
  steps: number;
  seed: number;
}

/** Where a run first left the finite numbers. */
export interface NonFinite {
  /** The step whose computation produced it (0 is the first batch, before any update). */
  step: number;
  phase: 'forward' | 'loss' | 'gradient' | 'update';
  /** z3, gradient of W1, W1.secondMoment, runningVariance2 … */
  tensor: string;
  /**
   * 1 is the first layer with weights; in recurrent networks the time step of a state, 1 and 2 for
   * cell and output weights; null where the tensor belongs to none.
   */
  layer: number | null;
  value: 'NaN' | 'Infinity' | '-Infinity';
}

/**
 * One lane's state at one frame. Norms are accumulated in doubles, so they neither under- nor
 * overflow where a double does not. Per-layer arrays run from the first layer with weights to the
 * output layer.
 */
export interface LaneFrame {
  /** Updates made so far; the statistics belong to the batch that update `step + 1` will use. */
  step: number;
  /** Batch loss of every step since the previous frame, in order; the last belongs to `step`. */
  losses: number[];
  /** Batch accuracy of the same steps; empty for tasks without classes. */
  accuracies: number[];
  /**
   * ‖∂L/∂z_l‖ per layer, z the pre-activation; in recurrent networks ‖∂L/∂h_t‖ per time step.
   */
  signalGradientNorm: number[];
  /** ‖∂L/∂W_l‖ per layer. */
  weightGradientNorm: number[];
  /** Share of the entries of ∂L/∂W_l that are exactly zero, per layer. */
  weightGradientZeros: number[];
  /** ‖all gradients‖. */
  globalNorm: number;
  /** Further statistics by name (activationStd, saturation, updateRatio …), each per layer or scalar. */
  extra?: Record<string, number[]>;
  /** On the last frame of a lane: loss and accuracy over the whole training and test parts. */
  final?: {
    trainLoss: number;
    trainAccuracy: number | null;
    testAccuracy: number | null;
    /**
     * Share of the units of each hidden layer whose φ′ is 0 on every example of the training part;
     * where the statistic `deadUnits` was asked for, of a multilayer perceptron.
     */
    deadUnits?: number[];
  };
  firstNonFinite: NonFinite | null;
  /**
   * With the frame of `firstNonFinite`: the last finite steps before it, at most 16 and none before
   * the frame before; their losses are among this frame's.
   */
  lastFinite?: LaneFrame[];
  done: boolean;
}

/** What one message of the worker carries: every lane after the same number of steps. */
export interface TrainingFrame {
  /** Lanes in the order given; one that was done in an earlier frame is left out. */
  lanes: Record<string, LaneFrame>;
  /** Steps computed per second of worker time in this frame, over all lanes. */
  stepsPerSecond: number;
}

/** What the badge says of a backend. */
export interface BackendInfo {
  backend: BackendName;
  /** 'float32', or 'float16' where that is what the device has. */
  precision: 'float32' | 'float16';
  /** Renderer or processor feature, as the device names it; '' where unknown. */
  device: string;
  /** True where the smallest normal numbers' subnormals become 0. */
  flushesDenormals: boolean;
  /** Sentences for the reader about anything mended, missing or replaced. */
  notes: string[];
}

export interface TrainOptions {
  signal?: AbortSignal;
  /** Extra statistics wanted in each frame, by name; see src/engine/README.md. */
  statistics?: string[];
  /** Steps between frames; default lets the session's pace decide. */
  every?: number;
}

/**
 * What an experiment sees. Lanes advance in lockstep; the iterator is pulled by the page, so a
 * paused page stops the worker after at most one frame.
 */
export interface Engine {
  /** The backend in use; settled before the first frame is yielded. */
  info(): Promise<BackendInfo>;
  /**
   * Trains every lane until its `steps` or its first non-finite value. The first frame is step 0:
   * the network as drawn. Throws `SpecError` before anything is allocated where a field is wrong.
   */
  train(lanes: Record<string, TrainingSpec>, options?: TrainOptions): AsyncIterable<TrainingFrame>;
}

/** How fast a session's frames come: at most `steps` updates and about `milliseconds` of work each. */
export interface Pace {
  steps: number;
  milliseconds: number;
}

export interface SessionOptions {
  /** Forces a backend; otherwise the engine chooses. A run never switches by itself. */
  backend?: BackendName;
  /** Asked before each frame. */
  pace: () => Pace;
  signal?: AbortSignal;
  /** Sentences for the reader while it runs: a restarted worker, a replaced backend. */
  onNotice?: (sentence: string) => void;
}

export interface Session extends Engine {
  close(): void;
}

export interface BackendAvailability {
  backend: BackendName;
  available: boolean;
  /** Where it is not: what the device lacks. */
  reason?: string;
}

/** The sorts of quantities that reference cases state. */
export type ReferenceQuantity = 'loss' | 'output' | 'gradient' | 'norm' | 'parameter' | 'moment';

/** How one reference case came out on a backend. */
export interface ReferenceReport {
  name: string;
  deviations: {
    quantity: string;
    /** What of it is compared, which decides the tolerance. */
    kind: ReferenceQuantity;
    /** Relative, or absolute for means and standard deviations. */
    measured: number;
    tolerance: number;
  }[];
}

/** One instruction of a captured step. */
export interface ProgramInstruction {
  /** What computes it: 'matmul', 'map', 'reduce' … */
  kernel: string;
  /** What it does, and on which shapes. */
  text: string;
  /** The operations that are fused into it. */
  operations: string[];
  /** Floating-point operations; an elementary function counts as one. */
  flop: number;
  /** True where it runs only in a step that ends in a frame. */
  frameOnly: boolean;
}

/** A training step as the flat program that `captured` replays. */
export interface CapturedProgram {
  /** In order. */
  instructions: ProgramInstruction[];
  /** Kernel calls of tfjs that they replace. */
  kernelCalls: number;
  /** The arena that holds every tensor of the step; state and feeds are parts of it. */
  arenaBytes: number;
  /** Parameters, and the optimizer's state. */
  stateBytes: number;
  /** What is written before each step: the batch and the scalars. */
  feedBytes: number;
  /** The instructions themselves. */
  programBytes: number;
}

/** The shortest times over the rounds of a measurement. */
export interface ProgramProfile {
  /** One step without what only frames need. */
  stepMicroseconds: number;
  /** Each instruction, run alone and many times in a row. */
  instructionMicroseconds: number[];
}

export interface ProgramReport extends CapturedProgram {
  /** Where a measurement was asked for. */
  profile: ProgramProfile | null;
}

/**
 * One pass forward and backward through a wide network as drawn: `depth` layers h_l = φ(W_l h_{l−1})
 * of `width` units without biases, weights N(0, gain²/width), a batch of `inputs` inputs N(0, 1) of
 * `width` entries, and a gradient ∂L/∂h at the last layer of random direction, of norm 1 on average.
 */
export interface SignalPassSpec {
  activation: ActivationName;
  /** 1 … 100. */
  depth: number;
  /** 8 … 8192, a multiple of 8. */
  width: number;
  /** 1 … 256. */
  inputs: number;
  gain: number;
  seed: number;
}

/** What the forward pass finds in one layer, over all units and inputs. */
export interface SignalForward {
  phase: 'forward';
  layer: number;
  /** Mean and population standard deviation of the activations. */
  mean: number;
  std: number;
  /** Share of the activations that are exactly 0. */
  zeroShare: number;
  /** Share of the entries whose φ′(z) is below 9.75 % of its maximum (tanh: |h| > 0.95). */
  saturation: number;
  /**
   * How many of the width · inputs entries have a φ′(z) of exactly 0 as computed. With real weights
   * that is float32, where 1 − h² of tanh is 0 as soon as h rounds to ±1, at |z| of about 9. In law it
   * is a double, from a formula without cancellation, and 0 only beyond |z| = 372.
   */
  zeroSlopes: number;
  /** Of the activations that are not exactly 0. */
  histogram: { edges: number[]; counts: number[] };
}

/** What the backward pass finds in one layer. */
export interface SignalBackward {
  phase: 'backward';
  layer: number;
  /** ‖∂L/∂h_l‖, ‖∂L/∂z_l‖ and ‖∂L/∂W_l‖. */
  hiddenGradientNorm: number;
  signalGradientNorm: number;
  weightGradientNorm: number;
}

/** One layer of one direction, and where it was computed. */
export interface SignalFrame {
  report: SignalForward | SignalBackward;
  info: BackendInfo;
}

export interface SignalPassOptions {
  /** Default wasm: the weights are drawn on the processor. */
  backend?: BackendName | undefined;
  signal?: AbortSignal;
  /** Sentences for the reader while it runs. */
  onNotice?: (sentence: string) => void;
}

/** One a page (or one a process): owns the worker, the queue and at most one GL context. */
export interface EngineService {
  session(options: SessionOptions): Session;
  backends(): Promise<BackendAvailability[]>;
  /**
   * Runs reference cases (their JSON, in the format of tests/golden) on a backend and reports how far
   * each of their quantities is from the reference.
   */
  check(cases: readonly unknown[], backend: BackendName): Promise<ReferenceReport[]>;
  /**
   * The captured program of a specification's training step; with `rounds` (default 0, at most 100)
   * it is measured so many times. Rejects where the step cannot be captured or run here.
   */
  program(spec: TrainingSpec, options?: { rounds?: number }): Promise<ProgramReport>;
  /**
   * Layer by layer, forward 1 … depth and back. The weights are drawn as they are needed and never
   * held. Pulled by the page, as `Engine.train` is; throws `SpecError` where a field is wrong.
   */
  signalPass(spec: SignalPassSpec, options?: SignalPassOptions): AsyncIterable<SignalFrame>;
  /** How many runs make sense side by side (worker count). */
  readonly parallelism: number;
  close(): void;
}
