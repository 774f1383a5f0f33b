import { judge } from './evaluation';
import type {
  Executor,
  ExecutorFactory,
  ExecutorRequest,
  StepReport,
  TensorValues,
} from '../backends/executor';
import { deadUnitsOf, extraStatistics, frameKinds } from '../statistics/collect';
import { signalGradient } from '../statistics/sources';
import { initialValues } from './initialValues';
import { locate } from './postMortem';
import type { ResolvedSpec } from '../spec/resolved';
import { isReadEveryTime } from '../spec/shapes';
import { shapeOf } from '../spec/tasks';
import { firstNonFinite } from '../statistics/reductions';
import { defineStep } from '../step/step';
import { isOfExample, scalarCount } from '../step/slots';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import { stream } from '../start/rng';
import { scheduleFactor } from '../theory/schedule';
import type { Batch, EvaluationPart, LoadedTask } from '../tasks';
import type { LaneFrame } from './frame';

/** Where a lane stands: the batch it evaluates next, and the values before it. */
export interface LaneSnapshot {
  nextStep: number;
  values: TensorValues;
}

/** Finite frames kept of the steps before a break, and steps at least from mark to mark. */
const mostKept = 16;

/** Batches of each part at most that are judged by their own statistics: small ones are many. */
const mostJudged = 100;

/** Where, among the summaries, those that every frame shows stand. */
interface Places {
  /** Of the signal gradient, layer by layer or time step by time step. */
  signals: number[];
  gradients: number[];
  /** Those of `gradients` that belong to the layers' weights. */
  weights: number[];
}

function placesOf(
  { spec, definition }: ExecutorRequest,
  summarized: readonly StatisticSlot[],
): Places {
  const of = (kind: StatisticKind): number[] =>
    summarized.flatMap((slot, i) => (slot.kind === kind ? [i] : []));
  const gradients = of('gradient');
  return {
    signals: of(signalGradient(spec.network)),
    gradients,
    weights: definition.network.layerWeights.map((name) =>
      gradients.find((place) => summarized[place]!.name === name)!,
    ),
  };
}

/** The rows that statistics of examples look at: of the held-out part, or of what the network is judged on. */
function examplesOf(task: LoadedTask, { examples, seed }: ResolvedSpec, length: number): Batch {
  const { train, test } = task.evaluation(seed);
  const { x, y, rows } = test ?? train;
  /** Rows of each of some pieces, one piece a time step. */
  const of = (values: Float32Array, pieces: number): Float32Array => {
    const size = values.length / rows / pieces;
    return Float32Array.from(
      Array.from({ length: pieces }, (_, piece) => piece * rows).flatMap((before) =>
        examples.flatMap((row) => [
          ...values.subarray((before + row) * size, (before + row + 1) * size),
        ]),
      ),
    );
  };
  return { x: of(x, length), y: of(y, 1) };
}

/**
 * One training run on one executor. Evaluating step k computes the statistics of the batch of
 * update k + 1 and makes that update, so a lane that reports step k holds the values of step k + 1.
 */
export class Lane {
  done = false;
  private readonly request: ExecutorRequest;
  private readonly executor: Executor;
  private readonly factory: ExecutorFactory;
  private readonly task: LoadedTask;
  private readonly statistics: readonly string[];
  private readonly places: Places;
  private nextStep: number;
  /** First step since the executor's mark. */
  private markedStep: number;
  /** Step of the last frame; all up to it is finite. */
  private frameStep: number;
  private losses: number[] = [];
  private correct: number[] = [];
  /** True once a loss or a penalty since the last frame is not finite. */
  private overflowed = false;

  private constructor(
    request: ExecutorRequest,
    executor: Executor,
    factory: ExecutorFactory,
    task: LoadedTask,
    statistics: readonly string[],
    nextStep: number,
  ) {
    this.request = request;
    this.executor = executor;
    this.factory = factory;
    this.task = task;
    this.statistics = statistics;
    this.places = placesOf(request, executor.summarized);
    this.nextStep = nextStep;
    this.markedStep = nextStep;
    this.frameStep = nextStep - 1;
  }

  /** Loads the task by `load`, draws the network (or takes a snapshot's values) and makes the executor. */
  static async create(
    spec: ResolvedSpec,
    factory: ExecutorFactory,
    statistics: readonly string[],
    snapshot: LaneSnapshot | null,
    load: (task: ResolvedSpec['task']) => Promise<LoadedTask>,
  ): Promise<Lane> {
    const shape = shapeOf(spec.task);
    const task = await load(spec.task);
    const definition = defineStep(spec, shape);
    const kinds = frameKinds(spec, statistics);
    const request: ExecutorRequest = { spec, shape, definition, ...kinds };
    if (kinds.collect.some(isOfExample))
      request.examples = examplesOf(task, spec, shape.length ?? 1);
    const executor = await factory(request);
    const lane = new Lane(request, executor, factory, task, statistics, snapshot?.nextStep ?? 0);
    executor.load(snapshot?.values ?? (await initialValues(spec, definition, lane.batch(0))));
    executor.mark();
    return lane;
  }

