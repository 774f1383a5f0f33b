import type { Say } from '../../kit/say';
import type { Layer } from './layers';

/** A stage of any of the networks. */
export const stageName = (stage: number): string => (stage === 6 ? 'Classifier' : `Stage ${stage}`);

const square = (side: number, say: Say): string => `${say.count(side)} × ${say.count(side)}`;

/** A map's shape: side × side × channels. */
export const shape = (side: number, channels: number, say: Say): string =>
  `${square(side, say)} × ${say.count(channels)}`;

/** What a layer does, in words. */
export function operation({ kind, kernel, stride, onShortcut }: Layer, say: Say): string {
  const strides = stride > 1 ? ` with stride ${say.count(stride)}` : '';
  switch (kind) {
    case 'convolution':
      return `${square(kernel, say)} convolution${strides}${onShortcut ? ', on the shortcut' : ''}`;
    case 'maxPool':
      return `${square(kernel, say)} max pooling${strides}`;
    case 'averagePool':
      return `mean over ${square(kernel, say)} places`;
    case 'dense':
      return 'fully connected layer';
  }
}

/** Where a layer stands. */
export const place = ({ stage, block }: Layer): string =>
  block > 0 ? `${stageName(stage)}, block ${block}` : stageName(stage);

/** A layer's kernel in as few letters as a bar has room for. */
export const shortName = ({ kind, kernel, outChannels }: Layer, say: Say): string => {
  if (kind === 'dense') return `full, ${say.count(outChannels)}`;
  if (kind === 'convolution') return `${square(kernel, say)}, ${outChannels}`;
  return '';
};

const product = (factors: readonly number[], say: Say): string =>
  factors.map((factor) => say.count(factor)).join(' · ');

const weightFactors = ({ kind, kernel, inChannels, outChannels, inputSize }: Layer): number[] => {
  const window = kind === 'dense' ? inputSize : kernel;
  return window === 1 ? [inChannels, outChannels] : [window, window, inChannels, outChannels];
};

/** How a layer's parameters are counted. */
export function parametersWorkedOut(layer: Layer, say: Say): string {
  if (layer.parameters === 0) return 'none';
  const more =
    layer.extra === 'batchNorm'
      ? `2 · ${say.count(layer.outChannels)}`
      : say.count(layer.outChannels);
  return `${product(weightFactors(layer), say)} + ${more} = ${say.count(layer.parameters)}`;
}

/** How a layer's multiply-adds are counted. */
export function multiplyAddsWorkedOut(layer: Layer, say: Say): string {
  if (layer.multiplyAdds === 0) return 'none counted';
  const factors = weightFactors(layer);
  const places = layer.outputSize > 1 ? [layer.outputSize, layer.outputSize] : [];
  return `${product([...factors, ...places], say)} = ${say.count(layer.multiplyAdds)}`;
}

/** A share of what a network costs; one that rounding would make nothing is said to be small. */
export const percentOf = (share: number, say: Say): string =>
  share < 0.0005 ? `less than ${say.percent(0.001)}` : say.percent(share);

/** Millions, or billions, with three digits. */
export function large(value: number, say: Say): string {
  if (value >= 1e9) return `${say.fixed(value / 1e9, 2)} billion`;
  if (value >= 1e6) return `${say.fixed(value / 1e6, 1)} million`;
  return say.count(value);
}

/** All of a layer in one sentence, for those who hear it. */
export function told(layer: Layer, say: Say): string {
  const costs =
    layer.parameters === 0
      ? 'no parameters'
      : `${large(layer.parameters, say)} parameters, ${large(layer.multiplyAdds, say)} multiply-adds`;
  return (
    `${place(layer)}: ${operation(layer, say)}, ${shape(layer.inputSize, layer.inChannels, say)} to ` +
    `${shape(layer.outputSize, layer.outChannels, say)}; ${costs}.`
  );
}
