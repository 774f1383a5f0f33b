import { resolveLoss } from '../spec/defaults';
import type {
  ResolvedClip,
  ResolvedMlp,
  ResolvedOptimizer,
  ResolvedSchedule,
  ResolvedSpec,
} from '../spec/resolved';
import type { TaskShape } from '../spec/tasks';
import { activationNames, type ActivationName, type RecurrentSpec } from '../spec/training';

/** A tensor of a reference file, row-major. */
export interface GoldenTensor {
  shape: number[];
  data: number[];
}

export interface GoldenMoments {
  mean: number;
  std: number;
  rms: number;
}

/** The updates that a reference case expects of one optimizer on the same full batch. */
export interface GoldenSteps {
  optimizer: Record<string, number | string>;
  schedule?: { warm_up?: number; decay?: NonNullable<ResolvedSchedule['decay']> };
  losses: number[];
  params_after_1: Record<string, GoldenTensor>;
  params_after_5: Record<string, GoldenTensor>;
  running_mean_after_5?: Record<string, GoldenTensor>;
  running_var_after_5?: Record<string, GoldenTensor>;
  eval_mode_output_after_5?: GoldenTensor;
}

/** One reference case; tests/golden/README.md describes the format. */
export interface GoldenCase {
  name: string;
  config: {
    arch: keyof typeof mlps | 'rnn';
    act?: string;
    depth?: number;
    width?: number;
    cell?: 'rnn' | 'lstm' | 'gru_reset_before' | 'gru_reset_after';
    hidden?: number;
    readout?: 'last' | 'every';
    loss: 'softmax_ce' | 'mse';
    bn_eps?: number;
    bn_momentum?: number;
    norm_eps?: number;
    /** Upper end of what a unit's scale is drawn from, which tells its mean; with `noise`. */
    noise_scale?: number;
    l1?: number;
    l2?: number;
    decoupled?: number;
    pen_params?: string[];
    clip?: { kind: string; max_norm?: number; value?: number; eps?: number };
  };
  seed: number;
  shapes: { I: number; O: number; B: number; T?: number };
  x: GoldenTensor;
  y: GoldenTensor;
  params: Record<string, GoldenTensor>;
  /** For each update the scale and the shift of each layer, first to last, where a network has noise. */
  noise?: GoldenTensor[][];
  expected: {
    loss: number;
    total_loss: number;
    output: GoldenTensor;
    activations: GoldenMoments[];
    preactivations: GoldenMoments[];
    grad_h_norm: number[];
    grad_z_norm: number[];
    grad_c_norm?: number[];
    cell_states?: GoldenMoments[];
    grad_norm: Record<string, number>;
    grad_global_norm: number;
    grad: Record<string, GoldenTensor>;
    clipped_grad?: Record<string, GoldenTensor>;
    clipped_norm?: Record<string, number>;
    clipped_global_norm?: number;
    cosine_raw_clipped?: number;
    steps: GoldenSteps[];
    Wh_spectral_radius?: number;
    Wh_spectral_norm?: number;
  };
}

export interface GoldenFile {
  format: string;
  cases?: GoldenCase[];
}

/** `gru_reset_before` → `gruResetBefore`: the format's names are the engine's in snake case. */
const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The engine's name of an activation function of the format. Throws where it has none. */
export function activationOf(name: string): ActivationName {
  const found = activationNames.find((one) => one === camelCase(name));
  if (!found)
    throw new Error(
      `"${name}" is no activation of the format; known: ${activationNames.join(', ')}.`,
    );
  return found;
}

interface Architecture {
  residual: ResolvedMlp['residual'];
  norm?: 'batchNorm' | 'layerNorm' | 'rmsNorm';
}

/** How the format's perceptrons are joined and normalized. */
const mlps = {
  mlp: { residual: 'none' },
  mlp_bn: { residual: 'none', norm: 'batchNorm' },
  mlp_ln: { residual: 'none', norm: 'layerNorm' },
  mlp_rms: { residual: 'none', norm: 'rmsNorm' },
  res1: { residual: 'single' },
  res_v1: { residual: 'postActivation' },
  res_preact: { residual: 'preActivation' },
  res_preact_bn: { residual: 'preActivation', norm: 'batchNorm' },
  res_preact_ln: { residual: 'preActivation', norm: 'layerNorm' },
  res_preact_rms: { residual: 'preActivation', norm: 'rmsNorm' },
} as const satisfies Record<string, Architecture>;

