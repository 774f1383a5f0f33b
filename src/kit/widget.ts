import type {
  BackendName,
  Engine,
  EngineService,
  LaneFrame,
  NonFinite,
  TrainingFrame,
} from '../engine/types';
import type { ChartSpec } from './charts/spec';
import type { ParameterTable, Values } from './parameters';

/** Everything one lane has shown so far: what figures, tables and exports are made of. */
export interface LaneResult {
  /** The steps at which `loss` and `accuracy` were taken: every step of a live run, from step 0. */
  steps: number[];
  /** Batch loss. */
  loss: number[];
  /** Batch accuracy; empty for tasks without classes. */
  accuracy: number[];
  /** The steps at which the per-layer statistics below were taken. */
  frameSteps: number[];
  /** [frame][layer]. */
  signalGradientNorm: number[][];
  weightGradientNorm: number[][];
  weightGradientZeros: number[][];
  globalNorm: number[];
  extra: Record<string, number[][]>;
  final: LaneFrame['final'] | null;
  firstNonFinite: NonFinite | null;
}

export interface TrainingResult {
  lanes: Record<string, LaneResult>;
}

/** A training experiment yields frames; a closed form returns its result at once. */
export type TrainingExperiment<V> = (values: V, engine: Engine) => AsyncIterable<TrainingFrame>;
export type ClosedForm<V, R> = (values: V) => R;
/** A survey asks the engine's service itself and yields all it has found so far; the last is whole. */
export type Survey<V, R> = (
  values: V,
  service: EngineService,
  options: { backend?: BackendName | undefined },
) => AsyncIterable<R>;

/** One figure: pure data from parameters and result. `result` is what has been computed so far. */
export interface Figure<V, R> {
  id: string;
  title: string;
  /** One sentence: what to look at. */
  caption: string;
  chart: (values: V, result: R) => ChartSpec;
  /** Whether it has something to show for these values; default always. */
  shown?: (values: V) => boolean;
}

/** One named setting of the parameters, e.g. the problem, or a cure. */
export interface Preset<V> {
  label: string;
  /** What it changes against the default, in words; shown beside its button. */
  note?: string;
  params: Partial<V>;
}

/** What a network stands for beside the others; `neutral` where it only helps to read them. */
export type LaneRole = 'problem' | 'control' | 'cure' | 'neutral';

/** A question that the widget can check by itself from a finished run. */
export interface Challenge<V, R> {
  id: string;
  ask: string;
  hint?: string;
  solved: (values: V, result: R) => boolean;
}

/** One of a widget's named values, as recorded for one of its presets. */
export interface RecordedValue {
  preset: string;
  value: string;
}

interface Declared<P extends ParameterTable, V, R> {
  /** Kebab-case noun: the folder's name, the URL part, the id in MDX. */
  id: string;
  /** Raised when a parameter is renamed or removed, with a migration. */
  version: number;
  migrations?: Record<number, (old: Record<string, string>) => Record<string, string>>;
  title: string;
  summary: string;
  /** The chapter it belongs to (its slug), for the link back from an embed. */
  chapter: string;
  params: P;
  /** `problem` is the default setting; one that shows the cure is called `cure`. */
  presets: Record<string, Preset<V>>;
  /** What a reader's change of one control takes with it: the values then in force. Default: nothing. */
  carry?: (before: V, after: V) => V;
  figures: Figure<V, R>[];
  /** The named numbers that prose may quote by <Measured>, from one run. */
  values: (values: V, result: R) => Record<string, number | number[]>;
  /**
   * What the widget is there to show, as a test over all recorded seeds: two named values, each of a
   * preset, of which the larger is at least `factor` times the smaller.
   */
  contrast: { problem: RecordedValue; cure: RecordedValue; factor: number };
  /** Whether another seed is another run; default: where there is a parameter `seed`. */
  seeded?: (values: V) => boolean;
  /** How many seeds one run uses up, from its own on; default 1. */
  seedsARun?: (values: V) => number;
  /** Over fewer seeds than ten it is recorded for a reason, three at least: a clause such as "each run is …". */
  fewSeeds?: { count: number; because: string };
  /** The sentences under the figure: alt text, live region, print. */
  describe: (values: V, result: R) => string;
  challenges?: Challenge<V, R>[];
  /** A short question with answers to choose before the first run. */
  prediction?: { ask: string; options: { id: string; label: string; reply: string }[] };
  /** Replaces the standard view. */
  view?: () => Promise<{ default: unknown }>;
}

