import type { BackendName, LaneFrame, MlpSpec } from '../../engine/types';
import { changed, digits, residual, spectrumOf, startFor, type Spectrum } from '../../kit/training';
import type { MlpTrainingSpec } from '../../kit/training/specs';
import type { PathSettings } from './params';

export const STATISTICS = ['hiddenJacobianSingularValues', 'pathGradientNorm'];

/** A network, and the same with the sums. */
export type NetworkName = 'plain' | 'residual';

/** What was found in one network, after its last step. */
export interface Looked {
  /** Singular values of ∂h/∂h_1, one entry a block. */
  spectrum: Spectrum;
  /** Share of the gradient that paths of each length carry, from 0 branches on; none of a plain network. */
  share: number[];
  /** ‖·‖ of what each length contributes to ∂L/∂h_1. */
  norm: number[];
  /** The step at which it left the finite numbers; null where it did not. */
  broke: number | null;
}

/** What has been found; null of networks that are still to come. */
export interface PathResult {
  networks: Record<NetworkName, Looked | null>;
  /** Steps trained so far. */
  step: number;
  backend: BackendName | null;
}

export const nothing: PathResult = {
  networks: { plain: null, residual: null },
  step: 0,
  backend: null,
};

/** Blocks between h_1 and the last h, each a factor of the Jacobian. */
export const blocksOf = ({ form, blocks }: Pick<PathSettings, 'form' | 'blocks'>): number =>
  form === 'single' ? 2 * blocks : blocks;

/** The two networks, which differ in the sums alone. */
export function specsOf(settings: PathSettings): Record<NetworkName, MlpTrainingSpec> {
  const { blocks, form, activation, branchScale, learningRate, width } = settings;
  const depth = residual.depthOf(blocks);
  const network = { depth, width, activation, initializer: startFor(activation) };
  const plain = digits({ ...network, optimizer: { kind: 'momentum', learningRate } }, settings);
  const scale = residual.scaleOf(branchScale, depth);
  return { plain, residual: changed(plain, { residual: form, branchScale: scale }) };
}

/** What a frame of a network has found. */
export function lookedAt({ depth, residual: form }: MlpSpec, { extra }: LaneFrame): Looked {
  const paired = form === 'preActivation' || form === 'postActivation';
  return {
    spectrum: spectrumOf(extra!['hiddenJacobianSingularValues']!, (depth - 1) / (paired ? 2 : 1)),
    share: extra!['pathGradientShare'] ?? [],
    norm: extra!['pathGradientNorm'] ?? [],
    broke: null,
  };
}
