import type { ResolvedLoss } from '../spec/resolved';
import type { EvaluationPart } from '../tasks';

export interface Judgement {
  loss: number;
  /** Null for tasks without classes. */
  accuracy: number | null;
}

/**
 * Mean loss and accuracy of outputs [rows, outputSize] against the part's targets, in doubles.
 * The loss is −log softmax(o)[label], or the mean or the sum over a row of (o − y)². A largest output
 * that occurs twice counts as the first.
 */
export function judge(
  output: ArrayLike<number>,
  part: EvaluationPart,
  loss: ResolvedLoss,
  classes: boolean,
): Judgement {
  const { rows, y } = part;
  const size = y.length / rows;
  let total = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * size;
    let largest = 0;
    let label = 0;
    for (let k = 1; k < size; k++) {
      if (output[at + k]! > output[at + largest]!) largest = k;
      if (y[at + k]! > y[at + label]!) label = k;
    }
    if (largest === label) correct++;
    if (loss.kind === 'softmaxCrossEntropy') {
      const top = output[at + largest]!;
      let sum = 0;
      for (let k = 0; k < size; k++) sum += Math.exp(output[at + k]! - top);
      total += Math.log(sum) - (output[at + label]! - top);
    } else {
      const count = loss.reduction === 'sum' ? 1 : size;
      for (let k = 0; k < size; k++) total += (output[at + k]! - y[at + k]!) ** 2 / count;
    }
  }
  return { loss: total / rows, accuracy: classes ? correct / rows : null };
}
