import type { Optimizer, Racer, Weights } from './specs';

/** Depths at which the learning rates were chosen. */
const DEPTHS = [5, 10, 20] as const;

/**
 * The best learning rate of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3 (momentum) or 0.0003, 0.001, 0.003,
 * 0.01, 0.03 (Adam) for each function, at the depths above: that with the smallest median training
 * loss after 400 steps over the seeds 101 to 105, width 32, batches of 32. The recordings use other
 * seeds, so nobody's luck is counted twice.
 */
const RATES: Record<
  Optimizer,
  Record<Weights, Record<Racer, readonly [number, number, number]>>
> = {
  momentum: {
    normal: {
      sigmoid: [0.001, 0.001, 0.001],
      softplus: [0.03, 0.001, 0.001],
      relu: [0.03, 0.01, 0.003],
      leakyRelu: [0.01, 0.01, 0.003],
      gelu: [0.01, 0.01, 0.01],
      silu: [0.01, 0.03, 0.01],
      tanh: [0.03, 0.01, 0.01],
      elu: [0.01, 0.003, 0.003],
      selu: [0.01, 0.003, 0.003],
      sigmoidRecentred: [0.3, 0.1, 0.03],
      linear: [0.01, 0.003, 0.003],
      geluTanh: [0.01, 0.01, 0.01],
    },
    orthogonal: {
      sigmoid: [0.001, 0.001, 0.001],
      softplus: [0.03, 0.001, 0.001],
      relu: [0.01, 0.01, 0.003],
      leakyRelu: [0.01, 0.01, 0.003],
      gelu: [0.01, 0.01, 0.003],
      silu: [0.01, 0.003, 0.01],
      tanh: [0.03, 0.01, 0.01],
      elu: [0.03, 0.01, 0.003],
      selu: [0.01, 0.01, 0.003],
      sigmoidRecentred: [0.1, 0.1, 0.1],
      linear: [0.01, 0.003, 0.001],
      geluTanh: [0.01, 0.003, 0.003],
    },
  },
  adam: {
    normal: {
      sigmoid: [0.01, 0.003, 0.0003],
      softplus: [0.01, 0.003, 0.003],
      relu: [0.003, 0.001, 0.003],
      leakyRelu: [0.003, 0.003, 0.001],
      gelu: [0.003, 0.001, 0.001],
      silu: [0.003, 0.003, 0.003],
      tanh: [0.003, 0.001, 0.001],
      elu: [0.003, 0.001, 0.001],
      selu: [0.003, 0.001, 0.001],
      sigmoidRecentred: [0.01, 0.01, 0.001],
      linear: [0.003, 0.001, 0.001],
      geluTanh: [0.003, 0.003, 0.003],
    },
    orthogonal: {
      sigmoid: [0.01, 0.003, 0.0003],
      softplus: [0.003, 0.003, 0.01],
      relu: [0.003, 0.003, 0.001],
      leakyRelu: [0.003, 0.001, 0.001],
      gelu: [0.003, 0.001, 0.001],
      silu: [0.003, 0.001, 0.003],
      tanh: [0.003, 0.001, 0.001],
      elu: [0.003, 0.001, 0.001],
      selu: [0.003, 0.001, 0.0003],
      sigmoidRecentred: [0.01, 0.01, 0.003],
      linear: [0.003, 0.001, 0.0003],
      geluTanh: [0.003, 0.001, 0.003],
    },
  },
};

/** The learning rate of a function: that of the tuned depth nearest in ratio. */
export function rateOf(
  { depth, optimizer, weights }: { depth: number; optimizer: Optimizer; weights: Weights },
  racer: Racer,
): number {
  const away = DEPTHS.map((tuned) => Math.abs(Math.log(depth / tuned)));
  return RATES[optimizer][weights][racer][away.indexOf(Math.min(...away))]!;
}
