import type {
  BackendInfo,
  BackendName,
  EngineService,
  Pace,
  Session,
  TrainingFrame,
} from '../engine/types';
import type { AnySettings } from './codec';
import { accumulate, emptyResult } from './result';
import { sayFor } from './say';
import { trainWidget } from './training/lanes';
import { totalSteps } from './training/run';
import type { AnyTrainingWidget, AnyWidget, ClosedForm, Survey, TrainingResult } from './widget';

export type RunState = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'diverged' | 'error';
export type Speed = 'slow' | 'normal' | 'full';

/** Frames that a run at normal speed is cut into. */
const FRAMES_PER_RUN = 120;

const PACES: Record<Speed, { pace: (total: number) => Pace; rest: number }> = {
  slow: { pace: () => ({ steps: 1, milliseconds: 30 }), rest: 150 },
  normal: {
    pace: (total) => ({ steps: Math.max(1, Math.ceil(total / FRAMES_PER_RUN)), milliseconds: 40 }),
    rest: 0,
  },
  full: { pace: (total) => ({ steps: total, milliseconds: 100 }), rest: 0 },
};

/** Least time between two drawn frames where the reader asked for less motion. */
const REDUCED_MOTION_REST = 1000;

export interface RunnerOptions {
  widget: AnyWidget;
  settings: AnySettings;
  service: () => Promise<EngineService>;
  backend?: BackendName | undefined;
  /** What to say of an error that carries no words of its own. */
  unknownFailure: string;
}

interface Run {
  abort: AbortController;
  session: Session | null;
}

/**
 * One widget's run as a state machine: idle → loading → running ⇄ paused → done, diverged or error;
 * reset leads back to idle from everywhere. The experiment is an iterator that is pulled here, so a
 * pause, an off-screen figure or a hidden tab leaves the worker without work.
 */
export class Runner {
  state: RunState = $state('idle');
  /** What the current run has shown so far; null before the first frame. */
  result: TrainingResult | null = $state.raw(null);
  /** What a closed form computed, or a survey found so far. */
  computed: unknown = $state.raw(null);
  info: BackendInfo | null = $state.raw(null);
  /** Steps a second over all lanes, as the last frame measured it. */
  stepsPerSecond = $state(0);
  step = $state(0);
  error: string | null = $state(null);
  notices: string[] = $state.raw([]);
  speed: Speed = $state('normal');
  backend: BackendName | undefined = $state();
  /** False while the widget is scrolled out of sight. */
  visible = $state(true);

  readonly #widget: AnyWidget;
  readonly #service: () => Promise<EngineService>;
  readonly #unknownFailure: string;
  #settings: AnySettings;
  #run: Run | null = null;
  /** The reader asked for one update; and whether the frame under way is that one. */
  #single = false;
  #pullingSingle = false;
  #wake: (() => void) | null = null;
  #drawn = 0;
  #latest: TrainingResult | null = null;

  constructor(options: RunnerOptions) {
    this.#widget = options.widget;
    this.#settings = options.settings;
    this.#service = options.service;
    this.#unknownFailure = options.unknownFailure;
    this.backend = options.backend;
  }

  /** True while the loop may pull: not paused by the reader, in sight, and in a shown tab. */
  get awake(): boolean {
    return this.state === 'running' && this.visible && !isHidden();
  }

  /** Starts a run, or goes on with a paused one. A finished run starts anew. */
  run(): void {
    if (this.state === 'paused' && this.#run) {
      this.state = 'running';
      this.nudge();
    } else if (this.state !== 'loading' && this.state !== 'running') {
      this.#start(false);
    }
  }

  pause(): void {
    if (this.state !== 'running' && this.state !== 'loading') return;
    this.#publish();
    this.state = 'paused';
  }

  /** One update: from idle the network as drawn, before any update. */
  makeStep(): void {
    if (this.state === 'running') this.pause();
    if (this.state === 'paused' && this.#run) {
      this.#single = true;
      this.nudge();
    } else if (this.state !== 'loading') {
      this.#start(true);
    }
  }

  /** Drops the run and what it showed. */
  reset(): void {
    this.#drop();
    this.state = 'idle';
    this.result = null;
    this.#latest = null;
    if (this.#widget.kind === 'survey') this.computed = null;
    this.error = null;
    this.notices = [];
    this.stepsPerSecond = 0;
    this.step = 0;
  }

  /** Other parameters: what was shown no longer belongs to them. */
  setSettings(settings: AnySettings): void {
    this.reset();
    this.#settings = settings;
  }

  /** Ends everything, for good. */
  close(): void {
    this.#drop();
  }

  /** Looks again whether the loop may go on; call it when sight or tab changed. */
  nudge(): void {
    this.#wake?.();
    this.#wake = null;
  }

  #drop(): void {
    if (this.#run) close(this.#run);
    this.#run = null;
    this.#single = false;
    this.nudge();
  }

  #start(single: boolean): void {
    this.reset();
    this.#single = single;
    this.state = 'loading';
    const run: Run = { abort: new AbortController(), session: null };
    this.#run = run;
    void this.#work(run);
  }