  get steps(): number {
    return this.request.spec.steps;
  }

  /** Queues the evaluation of the next step; `collect` asks for its statistics. */
  evaluate(collect: boolean): void {
    const step = this.nextStep++;
    const { definition } = this.request;
    const key = this.task.batchKey(step, this.request.spec.batchSize);
    this.executor.step(this.batch(step), key, definition.valuesAt(step), collect);
  }

  /** Waits for the queued steps and keeps their losses. */
  async flush(): Promise<StepReport> {
    const report = await this.executor.read();
    for (let i = 0; i < report.scalars.length; i += scalarCount) {
      this.losses.push(report.scalars[i]!);
      this.correct.push(report.scalars[i + 1]!);
    }
    if (firstNonFinite(report.scalars) !== null) this.overflowed = true;
    return report;
  }

  /** Prepares the last evaluation: its update is not part of the run and will be taken back. */
  async beforeLast(): Promise<void> {
    await this.flush();
    if (!this.overflowed) {
      this.executor.mark();
      this.markedStep = this.nextStep;
    }
  }

  /** The frame of the last evaluated step, which must have collected. */
  async frame(): Promise<LaneFrame> {
    const report = await this.flush();
    const { spec } = this.request;
    const step = this.nextStep - 1;
    if (this.overflowed || !this.isFinite(step, report)) {
      return this.diverged(step, report);
    }

    const done = step >= spec.steps;
    const frame = this.handOver(this.describe(step, report, done));
    if (done) {
      this.executor.rewind();
      frame.final = await this.final();
      this.done = true;
    } else {
      this.frameStep = step;
      if (this.nextStep - this.markedStep >= mostKept) {
        this.executor.mark();
        this.markedStep = this.nextStep;
      }
    }
    return frame;
  }

  async snapshot(): Promise<LaneSnapshot> {
    return { nextStep: this.nextStep, values: await this.executor.values() };
  }

  dispose(): void {
    this.executor.dispose();
  }

  private batch(step: number): { x: Float32Array; y: Float32Array } {
    const { spec, shape } = this.request;
    const batch = this.task.batch(spec.seed, step, spec.batchSize);
    if (!isReadEveryTime(spec.network)) return batch;
    const y = new Float32Array(batch.y.length * shape.length!);
    for (let t = 0; t < shape.length!; t++) y.set(batch.y, t * batch.y.length);
    return { x: batch.x, y };
  }

  /**
   * Whether a step's report is finite; the update after the last step is not part of the run. Only
   * frames tell of tensors, but none is missed between them: a parameter, a moment or a running
   * statistic that has left the finite numbers never returns to them, and takes the gradient along.
   */
  private isFinite(step: number, { scalars, statistics, summaries }: StepReport): boolean {
    if (firstNonFinite(scalars) !== null) return false;
    const last = step >= this.request.spec.steps;
    const { slots, summarized } = this.executor;
    const counts = ({ kind }: StatisticSlot): boolean =>
      !isOfExample(kind) && (!last || (kind !== 'updated' && kind !== 'state'));
    return (
      summarized.every((slot, i) => !counts(slot) || (summaries?.[i]!.isFinite ?? true)) &&
      slots.every(
        (slot) => !counts(slot) || !statistics || firstNonFinite(statistics, slot) === null,
      )
    );
  }

  /** Replays the steps since the mark one by one and finds the first non-finite tensor. */
  private async diverged(lastStep: number, lastReport: StepReport): Promise<LaneFrame> {
    const firstReplayed = this.markedStep;
    let report = lastReport;
    let step = firstReplayed;
    const lastFinite: LaneFrame[] = [];
    this.executor.rewind();
    this.nextStep = firstReplayed;
    for (; step <= lastStep; step++) {
      this.executor.mark();
      this.evaluate(step > this.frameStep);
      report = await this.executor.read();
      if (step <= this.frameStep) continue;
      if (!this.isFinite(step, report)) break;
      if (step < lastStep) lastFinite.push(this.describe(step, report, false));
      if (lastFinite.length > mostKept) lastFinite.shift();
    }
    step = Math.min(step, lastStep);
    this.executor.rewind();
    const found = await locate(
      { step, batch: this.batch(step), values: await this.executor.values() },
      this.request,
      this.factory,
    );
    const surplus = lastStep - step;
    if (surplus > 0) {
      this.losses.splice(-surplus);
      this.correct.splice(-surplus);
    }
    this.done = true;
    const frame = this.handOver(this.describe(step, report, true));
    return { ...frame, firstNonFinite: found, lastFinite };
  }

