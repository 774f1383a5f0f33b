/** Inputs and targets, row-major: x [batch, inputSize] or [length, batch, inputSize]; y like the output. */
export interface Batch {
  x: Float32Array;
  y: Float32Array;
}

/** Rows on which a finished network is judged; for tasks without time, x [rows, inputSize]. */
export interface EvaluationPart extends Batch {
  rows: number;
}

/** A task with its data loaded. */
export interface LoadedTask {
  /**
   * The batch of update `step + 1`: a pure function of seed and step, so that a run can go on from
   * any step.
   */
  batch(seed: number, step: number, batchSize: number): Batch;
  /** Equal keys mean equal batches, so that a full batch is uploaded once. */
  batchKey(step: number, batchSize: number): string;
  /** Parts for the final loss and accuracy; `test` is null where the task has none. */
  evaluation(seed: number): { train: EvaluationPart; test: EvaluationPart | null };
}

/** Loads the data of one kind of task; what is known without them stands in `spec/tasks.ts`. */
export type Load<S> = (task: S) => Promise<LoadedTask>;
