/** What a run tells of itself, frame by frame. */

/** Where a run first left the finite numbers. */
export interface NonFinite {
  /** The step whose computation produced it (0 is the first batch, before any update). */
  step: number;
  phase: 'forward' | 'loss' | 'gradient' | 'update';
  /** z3, gradient of W1, W1.secondMoment, runningVariance2 … */
  tensor: string;
  /**
   * 1 is the first layer with weights; in recurrent networks 1 and 2 for cell and output weights; null where
   * the tensor belongs to none.
   */
  layer: number | null;
  /** Of a state of a recurrent network, or of the gradient there: the time step within the sequence, from 1. */
  timeStep?: number;
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
    /**
     * The accuracies of a network with batch norm as in training: each batch normalized by its own statistics,
     * in batches of the run's size and an order that the seed draws, at most 100 of them, the last of them full.
     * Where the statistic `ownAccuracy` was asked for.
     */
    ownTrainAccuracy?: number;
    ownTestAccuracy?: number;
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

/**
 * How fast a session's frames come: at most `steps` updates and about `milliseconds` of work each. With
 * `frames` above 1 (the default), one message carries up to so many frames, within the milliseconds
 * together; the iterator still yields them one by one.
 */
export interface Pace {
  steps: number;
  milliseconds: number;
  frames?: number;
}
