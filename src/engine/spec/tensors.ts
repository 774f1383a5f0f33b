/** Which tensors a network has, by name and shape, known before any of them exists. */
import { gatesOf } from './cells';
import {
  normalizes,
  type ResolvedMlp,
  type ResolvedNetwork,
  type ResolvedRecurrent,
} from './resolved';
import type { TaskShape } from './tasks';
import type { InitializerSpec, OneUnitSpec } from './training';

/** One tensor of a network or an optimizer. */
export interface TensorInfo {
  /** W1, b1, gamma1, Wx, Wh … */
  name: string;
  shape: number[];
  /** 1 is the first layer with weights; null where the tensor belongs to none. */
  layer: number | null;
  /** `weight` is a matrix [fanOut, fanIn]; others are vectors. */
  role: 'weight' | 'bias' | 'scale' | 'shift' | 'slot' | 'running';
  /** How it starts. */
  initializer: InitializerSpec;
}

/** The tensors of a network. */
export interface NetworkTensors {
  parameters: TensorInfo[];
  /** Tensors that training changes without a gradient: batch norm's running statistics. */
  buffers: TensorInfo[];
}

/** The tensors of a network on a task of these sizes, in the order in which they are drawn. */
export function tensorsOf(
  network: ResolvedNetwork,
  { inputSize, outputSize }: Pick<TaskShape, 'inputSize' | 'outputSize'>,
): NetworkTensors {
  switch (network.kind) {
    case 'mlp':
      return mlpTensors(network, inputSize, outputSize);
    case 'recurrent':
      return recurrentTensors(network, inputSize, outputSize);
    case 'oneUnit':
      return oneUnitTensors(network, outputSize);
  }
}

/** W_l [width, fanIn] and b_l of each layer, or a norm's γ_l and β_l, of batch norm with its running statistics. */
export function mlpTensors(
  spec: ResolvedMlp,
  inputSize: number,
  outputSize: number,
): NetworkTensors {
  const { depth, width, batchNorm } = spec;
  const normalized = normalizes(spec);
  const parameters: TensorInfo[] = [];
  const buffers: TensorInfo[] = [];

  for (let l = 1; l <= depth; l++) {
    const fanIn = l === 1 ? inputSize : width;
    const vector = { shape: [width], layer: l };
    parameters.push({
      name: `W${l}`,
      shape: [width, fanIn],
      layer: l,
      role: 'weight',
      initializer: hiddenInitializer(spec, l),
    });
    if (normalized) {
      parameters.push(
        {
          ...vector,
          name: `gamma${l}`,
          role: 'scale',
          initializer: { kind: 'constant', value: 1 },
        },
        { ...vector, name: `beta${l}`, role: 'shift', initializer: { kind: 'zeros' } },
      );
    }
    if (batchNorm) {
      buffers.push(
        { ...vector, name: `runningMean${l}`, role: 'running', initializer: { kind: 'zeros' } },
        {
          ...vector,
          name: `runningVariance${l}`,
          role: 'running',
          initializer: { kind: 'constant', value: 1 },
        },
      );
    }
    // A bias in front of batch norm has the gradient 0, so there is none; before φ in the
    // pre-activation form the norm comes later, and the bias is absorbed by the next one. The other norms
    // are compared with it, and have as many parameters.
    if (!normalized) {
      parameters.push({
        ...vector,
        name: `b${l}`,
        role: 'bias',
        initializer: biasInitializer(spec.bias),
      });
    }
  }
  const output = depth + 1;
  parameters.push(
    {
      name: `W${output}`,
      shape: [outputSize, depth === 0 ? inputSize : width],
      layer: output,
      role: 'weight',
      initializer: spec.outputInitializer,
    },
    {
      name: `b${output}`,
      shape: [outputSize],
      layer: output,
      role: 'bias',
      initializer: { kind: 'zeros' },
    },
  );
  return { parameters, buffers };
}

function biasInitializer(bias: ResolvedMlp['bias']): InitializerSpec {
  if (bias === 'recentred') return { kind: 'zeros' };
  return typeof bias === 'number'
    ? { kind: 'constant', value: bias }
    : { kind: 'normal', std: bias.std };
}

/** How layer `l` is drawn: the first one and the last map of each residual branch have their own. */
function hiddenInitializer(spec: ResolvedMlp, l: number): InitializerSpec {
  if (l === 1) return spec.firstInitializer;
  const endsBranch = spec.residual === 'single' || (spec.residual !== 'none' && l % 2 === 1);
  return endsBranch ? spec.branchInitializer : spec.initializer;
}

/** Wx, Wh and b of each gate or candidate, then Wy and by of the readout. */
export function recurrentTensors(
  spec: ResolvedRecurrent,
  inputSize: number,
  outputSize: number,
): NetworkTensors {
  const { cell, hiddenSize } = spec;
  const parameters: TensorInfo[] = gatesOf[cell].flatMap(({ symbol, bias }): TensorInfo[] => [
    {
      name: `Wx${symbol}`,
      shape: [hiddenSize, inputSize],
      layer: 1,
      role: 'weight',
      initializer: spec.initializer,
    },
    {
      name: `Wh${symbol}`,
      shape: [hiddenSize, hiddenSize],
      layer: 1,
      role: 'weight',
      initializer: spec.recurrentInitializer,
    },
    {
      name: `b${symbol}`,
      shape: [hiddenSize],
      layer: 1,
      role: 'bias',
      initializer: { kind: 'constant', value: spec[bias] },
    },
    ...(cell === 'gruResetAfter' && symbol === 'n'
      ? [
          {
            name: 'bhn',
            shape: [hiddenSize],
            layer: 1,
            role: 'bias' as const,
            initializer: { kind: 'constant' as const, value: spec.recurrentCandidateBias },
          },
        ]
      : []),
  ]);
  parameters.push(
    {
      name: 'Wy',
      shape: [outputSize, hiddenSize],
      layer: 2,
      role: 'weight',
      initializer: spec.outputInitializer,
    },
    {
      name: 'by',
      shape: [outputSize],
      layer: 2,
      role: 'bias',
      initializer: { kind: 'constant', value: spec.readoutBias },
    },
  );
  return { parameters, buffers: [] };
}

/** The weight and the bias of the network of one unit, one of each for every start. */
export function oneUnitTensors(
  { weight, bias }: Pick<OneUnitSpec, 'weight' | 'bias'>,
  starts: number,
): NetworkTensors {
  const parameters: TensorInfo[] = [
    {
      name: 'W',
      shape: [1, starts],
      layer: 1,
      role: 'weight',
      initializer: { kind: 'constant', value: weight },
    },
    {
      name: 'b',
      shape: [starts],
      layer: 1,
      role: 'bias',
      initializer: { kind: 'constant', value: bias },
    },
  ];
  return { parameters, buffers: [] };
}
