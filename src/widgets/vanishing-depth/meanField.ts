const LIMIT = 8;
const INTERVALS = 400;

/** E[f(z)] for z ~ N(0, 1), by the trapezoid rule, exact to 1e-10 for the functions used here. */
function gaussianMean(f: (z: number) => number): number {
  const width = (2 * LIMIT) / INTERVALS;
  let sum = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const z = -LIMIT + i * width;
    sum += f(z) * Math.exp((-z * z) / 2) * width;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * The mean-field limit of a wide sigmoid network with weights of variance 1/fanIn and no biases:
 * `q`, the variance of a pre-activation far from the input, the fixed point of q = E[σ(√q z)²], and
 * `chi` = E[σ′(√q z)²], by which the squared norm of the signal gradient shrinks at each layer.
 * (Schoenholz et al. 2017, equations 3 and 7.)
 */
export function sigmoidMeanField(): { q: number; chi: number } {
  let q = 0.25;
  for (let i = 0; i < 60; i++) {
    const root = Math.sqrt(q);
    q = gaussianMean((z) => sigmoid(root * z) ** 2);
  }
  const root = Math.sqrt(q);
  const chi = gaussianMean((z) => {
    const s = sigmoid(root * z);
    return (s * (1 - s)) ** 2;
  });
  return { q, chi };
}