export interface TrainingWidget<
  P extends ParameterTable = ParameterTable,
  V = Values<P>,
> extends Declared<P, V, TrainingResult> {
  kind: 'training';
  /** What each lane is called, in the order drawn, for these parameters. */
  lanes: (values: V) => { name: string; label: string; role: LaneRole; differs?: string }[];
  experiment: () => Promise<{ default: TrainingExperiment<V> }>;
  /** Whether a finished lane counts as "learned" in a run over many seeds. */
  learned: (lane: LaneResult) => boolean;
  /**
   * How much of a run its recording keeps, evenly spaced with both ends: points of each curve
   * (default 150) and frames of the per-layer statistics (default 40); and over how many seeds
   * it is recorded (default 10).
   */
  recorded?: { points?: number; frames?: number; seeds?: number };
}

export interface ClosedFormWidget<
  P extends ParameterTable = ParameterTable,
  R = unknown,
  V = Values<P>,
> extends Declared<P, V, R> {
  kind: 'closedForm';
  experiment: () => Promise<{ default: ClosedForm<V, R> }>;
}

export interface SurveyWidget<
  P extends ParameterTable = ParameterTable,
  R = unknown,
  V = Values<P>,
> extends Declared<P, V, R> {
  kind: 'survey';
  /** `prepare` readies what the first run needs, in idle time once a reader is near the figure. */
  experiment: () => Promise<{ default: Survey<V, R>; prepare?: () => Promise<void> }>;
  /** How much of the work a partial result holds. */
  progress?: (values: V, result: R) => { done: number; total: number };
  /** What a recording keeps: the result without what is true of one machine only, such as times. */
  recorded?: (result: R) => R;
}

/** A training widget, its types forgotten. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- values of an unknown table
export type AnyTrainingWidget = TrainingWidget<any, any>;

/** A survey widget, its types forgotten. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- values of an unknown table
export type AnySurveyWidget = SurveyWidget<any, any, any>;

/** Any widget, its types forgotten: what the registry and the views handle. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- values of an unknown table
export type AnyWidget = AnyTrainingWidget | ClosedFormWidget<any, any, any> | AnySurveyWidget;

/** Declares a widget; the values its functions see are typed from the parameter table. */
export function defineWidget<const P extends ParameterTable>(
  widget: TrainingWidget<P>,
): TrainingWidget<P>;
export function defineWidget<const P extends ParameterTable, R>(
  widget: ClosedFormWidget<P, R>,
): ClosedFormWidget<P, R>;
export function defineWidget<const P extends ParameterTable, R>(
  widget: SurveyWidget<P, R>,
): SurveyWidget<P, R>;
export function defineWidget(widget: AnyWidget): AnyWidget {
  return widget;
}

/**
 * What `npm run record` stores for one canonical parameter string: the run of the first seed,
 * decimated, and the named values of every seed.
 */
export interface Recording {
  /** Canonical parameter string (the codec's), '' for the defaults. */
  key: string;
  version: number;
  backend: string;
  versions: Record<string, string>;
  /** The day on which it was made, such as 2026-11-24 (UTC); older recordings do not say. */
  recorded?: string;
  /** Empty where the setting has nothing random in it and no parameter for a seed. */
  seeds: number[];
  /** The run of the first seed. */
  result: unknown;
  /** values[name][seedIndex]; one entry where there are no seeds. */
  values: Record<string, (number | number[])[]>;
}
