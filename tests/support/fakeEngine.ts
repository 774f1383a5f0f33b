import type {
  BackendAvailability,
  EngineService,
  LaneFrame,
  ProgramReport,
  Session,
  SessionOptions,
  SignalFrame,
  TrainingFrame,
  TrainingSpec,
} from '../../src/engine/types';

/** Ends a lane at a step, by a number that is not finite. */
export interface Break {
  lane: string;
  step: number;
}

/**
 * An engine without numbers, for tests of what is around it: the loss of step k is k, every frame
 * advances by the pace that is asked for, and `pulls` counts the frames that were asked for.
 */
export class FakeEngine implements EngineService {
  readonly parallelism = 2;
  pulls = 0;
  open = 0;
  /** How often a step was to be captured ahead. */
  prepared = 0;
  sessions: SessionOptions[] = [];
  broken: Break | null = null;
  failure: string | null = null;
  /** Steps a second that each frame tells. */
  stepsPerSecond = 1e9;
  /** The lanes of each run, in the order asked. */
  trained: Record<string, TrainingSpec>[] = [];

  session(options: SessionOptions): Session {
    this.sessions.push(options);
    this.open++;
    const info = async () => ({
      backend: options.backend ?? ('cpu' as const),
      precision: 'float32' as const,
      device: 'fake',
      flushesDenormals: false,
      notes: [],
    });
    return { info, train: (lanes) => this.frames(lanes, options), close: () => void this.open-- };
  }

  async backends(): Promise<BackendAvailability[]> {
    return [];
  }

  async check() {
    return [];
  }

  async prepare(): Promise<void> {
    this.prepared++;
  }

  program(): Promise<ProgramReport> {
    return Promise.reject(new Error('The fake engine captures no step.'));
  }

  signalPass(): AsyncIterable<SignalFrame> {
    throw new Error('The fake engine makes no pass.');
  }

  close(): void {}

  private async *frames(
    lanes: Record<string, TrainingSpec>,
    options: SessionOptions,
  ): AsyncGenerator<TrainingFrame> {
    let step = -1;
    this.trained.push(lanes);
    for (;;) {
      this.pulls++;
      const before = step;
      const total = Math.max(...Object.values(lanes).map((spec) => spec.steps));
      step = before < 0 ? 0 : Math.min(total, before + options.pace().steps);
      await new Promise((resolve) => setTimeout(resolve));
      if (options.signal?.aborted) return;
      if (this.failure !== null) throw new Error(this.failure);
      const entries = Object.entries(lanes).map(([name, spec]): [string, LaneFrame] => [
        name,
        this.laneFrame(name, spec, before, step),
      ]);
      yield { lanes: Object.fromEntries(entries), stepsPerSecond: this.stepsPerSecond };
      if (entries.every(([, lane]) => lane.done)) return;
    }
  }

  private laneFrame(name: string, spec: TrainingSpec, before: number, step: number): LaneFrame {
    const broken = this.broken?.lane === name && step >= this.broken.step ? this.broken : null;
    const last = Math.min(step, spec.steps, broken?.step ?? Infinity);
    const news = Array.from({ length: Math.max(0, last - before) }, (_, i) => before + 1 + i);
    const done = broken !== null || last >= spec.steps;
    return {
      step: last,
      losses: news,
      accuracies: news.map(() => 0.5),
      signalGradientNorm: [last, spec.seed],
      weightGradientNorm: [last],
      weightGradientZeros: [0],
      globalNorm: last,
      ...(done && !broken
        ? { final: { trainLoss: last, trainAccuracy: spec.seed % 2, testAccuracy: 0.5 } }
        : {}),
      firstNonFinite: broken
        ? { step: broken.step, phase: 'loss', tensor: 'loss', layer: null, value: 'NaN' }
        : null,
      done,
    };
  }
}

/** Waits until something holds, for at most two seconds of timers. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
  if (!holds()) throw new Error('It did not come to hold.');
}

/** Lets everything that is under way come to rest. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}
