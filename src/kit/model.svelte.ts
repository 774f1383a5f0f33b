import type { BackendName, NonFinite } from '../engine/types';
import { fillAfterBreak } from './afterBreak';
import type { ChartSpec } from './charts/spec';
import { canonical, type AnySettings } from './codec';
import type { WidgetHost } from './host';
import { mergeCharts } from './merge';
import { emptyResult, frameSteps, upToStep } from './result';
import { Runner, type RunState } from './runner.svelte';
import { sayIn, textOf, type Say } from './say';
import { SeedRun } from './seeds.svelte';
import { tellSeeds } from './tellSeeds';
import { totalSteps } from './training/run';
import type { AnyWidget, Recording, TrainingResult } from './widget';
import type { Words } from './words';

/** How many seeds one click trains. */
export const SEED_COUNT = 20;

export interface DrawnFigure {
  id: string;
  title: string;
  caption: string;
  chart: ChartSpec;
  /** What table and CSV hold: the chart's numbers, with NaN where a run that broke has none. */
  numbers: ChartSpec;
}

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
  readonly runner: Runner;
  readonly seeds = new SeedRun();

  settings: AnySettings = $state.raw({});
  /** The step that the reader went back to; null shows the latest. */
  scrubbed: number | null = $state(null);
  /** Challenges solved since the page was opened. */
  solved: ReadonlySet<string> = $state.raw(new Set());
  /** Whether a run has ended since the page was opened. */
  finished = $state(false);
  #recordings: Record<string, Recording> = $state.raw({});
  /** What was computed last and for which settings; a closed form shows it until the next is ready. */
  #closed: { settings: AnySettings; result: unknown } | null = $state.raw(null);

  readonly key: string = $derived.by(() => canonical(this.widget.params, this.settings));
  readonly recording: Recording | null = $derived.by(() => this.#recordings[this.key] ?? null);
  /** True where the figures show a recording. */
  readonly recorded: boolean = $derived.by(
    () => this.recording !== null && this.runner.result === null && this.runner.computed === null,
  );
  /** The whole result so far: of the run, else of the recording; null where there is neither. */
  readonly result: unknown = $derived.by(
    () => this.runner.result ?? this.runner.computed ?? this.recording?.result ?? null,
  );
  readonly frames: number[] = $derived.by(() =>
    this.widget.kind === 'training' && this.result !== null
      ? frameSteps(this.result as TrainingResult)
      : [],
  );
  readonly total: number = $derived.by(() => totalSteps(this.lanes));
  readonly step: number = $derived.by(() => this.scrubbed ?? this.frames.at(-1) ?? 0);
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
    return this.scrubbed === null
      ? this.#outcome
      : this.widget.describe(
          this.settings,
          upToStep(this.result as TrainingResult, this.scrubbed) as never,
          this.say,
        );
  });
  readonly #outcome: string = $derived.by(() => {
    const settings = this.#closed && this.result === null ? this.#closed.settings : this.settings;
    const result = this.result ?? this.#closed?.result ?? null;
    return result === null ? '' : this.widget.describe(settings, result as never, this.say);
  });
  readonly state: RunState = $derived.by(() => this.runner.state);
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
    if (recording !== null) this.#recordings = { [recording.key]: recording };
    this.runner = new Runner({
      widget,
      settings,
      service: () => host?.service() ?? Promise.reject(new Error(words.notes.unknownFailure)),
      backend: host?.backend,
      unknownFailure: words.notes.unknownFailure,
    });
  }

  run(): void {
    this.scrubbed = null;
    this.seeds.reset();
    this.runner.run();
  }

  pause(): void {
    this.runner.pause();
  }

  makeStep(): void {
    this.scrubbed = null;
    this.seeds.reset();
    this.runner.makeStep();
  }

  reset(): void {
    this.scrubbed = null;
    this.seeds.reset();
    this.runner.reset();
  }

  /** Shows the frame of that index in `frames`; the last one, or any after it, is the latest. */
  showFrame(index: number): void {
    if (this.state === 'running') this.pause();
    const last = this.frames.length - 1;
    this.scrubbed = index >= last ? null : (this.frames[Math.max(0, index)] ?? null);
  }

  /** Other settings: what is shown no longer belongs to them, unless they have a recording. */
  setSettings(settings: AnySettings): void {
    if (this.runner.computed !== null)
      this.#closed = { settings: this.settings, result: this.runner.computed };
    this.settings = settings;
    this.scrubbed = null;
    this.seeds.reset();
    this.runner.setSettings(settings);
    void this.#loadRecordings();
  }

  /** A setting changed by the reader. */
  change(name: string, value: string | number | boolean): void {
    const changed = { ...this.settings, [name]: value };
    this.choose(this.widget.carry?.(this.settings, changed) ?? changed);
  }

  /** Several settings changed by the reader. */
  choose(settings: AnySettings): void {
    this.setSettings(settings);
    this.host?.changed?.(settings);
  }

  /** What computes the next run; a run never changes it by itself, so the one under way ends here. */
  setBackend(backend: BackendName | undefined): void {
    if (backend === this.runner.backend) return;
    this.reset();
    this.runner.backend = backend;
  }

  /** Starts anew on a backend that the reader chose. */
  runOn(backend: BackendName): void {
    this.reset();
    this.runner.backend = backend;
    this.run();
  }

  trainSeeds(): void {
    if (this.widget.kind !== 'training' || this.host === undefined) return;
    this.reset();
    void this.seeds.start(this.widget, this.settings, SEED_COUNT, this.host.service, {
      backend: this.runner.backend,
      unknownFailure: this.words.notes.unknownFailure,
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
    if (news.length > 0) this.solved = new Set([...this.solved, ...news.map(({ id }) => id)]);
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

  #draw(): DrawnFigure[] {
    const { widget, settings, say } = this;
    const draw = (from: AnySettings, result: unknown) =>
      widget.figures
        .filter(({ shown }) => shown?.(from as never) ?? true)
        .map(({ id, title, caption, chart }) => ({
          id,
          title: textOf(title, say),
          caption: textOf(caption, say),
          chart: chart(from, result as never, say),
        }))
        .map((figure) => ({
          ...figure,
          get numbers() {
            return widget.kind === 'training'
              ? fillAfterBreak(figure.chart, result as TrainingResult)
              : figure.chart;
          },
        }));
    if (widget.kind !== 'training') {
      if (this.result !== null) return draw(settings, this.result);
      return this.#closed ? draw(this.#closed.settings, this.#closed.result) : [];
    }
    if (this.seeds.active) {
      const all = this.seeds.results.map(({ settings, result }) => draw(settings, result));
      return (all[0] ?? []).map(({ id, title, caption }, i) => {
        const chart = mergeCharts(all.flatMap((one) => one[i]?.chart ?? []));
        return { id, title, caption, chart, numbers: chart };
      });
    }
    const result = (this.result ??
      emptyResult(this.lanes.map(({ name }) => name))) as TrainingResult;
    return draw(settings, this.scrubbed === null ? result : upToStep(result, this.scrubbed));
  }

  #findBroken(): BrokenLane[] {
    if (this.widget.kind !== 'training' || this.result === null || this.seeds.active) return [];
    const { lanes } = this.result as TrainingResult;
    return this.lanes.flatMap(({ name, label }) => {
      const { firstNonFinite: at = null, frameSteps: steps = [] } = lanes[name] ?? {};
      if (at === null) return [];
      const last = steps.findLast((step) => step < at.step);
      return [{ name, label, at, lastFinite: last === undefined ? -1 : this.frames.indexOf(last) }];
    });
  }

  #announce(): string {
    const { states } = this.words;
    const many = this.#announceSeeds();
    if (many !== '') return many;
    switch (this.state) {
      case 'idle':
        return '';
      case 'loading':
        return states.loading;
      case 'running':
        return this.widget.kind === 'survey' ? states.surveying : states.running;
      case 'paused':
        if (this.widget.kind === 'survey') return states.surveyPaused;
        return states.paused(this.say.count(this.runner.step));
      case 'done':
        return this.widget.kind === 'training' ? states.done(this.#outcome) : this.#outcome;
      case 'diverged':
        return states.diverged(this.#outcome);
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
