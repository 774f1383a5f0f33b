/** The one table from which every layer of the diagram is made. */

export type BlockKind = 'single' | 'basic' | 'bottleneck';

/** Stages 1 to 5 of a network; each ends on half the side of the one before it. */
export interface StageRow {
  /** Blocks, or single convolutions. */
  blocks: number;
  /** Output channels of the 3 × 3 convolutions. */
  channels: number;
}

export interface NetworkRow {
  label: string;
  /** Layers with weights on the longest path: what its name counts. */
  depth: number;
  block: BlockKind;
  /** Whether blocks have a shortcut. */
  residual: boolean;
  /** `vgg`: biases, pooling behind each stage, three fully connected layers. `resnet`: batch norm, strides, one. */
  family: 'vgg' | 'resnet';
  /** VGG's five stages, or the four behind conv1. */
  stages: readonly StageRow[];
  /** Billions of multiply-adds at 224 × 224 as its paper, or that of the residual networks, prints them. */
  published: number;
}

/** Simonyan & Zisserman 2015, table 1, column E. */
const vggStages: StageRow[] = [
  { blocks: 2, channels: 64 },
  { blocks: 2, channels: 128 },
  { blocks: 4, channels: 256 },
  { blocks: 4, channels: 512 },
  { blocks: 4, channels: 512 },
];

/** He et al. 2016, table 1: so many blocks in conv2_x to conv5_x. */
const resnetStages = (...blocks: number[]): StageRow[] =>
  blocks.map((count, stage) => ({ blocks: count, channels: 64 * 2 ** stage }));

const resnet = (
  depth: number,
  block: 'basic' | 'bottleneck',
  blocks: [number, number, number, number],
  published: number,
): NetworkRow => ({
  label: `ResNet-${depth}`,
  ...{ depth, block, published, residual: true, family: 'resnet' },
  stages: resnetStages(...blocks),
});

export const networks = {
  vgg19: {
    ...{ label: 'VGG-19', depth: 19, block: 'single', residual: false, family: 'vgg' },
    stages: vggStages,
    published: 19.6,
  },
  plain34: {
    ...{ label: 'plain-34', depth: 34, block: 'basic', residual: false, family: 'resnet' },
    stages: resnetStages(3, 4, 6, 3),
    published: 3.6,
  },
  resnet18: resnet(18, 'basic', [2, 2, 2, 2], 1.8),
  resnet34: resnet(34, 'basic', [3, 4, 6, 3], 3.6),
  resnet50: resnet(50, 'bottleneck', [3, 4, 6, 3], 3.8),
  resnet101: resnet(101, 'bottleneck', [3, 4, 23, 3], 7.6),
  resnet152: resnet(152, 'bottleneck', [3, 8, 36, 3], 11.3),
} as const satisfies Record<string, NetworkRow>;

export type NetworkName = keyof typeof networks;

export const networkNames = Object.keys(networks) as NetworkName[];

/** A row of the table with the types of any. */
export const rowOf = (name: NetworkName): NetworkRow => networks[name];
