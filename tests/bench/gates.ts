/** What stops the benchmark: measurements that do not measure what they say. */

/**
 * Where tensorflow/playground's nn.ts stands at J30: its speed as a part of that of `LayersModel.fit` on
 * cpu. The column of objects is the same algorithm written anew, and has to stand there, too.
 */
const PLAYGROUND = 0.6;
/** How far from there it may be, as a part of it. */
const TOLERANCE = 0.25;

/** Throws a sentence where a column's loss is not that of the captured step: it computes something else. */
export function checkLoss(
  where: { job: string; column: string; tolerance: number },
  loss: number,
  expected: number,
): void {
  if (Math.abs(loss - expected) <= where.tolerance * Math.abs(expected)) return;
  throw new Error(
    `${where.job}: ${where.column} has the loss ${loss} where captured has ${expected}; ` +
      `they may differ by ${where.tolerance} of it. Another loss is another computation, whose speed says nothing.`,
  );
}

/** The speed of the objects by that of `fit` on cpu, from the milliseconds of a step in each round. */
export function yardstick(objects: readonly number[], fitCpu: readonly number[]): number {
  const rounds = Math.min(objects.length, fitCpu.length);
  const ratios = Array.from({ length: rounds }, (_, i) => fitCpu[i]! / objects[i]!);
  return ratios.sort((a, b) => a - b)[rounds >> 1] ?? NaN;
}

/** Throws a sentence where the objects are not as fast as the program whose algorithm they have. */
export function checkYardstick(ratio: number): void {
  const [low, high] = [PLAYGROUND * (1 - TOLERANCE), PLAYGROUND * (1 + TOLERANCE)];
  if (ratio >= low && ratio <= high) return;
  throw new Error(
    `At J30 the network of objects has ${ratio.toFixed(2)} of the speed of fit on cpu; allowed: ${low.toFixed(2)} to ` +
      `${high.toFixed(2)}, around the ${PLAYGROUND} of tensorflow/playground. Either it is not the same algorithm, ` +
      'or the machine has other work to do; then measure again when it is quiet.',
  );
}
