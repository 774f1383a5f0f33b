import type { ResolvedSpec } from '../spec/resolved';
import type { SummaryRequest, TensorSummary } from '../statistics/summary';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import type { StepDefinition, StepValue } from '../step/step';
import type { TaskShape } from '../spec/tasks';
import type { Batch } from '../tasks';

/** Values of all tensors of a network and its optimizer, in the step definition's order. */
export interface TensorValues {
  parameters: Float32Array[];
  state: Float32Array[];
}

/** What `read` returns of the steps since the last one. */
export interface StepReport {
  /** [steps × 3]: data loss, correct rows, penalty. */
  scalars: Float32Array;
  /** The last step's scalars and tensors where it collected, as laid out by `slots`; else null. */
  statistics: Float32Array | null;
  /** One for each of `summarized`, of the last step where it collected; else null. */
  summaries: TensorSummary[] | null;
}

/**
 * Runs one lane's training step on one backend. Steps may be queued on the device; only `read`,
 * `values` and `infer` wait for it, and each throws `BackendError` where the device does not answer.
 */
export interface Executor {
  /** Layout of the statistics that `step` collects. */
  readonly slots: StatisticSlot[];
  /** The tensors of the summaries that `step` collects; their offsets mean nothing. */
  readonly summarized: StatisticSlot[];
  load(values: TensorValues): void;
  /** Evaluates the batch with the definition's `valuesAt` and makes the update; `collect` asks for statistics in the next report. */
  step(batch: Batch, batchKey: string, values: readonly StepValue[], collect: boolean): void;
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
  /** The specification's examples, for kinds of their own pass. */
  examples?: Batch;
  /** The tensors that collecting steps report whole. */
  collect: readonly StatisticKind[];
  /** The tensors of which they report summaries; by default none. */
  summarize?: readonly SummaryRequest[];
}