  async #work(run: Run): Promise<void> {
    const current = () => this.#run === run;
    try {
      const widget = this.#widget;
      const [loaded, service] = await Promise.all([
        widget.experiment?.(),
        widget.kind === 'closedForm' ? null : this.#service(),
      ]);
      if (!current()) return;
      if (service === null) {
        this.computed = (loaded!.default as ClosedForm<AnySettings, unknown>)(this.#settings);
        this.state = 'done';
        return;
      }
      if (widget.kind === 'survey') {
        await this.#survey(loaded!.default as Survey<AnySettings, unknown>, service, current);
        return;
      }
      const session = service.session({
        ...(this.backend ? { backend: this.backend } : {}),
        pace: () => this.#pace(),
        signal: run.abort.signal,
        onNotice: (sentence) => {
          if (current()) this.notices = [...this.notices, sentence];
        },
      });
      run.session = session;
      const frames = trainWidget(widget as AnyTrainingWidget, this.#settings, session);
      await this.#pull(frames, session, current);
    } catch (reason) {
      if (!current()) return;
      this.#publish();
      this.error =
        reason instanceof Error && reason.message ? reason.message : this.#unknownFailure;
      this.state = 'error';
    } finally {
      close(run);
      if (current()) this.#run = null;
    }
  }

  async #survey(
    experiment: Survey<AnySettings, unknown>,
    service: EngineService,
    current: () => boolean,
  ): Promise<void> {
    for await (const found of experiment(this.#settings, service, { backend: this.backend })) {
      if (!current()) return;
      this.computed = found;
      if (this.state === 'loading') this.state = 'running';
      while (current() && !this.awake) await this.#sleep();
      if (!current()) return;
    }
    this.state = 'done';
  }

  async #pull(
    frames: AsyncIterable<TrainingFrame>,
    session: Session,
    current: () => boolean,
  ): Promise<void> {
    const iterator = frames[Symbol.asyncIterator]();
    let first = true;
    for (;;) {
      this.#pullingSingle = this.#single;
      this.#single = false;
      const { value: frame, done } = await iterator.next();
      if (!current()) return;
      if (done) break;
      if (first) {
        this.info = await session.info();
        if (!current()) return;
        if (this.state === 'loading') this.state = this.#pullingSingle ? 'paused' : 'running';
        first = false;
      }
      this.#take(frame);
      if (Object.values(frame.lanes).every((lane) => lane.done)) break;
      await this.#rest();
      while (current() && !this.awake && !this.#single) await this.#sleep();
      if (!current()) return;
    }
    void iterator.return?.();
    this.#publish();
    const lanes = Object.values(this.result?.lanes ?? {});
    this.state = lanes.some((lane) => lane.firstNonFinite) ? 'diverged' : 'done';
  }

  #take(frame: TrainingFrame): void {
    this.#latest = accumulate(this.#latest ?? emptyResult(Object.keys(frame.lanes)), frame);
    if (frame.stepsPerSecond > 0) this.stepsPerSecond = frame.stepsPerSecond;
    const now = Date.now();
    const calm = prefersReducedMotion() && this.state === 'running';
    if (!calm || now - this.#drawn >= REDUCED_MOTION_REST) this.#publish();
  }

  /** Shows what has been taken so far. */
  #publish(): void {
    if (this.#latest === null) return;
    this.#drawn = Date.now();
    this.result = this.#latest;
    this.step = Math.max(
      0,
      ...Object.values(this.#latest.lanes).map((lane) => lane.frameSteps.at(-1) ?? 0),
    );
  }

  #pace(): Pace {
    if (this.#pullingSingle) return { steps: 1, milliseconds: 0 };
    return PACES[this.speed].pace(this.total);
  }

  /** Lets the page draw, and keeps the distance between frames that the speed asks for. */
  #rest(): Promise<void> {
    const { rest } = PACES[this.speed];
    if (this.#single || !this.awake) return Promise.resolve();
    if (rest > 0) return new Promise((resolve) => setTimeout(resolve, rest));
    return new Promise((resolve) => {
      if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => resolve());
      else setTimeout(resolve, 0);
    });
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Steps until the run ends by itself; 0 where nothing is trained. */
  get total(): number {
    return this.#widget.kind === 'training'
      ? totalSteps(this.#widget.lanes(this.#settings, sayFor()))
      : 0;
  }
}

function close(run: Run): void {
  run.abort.abort();
  run.session?.close();
  run.session = null;
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
