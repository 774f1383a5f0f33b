import type { PreActivationNoise, ResolvedMlp } from '../spec/resolved';
import { stream, type Rng } from '../start/rng';
import type { NoiseTensor } from './network';
import { add, mul, scalar } from './tf';
import type { Tensor } from './tf';

/** Scale and shift of each hidden layer, [batch, width] each; none of a network without noise. */
export function noiseTensors(
  { depth, width, preActivationNoise }: ResolvedMlp,
  batchSize: number,
): NoiseTensor[] {
  if (preActivationNoise === null) return [];
  return Array.from({ length: depth }, (_, i) => i + 1).flatMap((layer) =>
    ['noiseScale', 'noiseShift'].map((name) => ({
      name: `${name}${layer}`,
      shape: [batchSize, width],
    })),
  );
}

/**
 * The noise of one step, in the order of `noiseTensors`, by algorithm 1 of Santurkar et al. 2018 (appendix A).
 * Each step has a stream of its own, so that it can be drawn without those before it; the same seed and
 * step are the same numbers on every backend.
 */
export function drawNoise(
  { depth, width, preActivationNoise }: ResolvedMlp,
  batchSize: number,
  seed: number,
  step: number,
): Float32Array[] {
  if (preActivationNoise === null) return [];
  const rng = stream(seed, 'preActivationNoise', step);
  return Array.from({ length: depth }, () =>
    drawLayer(preActivationNoise, batchSize, width, rng),
  ).flat();
}

function drawLayer(
  { shift, scale, shiftSpread, scaleSpread }: PreActivationNoise,
  rows: number,
  width: number,
  rng: Rng,
): [scales: Float32Array, shifts: Float32Array] {
  const around = (center: number, spread: number): number =>
    center + spread * (2 * rng.uniform() - 1);
  const units = Array.from({ length: width }, () => ({
    shift: around(0, shift),
    scale: 1 + (scale - 1) * rng.uniform(),
  }));
  const [scales, shifts] = [new Float32Array(rows * width), new Float32Array(rows * width)];
  for (let i = 0; i < scales.length; i++) {
    const unit = units[i % width]!;
    shifts[i] = around(unit.shift, shiftSpread);
    scales[i] = unit.scale + scaleSpread * rng.normal();
  }
  return [scales, shifts];
}

/** s∘z + m of a layer with what was drawn for it, or E[s]·z where nothing was. */
export function addNoise(
  z: Tensor,
  layer: number,
  noise: readonly Tensor[],
  { scale }: PreActivationNoise,
): Tensor {
  if (noise.length === 0) return mul(z, scalar((1 + scale) / 2));
  const [scales, shifts] = [noise[2 * layer - 2]!, noise[2 * layer - 1]!];
  return add(mul(z, scales), shifts);
}
