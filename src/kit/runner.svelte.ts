import {
  isMissing,
  type BackendInfo,
  type BackendName,
  type EngineService,
  type Pace,
  type Session,
  type TrainingFrame,
} from '../engine/types';
import type { AnySettings } from './codec';
import type { Ahead } from './finish';
import { fullPace, slowPace, SLOW_REST, WatchedPace } from './pace';
import { accumulate, emptyResult } from './result';
import { sayFor } from './say';
import { sparing } from './sparing';
import { trainWidget } from './training/lanes';
import { totalSteps } from './training/run';
import type { AnyTrainingWidget, AnyWidget, ClosedForm, Survey, TrainingResult } from './widget';

export type RunState = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'diverged' | 'error';
export type Speed = 'slow' | 'normal' | 'full';

/** Least time between two drawn frames where the reader asked for less motion. */
const REDUCED_MOTION_REST = 1000;

export interface RunnerOptions {
  widget: AnyWidget;
  settings: AnySettings;
  service: () => Promise<EngineService>;
  backend?: BackendName | undefined;
  /** What to say of an error that carries no words of its own. */
  unknownFailure: string;
  /** What to say where a part of the page could not be fetched. */
  partMissing?: string;
  /** A run that is watched has its first frame. */
  onBegun?: () => void;
  /** A run that was to be finished at once has ended, in whatever state. */
  onFinished?: () => void;
}

/**
 * Why a run is finished at once: a dial is `moving`, and waits for nothing that takes long; it was `asked`
 * for, however long it takes; or nobody asked, and there would be nothing to see without it: then it leaves
 * the runner idle.
 */
export type Finishing = 'moving' | 'asked' | 'unasked';

interface Run {
  abort: AbortController;
  session: Session | null;
  pace: WatchedPace;
  /** Whether it goes to its end at once: its messages hold many updates. */
  hasty: boolean;
}

/** How far a watched run may be behind its clock before its frames are drawn together, in milliseconds. */
const LATE = 50;

/** How far a watched run may be from its clock before the clock follows it, in milliseconds. */
const OUT_OF_STEP = 500;

/** How long a run that is finished at once may take before it shows itself, in milliseconds. */
const PATIENCE = 300;

