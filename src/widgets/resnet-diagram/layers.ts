import {
  convolutionMultiplyAdds,
  convolutionWeights,
  outputSize,
  type Windows,
} from '../../engine/closedForms';
import { rowOf, type BlockKind, type NetworkName, type NetworkRow } from './networks';

/**
 * Shortcuts of He et al. 2016 where a block changes the number of channels: A pads with zeros, B
 * projects by a 1 × 1 convolution; C projects in every block.
 */
export type Shortcut = 'A' | 'B' | 'C';

/** Where a bottleneck that halves the side has its stride: in the first 1 × 1, or in the 3 × 3. */
export type StridePlace = 'first' | 'middle';

export interface Variant {
  shortcut: Shortcut;
  stride: StridePlace;
}

export type LayerKind = 'convolution' | 'maxPool' | 'averagePool' | 'dense';

/** One layer of a network on an input of one size. Maps are square. */
export interface Layer extends Windows {
  kind: LayerKind;
  /** 1 to 5, and 6 for the classifier. */
  stage: number;
  /** Its block in the stage, counted from 1; 0 where it is in none. */
  block: number;
  /** Whether it is a projection on a shortcut, beside the path that depth counts. */
  onShortcut: boolean;
  inChannels: number;
  outChannels: number;
  /** Sides of the maps that it gets and gives. */
  inputSize: number;
  outputSize: number;
  /** What it has besides weights: two numbers a channel of batch norm, one a channel of bias. */
  extra: 'batchNorm' | 'bias' | 'none';
  parameters: number;
  multiplyAdds: number;
}

/** How a block's input reaches its sum. */
export type Connection = 'identity' | 'padded' | 'projection';

/** A block's shortcut: the layers of its path, by their index, from the first to the last. */
export interface ShortcutArc {
  from: number;
  to: number;
  connection: Connection;
  /** Index of the projection's own layer; null without one. */
  projection: number | null;
}

export interface Network {
  name: NetworkName;
  /** In the order of the forward pass; a projection stands behind its block. */
  layers: Layer[];
  shortcuts: ShortcutArc[];
}

/** The smallest side that can be halved five times. */
export const SMALLEST_INPUT = 32;

const POOL: Windows = { kernel: 2, stride: 2, padding: 0 };
const OVERLAPPING_POOL: Windows = { kernel: 3, stride: 2, padding: 1 };
const CLASSES = 1000;
const VGG_HIDDEN = 4096;

/** What a bottleneck's last 1 × 1 gives for each channel of its 3 × 3. */
const EXPANSION: Record<BlockKind, number> = { single: 1, basic: 1, bottleneck: 4 };

/** Lays out a network's layers one after another and keeps what flows between them. */
class Builder {
  readonly layers: Layer[] = [];
  stage = 1;
  block = 0;
  size: number;
  channels = 3;
  private readonly extra: 'batchNorm' | 'bias';

  constructor(inputSize: number, extra: 'batchNorm' | 'bias') {
    this.size = inputSize;
    this.extra = extra;
  }

  /** A convolution whose output is as large as its input divided by the stride; on the path, or beside it. */
  convolution(kernel: number, outChannels: number, stride = 1, beside?: { from: Layer }): void {
    const windows = { kernel, stride, padding: (kernel - 1) / 2 };
    const from = beside?.from;
    const inChannels = from?.inChannels ?? this.channels;
    const inputSize = from?.inputSize ?? this.size;
    const shape = { ...windows, inChannels, outChannels };
    this.add({
      ...shape,
      kind: 'convolution',
      onShortcut: from !== undefined,
      inputSize,
      outputSize: outputSize(inputSize, windows),
      extra: this.extra,
      parameters: convolutionWeights(shape) + outChannels * (this.extra === 'bias' ? 1 : 2),
      multiplyAdds: convolutionMultiplyAdds(shape, inputSize),
    });
  }

  pool(kind: 'maxPool' | 'averagePool', windows: Windows): void {
    this.add({
      ...windows,
      kind,
      onShortcut: false,
      inChannels: this.channels,
      outChannels: this.channels,
      inputSize: this.size,
      outputSize: outputSize(this.size, windows),
      extra: 'none',
      parameters: 0,
      multiplyAdds: 0,
    });
  }

  /** A fully connected layer on all that is left of the maps. */
  dense(outChannels: number): void {
    const weights = this.size ** 2 * this.channels * outChannels;
    this.add({
      ...{ kernel: this.size, stride: 1, padding: 0 },
      kind: 'dense',
      onShortcut: false,
      inChannels: this.channels,
      outChannels,
      inputSize: this.size,
      outputSize: 1,
      extra: 'bias',
      parameters: weights + outChannels,
      multiplyAdds: weights,
    });
  }

