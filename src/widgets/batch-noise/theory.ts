/**
 * E‖g_B‖² of a batch of `size` examples that are drawn without replacement from `all`:
 * ‖g‖² + (tr Σ/B)·(N − B)/(N − 1), with the squared norm of the gradient of all, and the trace of the covariance
 * of the gradients of single examples (Cochran 1977, theorem 2.2, for the mean of a sample).
 */
export const meanSquare = (square: number, trace: number, size: number, all: number): number =>
  square + ((trace / size) * (all - size)) / (all - 1);
