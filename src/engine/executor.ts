import type { ResolvedSpec } from './spec';
import type { StatisticKind, StatisticSlot, StepDefinition, TaskShape } from './step/step';
import type { Batch } from './tasks';

/** Values of all tensors of a network and its optimizer, in the step definition's order. */
export interface TensorValues {
  parameters: Float32Array[];
  state: Float32Array[];
}

/** What `read` returns of the steps since the last one. */
export interface StepReport {
  /** [steps × 3]: data loss, correct rows, penalty. */
  scalars: Float32Array;
  /** The flat statistics of the last step where it collected any, as laid out by `slots`. */
  statistics: Float32Array | null;
}

/**
 * Runs one lane's training step on one backend. Steps may be queued on the device; only `read`,
 * `values` and `infer` wait for it, and each throws `BackendError` where the device does not answer.
 */
export interface Executor {
  /** Layout of the statistics that `step` collects. */
  readonly slots: StatisticSlot[];
  load(values: TensorValues): void;
  /** Evaluates the batch and makes the update; `collect` asks for statistics in the next report. */
  step(batch: Batch, batchKey: string, hyper: number[], collect: boolean): void;
  read(): Promise<StepReport>;
  /** Keeps the present tensors; `rewind` returns to them. */
  mark(): void;
  rewind(): void;
  values(): Promise<TensorValues>;
  /** Outputs of the network in inference, [rows × outputSize]. */
  infer(x: Float32Array, rows: number): Promise<Float32Array>;
  dispose(): void;
}

/** Makes an executor for one lane. */
export type ExecutorFactory = (request: ExecutorRequest) => Promise<Executor>;

export interface ExecutorRequest {
  spec: ResolvedSpec;
  shape: TaskShape;
  definition: StepDefinition;
  /** What the collecting steps report. */
  collect: readonly StatisticKind[];
}