/**
 * One widget's run as a state machine: idle → loading → running ⇄ paused → done, diverged or error;
 * reset leads back to idle from everywhere. A run that is finished at once leads from idle to its end, and is
 * seen on the way only where it takes long. The experiment is an iterator that is pulled here, so a
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
  /** Whether the error is that a part of the page could not be fetched. */
  missing = $state(false);
  notices: string[] = $state.raw([]);
  speed: Speed = $state('normal');
  backend: BackendName | undefined = $state();
  /** False while the widget is scrolled out of sight. */
  visible = $state(true);
  /** Whether a run is being finished that does not show itself yet. */
  finishing = $state(false);
  /** Whether a dial was moved to a setting whose run takes too long to follow it. */
  tooSlow = $state(false);
  /** What the run asks of the device, where that is much. */
  ahead: Ahead | null = $state.raw(null);
  /** What the run shown, or the next one, belongs to. */
  settings: AnySettings = $state.raw({});

  readonly #widget: AnyWidget;
  readonly #service: () => Promise<EngineService>;
  readonly #unknownFailure: string;
  readonly #partMissing: string | undefined;
  readonly #onBegun: () => void;
  readonly #onFinished: () => void;
  #run: Run | null = null;
  /** The reader asked for one update; and whether the frame under way is that one. */
  #single = false;
  #pullingSingle = false;
  #wake: (() => void) | null = null;
  /** What is being finished follows a dial, and is shown when it has ended. */
  #quiet = false;
  #drawn = 0;
  #latest: TrainingResult | null = null;

  constructor(options: RunnerOptions) {
    this.#widget = options.widget;
    this.settings = options.settings;
    this.#service = options.service;
    this.#unknownFailure = options.unknownFailure;
    this.#partMissing = options.partMissing;
    this.#onBegun = options.onBegun ?? (() => {});
    this.#onFinished = options.onFinished ?? (() => {});
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
      this.#start('watched');
    }
  }

  /** Trains the setting's networks to their end at once; what was shown is shown no more. */
  finish(why: Finishing): void {
    this.#start(why);
  }

  /** What is being finished was only followed so far; now it is waited for, and shows itself if it takes long. */
  wait(): void {
    if (this.tooSlow) this.finish('asked');
    else this.#quiet = false;
  }

  /** Readies the runs of some settings, in idle time; nothing where that is more than the connection should carry. */
  prepare(all: readonly AnySettings[]): void {
    if (sparing()) return;
    void Promise.all([import('./finish'), this.#service()])
      .then(async ([{ prepareFor }, service]) => {
        this.#lookAhead();
        // Not in one task with the parts just loaded.
        await pause(0);
        return prepareFor(this.#widget as AnyTrainingWidget, all, service);
      })
      .catch(() => {
        // What is wrong is said when something is run.
      });
  }

  /** Asks what the run will take; says nothing where the part that knows cannot be fetched. */
  #lookAhead(): void {
    const { backend, settings } = this;
    if (this.#widget.kind === 'training')
      import('./finish').then(
        ({ aheadOf }) => {
          if (settings === this.settings)
            this.ahead = aheadOf(this.#widget as AnyTrainingWidget, settings, backend);
        },
        () => {},
      );
  }

  pause(): void {
    if (this.state !== 'running' && this.state !== 'loading') return;
    this.#publish();
    this.state = 'paused';
  }

  /** One update: from idle, or from a run that goes to its end at once, the network as drawn, before any update. */
  makeStep(): void {
    if (this.#run?.hasty) {
      this.#start('single');
      return;
    }
    if (this.state === 'running') this.pause();
    if (this.state === 'paused' && this.#run) {
      this.#single = true;
      this.nudge();
    } else if (this.state !== 'loading') {
      this.#start('single');
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
    this.missing = false;
    this.notices = [];
    this.finishing = false;
    this.tooSlow = false;
    this.stepsPerSecond = 0;
    this.step = 0;
  }

  /** Other parameters: what was shown no longer belongs to them. */
  setSettings(settings: AnySettings): void {
    this.reset();
    this.settings = settings;
    this.ahead = null;
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

  #start(how: 'watched' | 'single' | Finishing): void {
    this.reset();
    this.#lookAhead();
    this.#single = how === 'single';
    const hasty = how !== 'watched' && how !== 'single';
    const run: Run = {
      ...{ abort: new AbortController(), session: null },
      ...{ pace: new WatchedPace(), hasty },
    };
    this.#run = run;
    if (hasty) {
      this.finishing = true;
      this.#quiet = how !== 'asked';
      void this.#guarded(run, () => this.#finish(run, how)).then(() => {
        // Another run may have begun, or what is waited for may stand already.
        if (this.#run === null && !this.finishing) this.#onFinished();
      });
    } else {
      this.state = 'loading';
      void this.#guarded(run, () => this.#work(run));
    }
  }

  /** Does the work of a run; what goes wrong is its error, and in the end its session is closed. */
  async #guarded(run: Run, work: () => Promise<void>): Promise<void> {
    const current = () => this.#run === run;
    try {
      await work();
    } catch (reason) {
      if (!current()) return;
      this.#publish();
      this.finishing = false;
      this.missing = isMissing(reason);
      const said = reason instanceof Error && reason.message;
      this.error = (this.missing && this.#partMissing) || said || this.#unknownFailure;
      this.state = 'error';
    } finally {
      close(run);
      if (current()) this.#run = null;
    }
  }

  /** Trains to the end; shows the end, or what there is of it where it takes long. */
  async #finish(run: Run, why: Finishing): Promise<void> {
    const widget = this.#widget as AnyTrainingWidget;
    const current = () => this.#run === run;
    const [{ finish, followsDial }, service] = await Promise.all([
      import('./finish'),
      this.#service(),
    ]);
    if (!current()) return;
    const { backend, settings } = this;
    if (why !== 'asked' && !followsDial(widget, settings, backend)) {
      this.finishing = false;
      this.tooSlow = why === 'moving';
      return;
    }
    const began = Date.now();
    const progress = finish({
      ...{ widget, settings, service, backend, signal: run.abort.signal },
      onNotice: (sentence) => {
        if (current()) this.notices = [...this.notices, sentence];
      },
      onInfo: (info) => {
        if (current()) this.info = info;
      },
    });
    for await (const { result, stepsPerSecond } of progress) {
      if (!current()) return;
      this.#latest = result;
      if (stepsPerSecond > 0) this.stepsPerSecond = stepsPerSecond;
      if (this.#quiet || (this.finishing && Date.now() - began < PATIENCE)) continue;
      this.finishing = false;
      if (this.state === 'idle') this.state = 'running';
      if (this.#isDue()) this.#publish();
      await this.#sleepUntilAwake(run);
      if (!current()) return;
    }
    // What was overtaken ends without a word.
    if (!current()) return;
    this.finishing = false;
    if (why === 'unasked') this.#publish();
    else this.#end();
  }

  async #work(run: Run): Promise<void> {
    const current = () => this.#run === run;
    const widget = this.#widget;
    const [loaded, service] = await Promise.all([
      widget.experiment?.(),
      widget.kind === 'closedForm' ? null : this.#service(),
    ]);
    if (!current()) return;
    if (service === null) {
      this.computed = (loaded!.default as ClosedForm<AnySettings, unknown>)(this.settings);
      this.state = 'done';
      return;
    }
    if (widget.kind === 'survey') {
      await this.#survey(loaded!.default as Survey<AnySettings, unknown>, service, current);
      return;
    }
    const session = service.session({
      ...(this.backend ? { backend: this.backend } : {}),
      pace: () => this.#pace(run),
      signal: run.abort.signal,
      onNotice: (sentence) => {
        if (current()) this.notices = [...this.notices, sentence];
      },
    });
    run.session = session;
    const frames = trainWidget(widget as AnyTrainingWidget, this.settings, session);
    await this.#pull(frames, session, run);
  }

  async #survey(
    experiment: Survey<AnySettings, unknown>,
    service: EngineService,
    current: () => boolean,
  ): Promise<void> {
    for await (const found of experiment(this.settings, service, { backend: this.backend })) {
      if (!current()) return;
      this.computed = found;
      if (this.state === 'loading') this.state = 'running';
      while (current() && !this.awake) await this.#sleep();
      if (!current()) return;
    }
    this.state = 'done';
  }

  async #pull(frames: AsyncIterable<TrainingFrame>, session: Session, run: Run): Promise<void> {
    const current = () => this.#run === run;
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
        this.#onBegun();
        first = false;
      }
      const over = Object.values(frame.lanes).every((lane) => lane.done);
      this.#take(frame, run);
      if (over) break;
      await this.#rest(run);
      await this.#sleepUntilAwake(run);
      if (!current()) return;
    }
    void iterator.return?.();
    this.#end();
  }

  /** Shows the end. */
  #end(): void {
    this.#publish();
    const lanes = Object.values(this.result?.lanes ?? {});
    this.state = lanes.some((lane) => lane.firstNonFinite) ? 'diverged' : 'done';
  }

  #take(frame: TrainingFrame, run: Run): void {
    this.#latest = accumulate(this.#latest ?? emptyResult(Object.keys(frame.lanes)), frame);
    if (frame.stepsPerSecond > 0) this.stepsPerSecond = frame.stepsPerSecond;
    if (!this.#isHurried(run) && this.#isDue()) this.#publish();
  }

  /** Whether many frames come in one message, at full speed or to make up for lost time: they are drawn together. */
  #isHurried(run: Run): boolean {
    if (this.state !== 'running' || this.speed === 'slow') return false;
    return this.speed === 'full' || run.pace.until(this.#reached, this.total) < -LATE;
  }

  /** Whether what has been taken is to be drawn now, or with what follows. */
  #isDue(): boolean {
    if (this.state !== 'running') return true;
    return !prefersReducedMotion() || Date.now() - this.#drawn >= REDUCED_MOTION_REST;
  }

  /** Shows what has been taken so far. */
  #publish(): void {
    if (this.#latest === null) return;
    this.#drawn = Date.now();
    this.result = this.#latest;
    this.step = this.#reached;
  }

  /** What the next message holds; what has come before is drawn meanwhile. */
  #pace(run: Run): Pace {
    if (this.#isDue()) this.#publish();
    if (this.#pullingSingle) return { steps: 1, milliseconds: 0 };
    if (this.speed === 'slow') return slowPace;
    return this.speed === 'full' ? fullPace(this.total) : run.pace.next(this.#reached, this.total);
  }

  /** The last step that was taken, drawn or not. */
  get #reached(): number {
    const lanes = Object.values(this.#latest?.lanes ?? {});
    return Math.max(0, ...lanes.map((lane) => lane.frameSteps.at(-1) ?? 0));
  }

  /** Lets the page draw, and keeps the distance between frames that the speed asks for. */
  async #rest(run: Run): Promise<void> {
    if (this.#single || !this.awake) return;
    if (this.speed === 'slow') return pause(SLOW_REST);
    if (this.speed === 'full') return;
    const early = run.pace.until(this.#reached, this.total);
    // From another speed, or a late start, the clock begins at where the run is.
    if (Math.abs(early) > OUT_OF_STEP) run.pace.restart(this.#reached, this.total);
    else if (early < -LATE) return;
    else if (early > 20) await pause(early - 10);
    return nextFrame();
  }

  async #sleepUntilAwake(run: Run): Promise<void> {
    while (this.#run === run && !this.awake && !this.#single) {
      run.pace.sleep();
      await this.#sleep();
    }
    run.pace.wake();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Steps until the run ends by itself; 0 where nothing is trained. */
  get total(): number {
    return this.#widget.kind === 'training'
      ? totalSteps(this.#widget.lanes(this.settings, sayFor()))
      : 0;
  }
}

function close(run: Run): void {
  run.abort.abort();
  run.session?.close();
  run.session = null;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => resolve());
    else setTimeout(resolve, 0);
  });

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
