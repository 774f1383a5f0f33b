import type { BackendName, NonFinite } from '../engine/types';
import { fillAfterBreak } from './afterBreak';
import type { ChartSpec } from './charts/spec';
import { canonical, type AnyValues } from './codec';
import { formatCount } from './format';
import type { WidgetHost } from './host';
import { mergeCharts } from './merge';
import { emptyResult, frameSteps, upToStep } from './result';
import { Runner, type RunState } from './runner.svelte';
import { SeedRun } from './seeds.svelte';
import { tellSeeds } from './tellSeeds';
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
 * What a widget shows: values, the run or its recording, and all that derives from them. The
 * standard view and a widget's own view draw the same model. Without a host it is still.
 */
export class WidgetModel {
  readonly widget: AnyWidget;
  readonly host: WidgetHost | undefined;
  readonly words: Words;
  readonly runner: Runner;
  readonly seeds = new SeedRun();

  values: AnyValues = $state.raw({});
  /** The step that the reader went back to; null shows the latest. */
  scrubbed: number | null = $state(null);
  /** Challenges solved since the page was opened. */
  solved: ReadonlySet<string> = $state.raw(new Set());
  /** Whether a run has ended since the page was opened. */
  finished = $state(false);
  #recordings: Record<string, Recording> = $state.raw({});
  /** What was computed last and for which values; a closed form shows it until the next is ready. */
  #closed: { values: AnyValues; result: unknown } | null = $state.raw(null);

  readonly key: string = $derived.by(() => canonical(this.widget.params, this.values));
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
  readonly total: number = $derived.by(() => this.runner.total || (this.frames.at(-1) ?? 0));
  readonly step: number = $derived.by(() => this.scrubbed ?? this.frames.at(-1) ?? 0);
  readonly lanes = $derived.by(() =>
    this.widget.kind === 'training' ? this.widget.lanes(this.values) : [],
  );
  readonly figures: DrawnFigure[] = $derived.by(() => this.#draw());
  /** The lanes that left the finite numbers, in what the figures can show of one run. */
  readonly broken: BrokenLane[] = $derived.by(() => this.#findBroken());
  /** What the figures show, in words: of the step shown, or of all seeds together. */
  readonly description: string = $derived.by(() => {
    if (this.seeds.active && this.widget.kind === 'training')
      return tellSeeds(this.seeds.results, this.widget, this.values, this.words);
    return this.scrubbed === null
      ? this.#outcome
      : this.widget.describe(
          this.values,
          upToStep(this.result as TrainingResult, this.scrubbed) as never,
        );
  });
  readonly #outcome: string = $derived.by(() => {
    const values = this.#closed && this.result === null ? this.#closed.values : this.values;
    const result = this.result ?? this.#closed?.result ?? null;
    return result === null ? '' : this.widget.describe(values, result as never);
  });
  readonly state: RunState = $derived.by(() => this.runner.state);
  /** Says each change of state, once, for the live region. */
  readonly announcement: string = $derived.by(() => this.#announce());

  constructor(options: {
    widget: AnyWidget;
    values: AnyValues;
    recording: Recording | null;
    host: WidgetHost | undefined;
    words: Words;
  }) {
    const { widget, values, recording, host, words } = options;
    this.widget = widget;
    this.host = host;
    this.words = words;
    this.values = values;
    if (recording !== null) this.#recordings = { [recording.key]: recording };
    this.runner = new Runner({
      widget,
      values,
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

  /** Other values: what is shown no longer belongs to them, unless they have a recording. */
  setValues(values: AnyValues): void {
    if (this.runner.computed !== null)
      this.#closed = { values: this.values, result: this.runner.computed };
    this.values = values;
    this.scrubbed = null;
    this.seeds.reset();
    this.runner.setValues(values);
    void this.#loadRecordings();
  }

  /** A setting changed by the reader. */
  change(name: string, value: string | number | boolean): void {
    const changed = { ...this.values, [name]: value };
    this.choose(this.widget.carry?.(this.values, changed) ?? changed);
  }

  /** Several settings changed by the reader. */
  choose(values: AnyValues): void {
    this.setValues(values);
    this.host?.changed?.(values);
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
    void this.seeds.start(this.widget, this.values, SEED_COUNT, this.host.service, {
      backend: this.runner.backend,
      unknownFailure: this.words.notes.unknownFailure,
    });
  }

  /** All that the widget holds now, as plain data: what is saved as JSON. */
  everything(): Record<string, unknown> {
    const { widget, values, result } = this;
    const seeds = this.seeds.results;
    return {
      widget: widget.id,
      version: widget.version,
      params: values,
      address: this.host?.link(values),
      backend: this.recorded ? this.recording?.backend : this.runner.info,
      recorded: this.recorded,
      values: result === null ? null : widget.values(values, result as never),
      result,
      ...(seeds.length > 0
        ? {
            seeds: {
              wanted: this.seeds.wanted,
              results: seeds.map(({ seed, result: one }) => ({
                seed,
                values: widget.values({ ...values, seed }, one as never),
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
        !this.solved.has(challenge.id) && challenge.solved(this.values, result as never),
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
    const { widget, values } = this;
    const draw = (from: AnyValues, result: unknown) =>
      widget.figures
        .filter(({ shown }) => shown?.(from as never) ?? true)
        .map(({ id, title, caption, chart }) => ({
          id,
          title,
          caption,
          chart: chart(from, result as never),
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
      if (this.result !== null) return draw(values, this.result);
      return this.#closed ? draw(this.#closed.values, this.#closed.result) : [];
    }
    if (this.seeds.active) {
      const all = this.seeds.results.map(({ seed, result }) => draw({ ...values, seed }, result));
      return (all[0] ?? []).map(({ id, title, caption }, i) => {
        const chart = mergeCharts(all.flatMap((one) => one[i]?.chart ?? []));
        return { id, title, caption, chart, numbers: chart };
      });
    }
    const result = (this.result ??
      emptyResult(this.lanes.map(({ name }) => name))) as TrainingResult;
    return draw(values, this.scrubbed === null ? result : upToStep(result, this.scrubbed));
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
        return states.paused(formatCount(this.runner.step, this.words.locale));
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
    const done = formatCount(seeds.results.length, words.locale);
    const wanted = formatCount(seeds.wanted, words.locale);
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