/** A case as a specification; its task is a placeholder, since the case brings its own data. */
export function specOf(
  { config, seed, shapes }: GoldenCase,
  optimizer: ResolvedOptimizer,
  schedule: GoldenSteps['schedule'] = undefined,
): ResolvedSpec {
  const zeros = { kind: 'zeros' } as const;
  const network: ResolvedSpec['network'] =
    config.arch === 'rnn'
      ? {
          kind: 'recurrent',
          cell: camelCase(config.cell!) as RecurrentSpec['cell'],
          hiddenSize: config.hidden!,
          activation: activationOf(config.act ?? 'tanh'),
          initializer: zeros,
          recurrentInitializer: zeros,
          readout: config.readout ?? 'last',
          outputInitializer: zeros,
          readoutBias: 0,
          truncation: null,
          bias: 0,
          forgetBias: 0,
          inputBias: 0,
          outputBias: 0,
          updateBias: 0,
          resetBias: 0,
          candidateBias: 0,
          recurrentCandidateBias: 0,
        }
      : {
          kind: 'mlp',
          depth: config.depth!,
          width: config.width!,
          activation: activationOf(config.act!),
          initializer: zeros,
          firstInitializer: zeros,
          branchInitializer: zeros,
          outputInitializer: zeros,
          bias: 0,
          batchNorm: null,
          layerNorm: null,
          rmsNorm: null,
          ...normOf(config),
          preActivationNoise:
            config.noise_scale === undefined
              ? null
              : { shift: 0, scale: config.noise_scale, shiftSpread: 0, scaleSpread: 0 },
          residual: mlps[config.arch].residual,
          branchScale: 1,
        };
  return {
    network,
    task: { kind: 'digits' },
    loss: resolveLoss(config.loss === 'mse' ? 'meanSquaredError' : 'softmaxCrossEntropy'),
    optimizer,
    schedule: schedule ? { warmUp: schedule.warm_up ?? null, decay: schedule.decay ?? null } : null,
    clip: config.clip ? clipOf(config.clip) : null,
    penalty:
      config.l1 || config.l2 || config.decoupled
        ? {
            l1: config.l1 ?? 0,
            l2: config.l2 ?? 0,
            weightDecay: config.decoupled ?? 0,
            tensors: config.pen_params ?? null,
          }
        : null,
    batchSize: shapes.B,
    steps: 5,
    seed,
    examples: [0],
  };
}

function normOf(
  config: GoldenCase['config'],
): Partial<Pick<ResolvedMlp, 'batchNorm' | 'layerNorm' | 'rmsNorm'>> {
  const architecture: Architecture | null = config.arch === 'rnn' ? null : mlps[config.arch];
  switch (architecture?.norm) {
    case 'batchNorm':
      return {
        batchNorm: { epsilon: config.bn_eps ?? 1e-5, momentum: config.bn_momentum ?? 0.1 },
      };
    case 'layerNorm':
      return { layerNorm: { epsilon: config.norm_eps ?? 1e-5 } };
    case 'rmsNorm':
      return { rmsNorm: { epsilon: config.norm_eps ?? 1e-5 } };
    default:
      return {};
  }
}

/** The sizes of a case's data. */
export function shapeOf({ config, shapes }: GoldenCase): TaskShape {
  return {
    inputSize: shapes.I,
    outputSize: shapes.O,
    length: shapes.T ?? null,
    classes: config.loss === 'softmax_ce',
  };
}

function clipOf(clip: NonNullable<GoldenCase['config']['clip']>): ResolvedClip {
  if (clip.kind === 'value') return { kind: 'value', maxValue: clip.value! };
  return {
    kind: clip.kind === 'per_tensor_norm' ? 'perTensorNorm' : 'globalNorm',
    maxNorm: clip.max_norm!,
    epsilon: clip.eps ?? 0,
  };
}

/** An optimizer of the format. */
export function optimizerOf(given: Record<string, number | string>): ResolvedOptimizer {
  const value = (name: string, otherwise: number): number => Number(given[name] ?? otherwise);
  const learningRate = value('lr', 0.1);
  switch (given['kind']) {
    case 'sgd':
      return { kind: 'sgd', learningRate };
    case 'momentum':
    case 'nesterov':
      return { kind: given['kind'], learningRate, momentum: value('momentum', 0.9) };
    case 'rmsprop':
      return {
        kind: 'rmsprop',
        learningRate,
        decay: value('alpha', 0.99),
        epsilon: value('eps', 1e-8),
      };
    case 'adam':
    case 'adamw':
      return {
        kind: given['kind'],
        learningRate,
        beta1: value('beta1', 0.9),
        beta2: value('beta2', 0.999),
        epsilon: value('eps', 1e-8),
        weightDecay: value('weight_decay', 0),
      };
    default:
      throw new Error(`"${String(given['kind'])}" is no optimizer of the format.`);
  }
}

/** Inputs and targets of a case; labels become one-hot rows. */
export function batchOf({ x, y, shapes, config }: GoldenCase): {
  x: Float32Array;
  y: Float32Array;
} {
  const inputs = Float32Array.from(x.data);
  if (config.loss === 'mse') return { x: inputs, y: Float32Array.from(y.data) };
  const targets = new Float32Array(y.data.length * shapes.O);
  y.data.forEach((label, i) => (targets[i * shapes.O + label] = 1));
  return { x: inputs, y: targets };
}
