import type { BackendName, NonFinite } from '../engine/types';
import type { ChartSpec } from './charts/spec';
import { canonical, type AnySettings } from './codec';
import { drawFigures, type DrawnFigure, type Moment } from './drawFigures';
import type { WidgetHost } from './host';
import { watchedGap } from './pace';
import type { Parameter } from './parameters';
import { emptyResult, frameSteps, upToStep } from './result';
import { Runner, type Finishing, type RunState } from './runner.svelte';
import { sayIn, type Say } from './say';
import { SeedRun } from './seeds.svelte';
import { tellSeeds } from './tellSeeds';
import { totalSteps } from './training/run';
import { atRest, type Viewpoint } from './viewpoint';
import type { AnyWidget, Recording, TrainingResult } from './widget';
import type { Words } from './words';
import { figuresIn } from './words/figures';

/** How many seeds one click trains where the widget names no number. */
const SEED_COUNT = 20;

/** A result and the settings that it belongs to. */
export interface Shown {
  settings: AnySettings;
  result: unknown;
}

/** For so long no picture may come while a dial moves, in milliseconds; then a run may end that was overtaken. */
const STARVING = 150;

/** A lane that left the finite numbers. */
export interface BrokenLane {
  name: string;
  label: string;
  at: NonFinite;
  /** The index in `frames` of its last frame before that; −1 where there is none. */
  lastFinite: number;
}

/**
 * What a widget shows: settings, the run or its recording, and all that derives from them. The
 * standard view and a widget's own view draw the same model. Without a host it is still.
 */
export class WidgetModel {
  readonly widget: AnyWidget;
  readonly host: WidgetHost | undefined;
  readonly words: Words;
  readonly say: Say;
  /** Whether the control of time rests at the end: no figure of the widget shows a run's first step. */
  readonly restsAtEnd: boolean;
  readonly runner: Runner;
  readonly seeds = new SeedRun();

  settings: AnySettings = $state.raw({});
  /** The id of the figure that stands first; null for the widget's own first. */
  chart: string | null = $state(null);
  /** Which step the figures show. */
  moment: Moment = $state('start');
  /** Whether the reader has hold of a dial. */
  moving = $state(false);
  /** Challenges solved since the page was opened. */
  solved: ReadonlySet<string> = $state.raw(new Set());
  /** What the last run has solved for the first time, in words; '' where nothing. */
  news = $state('');
  /** Whether a run has ended since the page was opened. */
  finished = $state(false);
  #recordings: Record<string, Recording> = $state.raw({});
  /** What was shown last and for which settings; it stays until there is something of the settings in force. */
  #before: Shown | null = $state.raw(null);
  /** The charts that were shown when the reader took hold of a dial, and what they showed. */
  #ghost: { of: Shown; charts: ReadonlyMap<string, ChartSpec> } | null = $state.raw(null);
  /** The charts of the whole run that is watched again. */
  #axes: ReadonlyMap<string, ChartSpec> | null = $state.raw(null);
  /** The settings that page, address or host gave. */
  #given: AnySettings = {};
  /** Whether the reader has changed a setting since the page was opened. */
  #changed = $state(false);
  /** When a picture came last while a dial moved. */
  #pictured = 0;

