import { normalizes, type ResolvedMlp } from '../spec/resolved';
import { mlpTensors } from '../spec/tensors';
import { activationOp } from './activation';
import { byName } from './network';
import type { Network, Watch } from './network';
import { addNoise, noiseTensors } from './noise';
import { normalizeBatch, normalizeRows } from './norms';
import { add, matMul, mul, scalar } from './tf';
import type { Tensor } from './tf';

/**
 * A multilayer perceptron on rows [batch, inputSize]:
 * z_l = W_l h_{l−1} + b_l, h_l = φ(z_l) for l = 1 … depth, then a linear output layer. `residual`
 * joins the hidden layers after the first:
 *
 * - `single`: h_l = h_{l−1} + s·φ(W_l h_{l−1} + b_l)
 * - `postActivation` (He et al. 2016a): pairs; h ← φ(h + s·(W_{l+1} φ(W_l h + b_l) + b_{l+1}))
 * - `preActivation` (He et al. 2016b): pairs; h ← h + s·(W_{l+1} φ(W_l φ(h) + b_l) + b_{l+1}),
 *   the first layer linear, the output read from φ(h)
 *
 * with s = `branchScale`. A norm takes the place of each hidden bias; in `preActivation` it stands before
 * each φ instead, as in the paper. Noise stands after the norm, or where it would be.
 */
export function mlp(
  spec: ResolvedMlp,
  inputSize: number,
  outputSize: number,
  batchSize: number,
): Network {
  const { depth, width, batchNorm, layerNorm, rmsNorm, preActivationNoise, residual } = spec;
  const phi = activationOp(spec.activation);
  const { parameters, buffers } = mlpTensors(spec, inputSize, outputSize);
  const normalized = normalizes(spec);
  const atHead = residual === 'preActivation' && (normalized || preActivationNoise !== null);
  const output = depth + 1;
  const hiddenLayers = Array.from({ length: depth }, (_, i) => i + 1);

  return {
    parameters,
    buffers,
    noise: noiseTensors(spec, batchSize),
    layerWeights: Array.from({ length: output }, (_, i) => `W${i + 1}`),
    watched: {
      preActivations: [
        ...hiddenLayers.map((layer) => ({ name: `z${layer}`, layer, width })),
        { name: `z${output}`, layer: output, width: outputSize },
      ],
      gates: [],
      resets: [],
      activations: hiddenLayers.map((layer) => ({ name: `h${layer}`, layer, width })),
      cells: [],
      weights: [],
    },
    forward(tensors, running, x, training, watch, noise = []) {
      const get = byName([...parameters, ...buffers], [...tensors, ...running]);
      const updated: Tensor[] = [];
      const norm = (z: Tensor, l: number): Tensor => {
        const [gamma, beta] = [get(`gamma${l}`), get(`beta${l}`)];
        if (batchNorm === null)
          return normalizeRows(z, gamma, beta, (layerNorm ?? rmsNorm)!, layerNorm !== null);
        const { value, mean, variance } = normalizeBatch(
          z,
          gamma,
          beta,
          get(`runningMean${l}`),
          get(`runningVariance${l}`),
          batchNorm,
          training,
        );
        updated.push(mean, variance);
        return value;
      };
      const entering = (u: Tensor, l: number): Tensor => {
        const z = normalized ? norm(u, l) : u;
        return preActivationNoise === null ? z : addNoise(z, l, noise, preActivationNoise);
      };
      const product = (h: Tensor, l: number): Tensor => matMul(h, get(`W${l}`), false, true);
      const affine = (h: Tensor, l: number): Tensor => {
        const u = normalized ? product(h, l) : add(product(h, l), get(`b${l}`));
        return atHead ? u : entering(u, l);
      };
      const hidden = forwardHidden(spec, x, affine, atHead ? entering : null, phi, watch);
      const o = add(product(hidden, output), get(`b${output}`));
      return { output: watch.preActivation(o, `z${output}`, output), buffers: updated };
    },
  };
}

function forwardHidden(
  spec: ResolvedMlp,
  x: Tensor,
  affine: (h: Tensor, layer: number) => Tensor,
  head: ((stem: Tensor, layer: number) => Tensor) | null,
  phi: (z: Tensor) => Tensor,
  watch: Watch,
): Tensor {
  const { depth, residual, branchScale } = spec;
  const z = (tensor: Tensor, l: number): Tensor => watch.preActivation(tensor, `z${l}`, l);
  const h = (tensor: Tensor, l: number): Tensor => watch.activation(tensor, `h${l}`, l);
  const scaled = (branch: Tensor): Tensor =>
    branchScale === 1 ? branch : mul(branch, scalar(branchScale));
  if (depth === 0) return x;

  if (residual === 'preActivation') {
    const before = (tensor: Tensor, l: number): Tensor => phi(head ? head(tensor, l) : tensor);
    let stem = h(z(affine(x, 1), 1), 1);
    for (let l = 2; l <= depth; l += 2) {
      const inner = affine(before(stem, l - 1), l);
      const a = h(phi(z(head ? head(inner, l) : inner, l)), l);
      const branch = affine(a, l + 1);
      stem = h(z(add(stem, scaled(branch)), l + 1), l + 1);
    }
    return before(stem, depth);
  }

  let current = h(phi(z(affine(x, 1), 1)), 1);
  if (residual === 'postActivation') {
    for (let l = 2; l <= depth; l += 2) {
      const a = h(phi(z(affine(current, l), l)), l);
      const s = z(add(current, scaled(affine(a, l + 1))), l + 1);
      current = h(phi(s), l + 1);
    }
    return current;
  }
  for (let l = 2; l <= depth; l++) {
    const value = phi(z(affine(current, l), l));
    current = h(residual === 'single' ? add(current, scaled(value)) : value, l);
  }
  return current;
}