  /** The frame with the losses kept since the last one. */
  private handOver(frame: LaneFrame): LaneFrame {
    const { spec, shape } = this.request;
    const rows = spec.batchSize * (isReadEveryTime(spec.network) ? shape.length! : 1);
    frame.losses = this.losses;
    frame.accuracies = shape.classes ? this.correct.map((count) => count / rows) : [];
    this.losses = [];
    this.correct = [];
    return frame;
  }

  /** The statistics of one step as a frame without losses. */
  private describe(step: number, report: StepReport, done: boolean): LaneFrame {
    const { slots, summarized } = this.executor;
    const summaries = report.summaries!;
    const norm = (place: number): number => Math.sqrt(summaries[place]!.squares);
    const { signals, gradients, weights } = this.places;
    const frame: LaneFrame = {
      step,
      losses: [],
      accuracies: [],
      signalGradientNorm: signals.map(norm),
      weightGradientNorm: weights.map(norm),
      weightGradientZeros: weights.map(
        (place) => summaries[place]!.zeros / summarized[place]!.size,
      ),
      globalNorm: Math.sqrt(
        gradients.reduce((total, place) => total + summaries[place]!.squares, 0),
      ),
      firstNonFinite: null,
      done,
    };
    if (this.statistics.length > 0) {
      const { spec } = this.request;
      const learningRate = spec.optimizer.learningRate * scheduleFactor(spec, step + 1);
      const material = {
        ...{ values: report.statistics!, slots, summaries, summarized },
        learningRate,
      };
      frame.extra = extraStatistics(this.statistics, material, spec);
    }
    return frame;
  }

  private async final(): Promise<NonNullable<LaneFrame['final']>> {
    const { spec, shape } = this.request;
    const { train, test } = this.task.evaluation(spec.seed);
    const judged = async (part: typeof train): Promise<ReturnType<typeof judge>> => {
      const output = await this.executor.infer(part.x, part.rows);
      // With a readout at every time step the last one counts.
      return judge(output.subarray(output.length - part.y.length), part, spec.loss, shape.classes);
    };
    const trained = await judged(train);
    return {
      trainLoss: trained.loss,
      trainAccuracy: trained.accuracy,
      testAccuracy: test === null ? null : (await judged(test)).accuracy,
      ...(this.statistics.includes('deadUnits') && spec.network.kind === 'mlp'
        ? { deadUnits: await this.deadUnits(train) }
        : {}),
      ...(this.statistics.includes('ownAccuracy') &&
      spec.network.kind === 'mlp' &&
      spec.network.batchNorm !== null
        ? {
            ownTrainAccuracy: await this.ownAccuracy(train),
            ...(test && { ownTestAccuracy: await this.ownAccuracy(test) }),
          }
        : {}),
    };
  }

  /** The share of a part that is read rightly where each batch is normalized by its own statistics. */
  private async ownAccuracy({ x, y, rows }: EvaluationPart): Promise<number> {
    const { spec, definition } = this.request;
    const size = spec.batchSize;
    // Neighbours in the data may be alike: those who wrote the digits did so in turn.
    const order = stream(spec.seed, 'evaluation').permutation(rows);
    const take = (values: Float32Array, from: number): Float32Array => {
      const length = values.length / rows;
      const taken = new Float32Array(size * length);
      for (let i = 0; i < size; i++) {
        const row = order[from + i]!;
        taken.set(values.subarray(row * length, (row + 1) * length), i * length);
      }
      return taken;
    };
    let correct = 0;
    let judged = 0;
    this.executor.mark();
    for (; judged + size <= rows && judged < mostJudged * size; judged += size) {
      const batch = { x: take(x, judged), y: take(y, judged) };
      this.executor.step(batch, `own ${rows} ${judged}`, definition.valuesAt(spec.steps), false);
      correct += (await this.executor.read()).scalars[1]!;
      this.executor.rewind();
    }
    return correct / judged;
  }

  /** The statistic `deadUnits` with the whole training part as one batch. */
  private async deadUnits(train: EvaluationPart): Promise<number[]> {
    const spec = { ...this.request.spec, batchSize: train.rows };
    const definition = defineStep(spec, this.request.shape);
    const request: ExecutorRequest = {
      ...this.request,
      spec,
      definition,
      collect: ['preActivation'],
      summarize: [],
    };
    const executor = await this.factory(request);
    try {
      executor.load(await this.executor.values());
      executor.step({ x: train.x, y: train.y }, 'training part', definition.valuesAt(0), true);
      const { statistics } = await executor.read();
      return deadUnitsOf(statistics!, executor.slots, spec);
    } finally {
      executor.dispose();
    }
  }
}
