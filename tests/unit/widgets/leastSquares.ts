/** The curvature of a least-squares loss, computed from the data: what the stored constants must equal. */

/** Inputs, row-major [examples, inputs], and targets [examples, outputs]; a bias is added to the inputs. */
export interface Regression {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  examples: number;
  inputs: number;
  outputs: number;
}

export interface Curvature {
  /** λ, the largest eigenvalue of the Hessian of the loss. */
  largestEigenvalue: number;
  /**
   * A: the share of the loss at W = 0 that lies along λ's eigenvector. After k steps of rate η it is
   * A (1 − ηλ)^2k, while every other direction contributes less.
   */
  amplitude: number;
}

/**
 * Curvature of the mean over all elements of (XW − Y)², W starting at 0 and the bias being one more
 * row of W. The Hessian is 2XᵀX/(examples · outputs), the same for every output; power iteration
 * runs until the eigenvalue is settled to 10 digits. With v its unit eigenvector and G the gradient
 * at W = 0, A = ‖vᵀG‖²/(2λ).
 */
export function curvature({ x, y, examples, inputs, outputs }: Regression): Curvature {
  const size = inputs + 1;
  const input = (row: number, i: number) => (i < inputs ? x[row * inputs + i]! : 1);
  const scale = 2 / (examples * outputs);
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size * outputs);
  for (let row = 0; row < examples; row++) {
    for (let i = 0; i < size; i++) {
      const left = scale * input(row, i);
      for (let j = 0; j < size; j++) hessian[i * size + j]! += left * input(row, j);
      for (let k = 0; k < outputs; k++) gradient[i * outputs + k]! -= left * y[row * outputs + k]!;
    }
  }
  const { value, vector } = largestEigenpair(hessian, size);
  let along = 0;
  for (let k = 0; k < outputs; k++) {
    let component = 0;
    for (let i = 0; i < size; i++) component += vector[i]! * gradient[i * outputs + k]!;
    along += component ** 2;
  }
  return { largestEigenvalue: value, amplitude: along / (2 * value) };
}

function largestEigenpair(matrix: Float64Array, size: number) {
  let vector = new Float64Array(size).fill(size ** -0.5);
  let value = 0;
  for (let step = 0; step < 10_000; step++) {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) next[i]! += matrix[i * size + j]! * vector[j]!;
    }
    const length = Math.hypot(...next);
    vector = next.map((element) => element / length);
    const settled = Math.abs(length - value) <= 1e-10 * length;
    value = length;
    if (settled) break;
  }
  return { value, vector };
}