  private add(layer: Omit<Layer, 'stage' | 'block'>): void {
    this.layers.push({ ...layer, stage: this.stage, block: this.block });
    this.size = layer.outputSize;
    this.channels = layer.outChannels;
  }
}

/**
 * Every layer of a network on square images of side `inputSize`, a whole number. Throws where the side
 * cannot be halved five times.
 */
export function networkOf(name: NetworkName, inputSize: number, variant: Variant): Network {
  if (!(inputSize >= SMALLEST_INPUT))
    throw new RangeError(
      `An input of ${inputSize} × ${inputSize} pixels cannot be halved five times; ` +
        `the smallest that can is ${SMALLEST_INPUT} × ${SMALLEST_INPUT}.`,
    );
  const row = rowOf(name);
  return row.family === 'vgg' ? vgg(name, row, inputSize) : resnet(name, row, inputSize, variant);
}

function vgg(name: NetworkName, { stages }: NetworkRow, inputSize: number): Network {
  const build = new Builder(inputSize, 'bias');
  stages.forEach(({ blocks, channels }, index) => {
    build.stage = index + 1;
    for (let b = 0; b < blocks; b++) build.convolution(3, channels);
    build.pool('maxPool', POOL);
  });
  build.stage = 6;
  for (const outputs of [VGG_HIDDEN, VGG_HIDDEN, CLASSES]) build.dense(outputs);
  return { name, layers: build.layers, shortcuts: [] };
}

function resnet(name: NetworkName, row: NetworkRow, inputSize: number, variant: Variant): Network {
  const build = new Builder(inputSize, 'batchNorm');
  const shortcuts: ShortcutArc[] = [];
  build.convolution(7, 64, 2);
  build.stage = 2;
  build.pool('maxPool', OVERLAPPING_POOL);
  row.stages.forEach(({ blocks, channels }, index) => {
    build.stage = index + 2;
    const outChannels = channels * EXPANSION[row.block];
    for (let b = 1; b <= blocks; b++) {
      build.block = b;
      const stride = b === 1 && index > 0 ? 2 : 1;
      const changes = build.channels !== outChannels;
      const from = build.layers.length;
      addPath(build, row.block, channels, outChannels, stride, variant.stride);
      if (!row.residual) continue;
      const to = build.layers.length - 1;
      const connection = connectionOf(variant.shortcut, changes);
      if (connection === 'projection') {
        const first = build.layers[from]!;
        build.convolution(1, outChannels, stride, { from: first });
      }
      const projection = connection === 'projection' ? build.layers.length - 1 : null;
      shortcuts.push({ from, to, connection, projection });
    }
  });
  build.stage = 6;
  build.block = 0;
  build.pool('averagePool', { kernel: build.size, stride: build.size, padding: 0 });
  build.dense(CLASSES);
  return { name, layers: build.layers, shortcuts };
}

function addPath(
  build: Builder,
  block: BlockKind,
  channels: number,
  outChannels: number,
  stride: number,
  place: StridePlace,
): void {
  if (block === 'bottleneck') {
    build.convolution(1, channels, place === 'first' ? stride : 1);
    build.convolution(3, channels, place === 'first' ? 1 : stride);
    build.convolution(1, outChannels);
  } else {
    build.convolution(3, channels, stride);
    build.convolution(3, outChannels);
  }
}

const connectionOf = (shortcut: Shortcut, changes: boolean): Connection => {
  if (shortcut === 'C' || (shortcut === 'B' && changes)) return 'projection';
  return changes ? 'padded' : 'identity';
};

/** What some layers cost together. */
export interface Cost {
  parameters: number;
  multiplyAdds: number;
}

export const costOf = (layers: readonly Layer[]): Cost => ({
  parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
  multiplyAdds: layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
});

/** Whether depth counts the layer: it has weights and lies on the path. */
export const isCounted = ({ kind, onShortcut }: Layer): boolean =>
  (kind === 'convolution' || kind === 'dense') && !onShortcut;

/** The stages of a network in their order, each with its layers. */
export const stagesOf = ({ layers }: Network): { stage: number; layers: Layer[] }[] =>
  [1, 2, 3, 4, 5, 6].map((stage) => ({
    stage,
    layers: layers.filter((layer) => layer.stage === stage),
  }));