  readonly key: string = $derived.by(() => canonical(this.widget.params, this.settings));
  readonly recording: Recording | null = $derived.by(() => this.#recordings[this.key] ?? null);
  /** True where the figures show a recording. */
  readonly recorded: boolean = $derived.by(() => this.recording !== null && this.#run === null);
  /** What was run with the settings in force. */
  readonly #run: unknown = $derived.by(() =>
    this.runner.settings === this.settings
      ? (this.runner.result ?? this.runner.computed ?? null)
      : null,
  );
  /** The whole result so far: of the run, else of the recording; null where there is neither. */
  readonly result: unknown = $derived.by(() => this.#run ?? this.recording?.result ?? null);
  /** What the figures show: the result, or until there is one that of the settings before. */
  readonly shown: Shown | null = $derived.by(() =>
    this.result === null ? this.#before : { settings: this.settings, result: this.result },
  );
  /** Whether the figures show other settings than those in force. */
  readonly stale: boolean = $derived.by(() => this.result === null && this.#before !== null);
  /** Whether a run is on its way that nobody watches: that of a dial's new position. */
  readonly pending: boolean = $derived.by(
    () => this.runner.finishing || (this.runner.settings !== this.settings && this.moving),
  );
  readonly frames: number[] = $derived.by(() =>
    this.widget.kind === 'training' && this.shown !== null
      ? frameSteps(this.shown.result as TrainingResult)
      : [],
  );
  readonly total: number = $derived.by(() => totalSteps(this.lanes));
  /** The step between the ends that the reader went to; null at either end. */
  readonly scrubbed: number | null = $derived.by(() =>
    typeof this.moment === 'number' ? this.moment : null,
  );
  readonly step: number = $derived.by(() =>
    this.moment === 'start' && !this.restsAtEnd ? 0 : (this.scrubbed ?? this.frames.at(-1) ?? 0),
  );
  readonly lanes = $derived.by(() =>
    this.widget.kind === 'training' ? this.widget.lanes(this.settings, this.say) : [],
  );
  readonly figures: DrawnFigure[] = $derived.by(() => this.#draw());
  /** The lanes that left the finite numbers, in what the figures can show of one run. */
  readonly broken: BrokenLane[] = $derived.by(() => this.#findBroken());
  /** What the figures show, in words: of the step shown, or of all seeds together. */
  readonly description: string = $derived.by(() => {
    if (this.seeds.active && this.widget.kind === 'training')
      return tellSeeds(this.seeds.results, this.widget, this.settings, this.say);
    if (this.scrubbed === null || this.shown === null) return this.#outcome;
    const { settings, result } = this.shown;
    const part = upToStep(result as TrainingResult, this.scrubbed);
    return this.widget.describe(settings, part as never, this.say);
  });
  readonly #outcome: string = $derived.by(() =>
    this.shown === null
      ? ''
      : this.widget.describe(this.shown.settings, this.shown.result as never, this.say),
  );
  /** What is drawn before there is anything to show. */
  readonly #nothing: Shown = $derived.by(() => ({
    settings: this.settings,
    result: emptyResult(this.lanes.map(({ name }) => name)),
  }));
  readonly #gap: number = $derived.by(() => watchedGap(this.total));
  readonly #watched: boolean = $derived.by(
    () => this.state === 'running' || this.state === 'paused',
  );
  readonly #ghostShown: ReadonlyMap<string, ChartSpec> | null = $derived.by(() =>
    this.#ghost !== null && this.#ghost.of !== this.shown ? this.#ghost.charts : null,
  );
  readonly state: RunState = $derived.by(() =>
    this.runner.settings === this.settings ? this.runner.state : 'idle',
  );
  /** Says each change of state, once, for the live region. */
  readonly announcement: string = $derived.by(() => this.#announce());

  constructor(options: {
    widget: AnyWidget;
    settings: AnySettings;
    recording: Recording | null;
    host: WidgetHost | undefined;
    words: Words;
  }) {
    const { widget, settings, recording, host, words } = options;
    this.widget = widget;
    this.host = host;
    this.words = words;
    this.say = sayIn(words);
    this.settings = settings;
    this.#given = settings;
    const { chart, step } = host?.viewpoint ?? atRest;
    this.chart = chart;
    this.restsAtEnd = !widget.figures.some((figure) => figure.time === 'moment');
    if (step !== null && (step > 0 || this.restsAtEnd))
      this.moment = step < this.total ? step : 'end';
    if (recording !== null) this.#recordings = { [recording.key]: recording };
    this.runner = new Runner({
      widget,
      settings,
      service: () => host?.service() ?? Promise.reject(new Error(words.notes.unknownFailure)),
      backend: host?.backend,
      unknownFailure: words.notes.unknownFailure,
      partMissing: words.notes.partMissing,
      onBegun: () => (this.moment = 'end'),
      onFinished: () => this.#arrived(),
    });
  }

  /** Trains so that one can watch: from the start on, on the axes of the whole where that is known. */
  run(): void {
    this.seeds.reset();
    if (this.state === 'paused') this.moment = 'end';
    else this.#clearToWatch();
    this.runner.run();
  }

  pause(): void {
    this.runner.pause();
  }

  makeStep(): void {
    this.seeds.reset();
    if (this.state === 'paused' || this.state === 'running') this.moment = 'end';
    else this.#clearToWatch();
    this.runner.makeStep();
  }

  /** Back to the settings that page, address or host gave, before any run. */
  reset(): void {
    const changed = this.key !== canonical(this.widget.params, this.#given);
    this.#clear();
    this.moment = 'start';
    if (!changed) return;
    this.#take(this.#given);
    this.#follow('asked');
    this.host?.changed?.(this.settings);
  }

  /** What is looked at now; at rest what an address need not say. */
  get viewpoint(): Viewpoint {
    const { chart, moment, step } = this;
    return { chart, step: moment === 'start' ? null : step };
  }

  /** Shows the frame of that index in `frames`; the last one, or any after it, is the latest. */
  showFrame(index: number): void {
    if (this.state === 'running') this.pause();
    const last = this.frames.length - 1;
    if (index >= last) this.moment = 'end';
    else if (index <= 0 && !this.restsAtEnd) this.moment = 'start';
    else this.moment = this.frames[Math.max(0, index)] ?? 'end';
  }

  /** Other settings, from page, address or host. */
  setSettings(settings: AnySettings): void {
    this.#given = settings;
    this.moving = false;
    this.#take(settings);
    this.#follow('asked');
  }

  /** A setting changed by a reader who may go on moving: the run of each new position is shown as it comes. */
  change(name: string, value: string | number | boolean): void {
    if (!this.moving) {
      this.moving = true;
      const of = this.widget.kind === 'training' && !this.seeds.active ? this.shown : null;
      this.#ghost = of && { of, charts: this.#charts() };
    }
    this.#changed = true;
    this.#take(this.#with(name, value));
    this.#follow('moving');
  }

  /** The reader lets go: what is not there yet is waited for. */
  release(): void {
    if (!this.moving) return;
    this.moving = false;
    this.#ghost = null;
    if (this.runner.settings !== this.settings) this.#follow('asked');
    else if (this.recording === null) this.runner.wait();
    this.host?.changed?.(this.settings);
  }

  /** Several settings chosen by the reader at once. */
  choose(settings: AnySettings): void {
    this.moving = false;
    this.#ghost = null;
    this.#changed = true;
    this.#take(settings);
    this.#follow('asked');
    this.host?.changed?.(settings);
  }

  /** A reader holds a dial, or has let go of it: its next positions are readied. */
  prepare(name: string): void {
    const parameter = this.widget.params[name] as Parameter | undefined;
    // Other dials change no shape, or jump.
    if (this.widget.kind !== 'training' || parameter?.kind !== 'int') return;
    const { min, max } = parameter;
    const next = [0, 1, -1, 2, -2].map((step) => Number(this.settings[name]) + step);
    this.runner.prepare(
      next.filter((value) => value >= min && value <= max).map((value) => this.#with(name, value)),
    );
  }

  /** The settings with one changed, and what it takes along. */
  #with(name: string, value: string | number | boolean): AnySettings {
    const changed = { ...this.settings, [name]: value };
    return this.widget.carry?.(this.settings, changed) ?? changed;
  }

  /** Trains what there is no picture of, where that takes but a moment. */
  fill(): void {
    const { backend = 'captured' } = this.runner;
    const empty = this.state === 'idle' && this.shown === null;
    // Another backend than the quickest was asked for to be watched, and may take long.
    if (this.widget.kind === 'training' && empty && backend === 'captured')
      this.runner.finish('unasked');
  }

  /** What computes the next run; a run never changes it by itself, so the one under way ends here. */
  setBackend(backend: BackendName | undefined): void {
    if (backend === this.runner.backend) return;
    this.#clear();
    this.runner.backend = backend;
  }

  /** Starts anew on a backend that the reader chose. */
  runOn(backend: BackendName): void {
    this.#clear();
    this.runner.backend = backend;
    this.run();
  }

  /** How many seeds one click trains. */
  get seedCount(): number {
    return (this.widget.kind === 'training' && this.widget.seedsAtOnce) || SEED_COUNT;
  }

  trainSeeds(): void {
    if (this.widget.kind !== 'training' || this.host === undefined) return;
    this.#clear();
    void this.seeds.start(this.widget, this.settings, this.seedCount, this.host.service, {
      backend: this.runner.backend,
      unknownFailure: this.words.notes.unknownFailure,
      partMissing: this.words.notes.partMissing,
    });
  }

  /** All that the widget holds now, as plain data: what is saved as JSON. */
  everything(): Record<string, unknown> {
    const { widget, settings, result } = this;
    const seeds = this.seeds.results;
    return {
      widget: widget.id,
      version: widget.version,
      params: settings,
      address: this.host?.link(settings),
      backend: this.recorded ? this.recording?.backend : this.runner.info,
      recorded: this.recorded,
      values: result === null ? null : widget.values(settings, result as never),
      result,
      ...(seeds.length > 0
        ? {
            seeds: {
              wanted: this.seeds.wanted,
              results: seeds.map(({ seed, settings, result: one }) => ({
                seed,
                values: widget.values(settings, one as never),
                result: one,
              })),
            },
          }
        : {}),
    };
  }

  /** Looks which challenges the finished run solves. */
  judge(): void {
    this.finished = true;
    const result = this.result;
    if (result === null) return;
    const news = (this.widget.challenges ?? []).filter(
      (challenge) =>
        !this.solved.has(challenge.id) && challenge.solved(this.settings, result as never),
    );
    if (news.length === 0) return;
    this.solved = new Set([...this.solved, ...news.map(({ id }) => id)]);
    // What a closed form solves as the page set it is no news of the reader's.
    if (this.widget.kind === 'closedForm' && !this.#changed) return;
    this.news = figuresIn(this.words).challenge.solved(news.map(({ ask }) => ask).join(' '));
  }

  async #loadRecordings(): Promise<void> {
    if (this.host === undefined || this.#recordings[this.key] !== undefined) return;
    try {
      const loaded = await this.host.recordings();
      this.#recordings = { ...loaded, ...this.#recordings };
    } catch {
      // A recording only saves the reader a run; without it the figure says that nothing ran yet.
    }
  }

  /** Takes settings; what is shown stays until there is something of theirs. */
  #take(settings: AnySettings): void {
    if (this.shown !== null) this.#before = this.shown;
    this.settings = settings;
    this.news = '';
    this.#axes = null;
    if (typeof this.moment === 'number' && this.moment >= this.total) this.moment = 'end';
    this.seeds.reset();
    void this.#loadRecordings();
  }

  /** Shows what belongs to the settings in force: a recording, or a run that is finished at once. */
  #follow(why: Finishing): void {
    const { runner, settings } = this;
    if (this.host === undefined || this.widget.kind !== 'training') {
      runner.setSettings(settings);
      return;
    }
    // A dial that moves on faster than runs end would show nothing: now and then one may end.
    const starving = Date.now() - this.#pictured > STARVING;
    if (why === 'moving' && runner.finishing && starving) return;
    runner.setSettings(settings);
    // What was chosen in one move and has a recording is shown by it; the reader starts the rest.
    const needed = this.recording === null && this.#before !== null;
    if (why === 'moving' || needed) runner.finish(why);
  }

  /** A run that was to be finished at once has ended. */
  #arrived(): void {
    const { runner } = this;
    this.#pictured = Date.now();
    if (runner.settings === this.settings) {
      if (runner.tooSlow && !this.moving && this.#before !== null) runner.wait();
      return;
    }
    // The dial has moved on meanwhile.
    if (runner.result !== null) this.#before = { settings: runner.settings, result: runner.result };
    this.#follow(this.moving ? 'moving' : 'asked');
  }

  /** Ends what is under way and forgets what it showed; the settings stay. */
  #clear(): void {
    this.news = '';
    this.seeds.reset();
    this.runner.setSettings(this.settings);
    this.#before = null;
    this.#axes = null;
    this.#ghost = null;
    this.moving = false;
  }

  /** Before a run that is watched: its axes are those of the whole, where that is shown. */
  #clearToWatch(): void {
    const whole = this.result !== null && this.state !== 'paused';
    this.#axes = whole ? this.#charts() : null;
    if (this.runner.settings !== this.settings) this.runner.setSettings(this.settings);
    this.#before = null;
    this.#ghost = null;
    this.moving = false;
    this.moment = 'start';
  }

  /** The charts as they stand, by their figures' ids. */
  #charts(): ReadonlyMap<string, ChartSpec> {
    const drawn = this.figures.filter(({ fault }) => fault === null);
    return new Map(drawn.map(({ id, chart }) => [id, withoutGhost(chart)]));
  }

  /** Depends on what is shown alone, so that a setting whose run is still on its way draws nothing anew. */
  #draw(): DrawnFigure[] {
    const { widget, say } = this;
    const own = this.shown ?? (widget.kind === 'training' ? this.#nothing : null);
    return drawFigures({
      ...{ widget, say, moment: this.moment },
      settings: own?.settings ?? {},
      results: this.seeds.active ? this.seeds.results : own === null ? [] : [own],
      axes: this.#watched ? this.#axes : null,
      gap: this.#watched ? this.#gap : null,
      ghost: this.#ghostShown,
    });
  }

  #findBroken(): BrokenLane[] {
    if (this.widget.kind !== 'training' || this.shown === null || this.seeds.active) return [];
    const { lanes } = this.shown.result as TrainingResult;
    return this.widget.lanes(this.shown.settings, this.say).flatMap(({ name, label }) => {
      const { firstNonFinite: at = null, frameSteps: steps = [] } = lanes[name] ?? {};
      if (at === null) return [];
      const last = steps.findLast((step) => step < at.step);
      return [{ name, label, at, lastFinite: last === undefined ? -1 : this.frames.indexOf(last) }];
    });
  }

  #announce(): string {
    const { states } = this.words;
    // It speaks when the reader lets go.
    if (this.moving || this.pending) return '';
    const many = this.#announceSeeds();
    if (many !== '') return many;
    switch (this.state) {
      case 'idle':
        return this.#changed && this.recorded ? this.#outcome : '';
      case 'loading':
        return states.loading;
      case 'running':
        return this.widget.kind === 'survey' ? states.surveying : states.running;
      case 'paused':
        if (this.widget.kind === 'survey') return states.surveyPaused;
        return states.paused(this.say.count(this.runner.step));
      case 'done':
        return `${this.widget.kind === 'training' ? states.done(this.#outcome) : this.#outcome} ${this.news}`.trim();
      case 'diverged':
        return `${states.diverged(this.#outcome)} ${this.news}`.trim();
      case 'error':
        return this.widget.kind === 'survey'
          ? states.surveyError(this.runner.error ?? '')
          : states.error(this.runner.error ?? '');
    }
  }

  #announceSeeds(): string {
    const { seeds, words } = this;
    const done = this.say.count(seeds.results.length);
    const wanted = this.say.count(seeds.wanted);
    switch (seeds.state) {
      case 'idle':
        return '';
      case 'running':
        return words.states.running;
      case 'stopped':
        return words.seeds.stopped(done, wanted);
      case 'done':
        return `${words.seeds.finished(done)} ${this.description}`;
      case 'error':
        return words.states.error(seeds.error ?? '');
    }
  }
}

function withoutGhost(chart: ChartSpec): ChartSpec {
  if (chart.kind !== 'line') return chart;
  const { ghost: _, ...rest } = chart;
  return rest;
}
