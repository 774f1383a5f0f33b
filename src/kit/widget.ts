import type {
  BackendName,
  Engine,
  EngineService,
  LaneFrame,
  NonFinite,
  TrainingFrame,
  TrainingSpec,
} from '../engine/types';
import type { ChartSpec } from './charts/spec';
import type { ParameterTable, SettingsOf } from './parameters';
import type { Say, Text } from './say';

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

/**
 * How the networks of a training widget are run, by their names, where it is more than training them.
 * Yields the frames.
 */
export type TrainingExperiment = (
  specs: Record<string, TrainingSpec>,
  engine: Engine,
) => AsyncIterable<TrainingFrame>;
/** A closed form returns its result at once. */
export type ClosedForm<S, R> = (settings: S) => R;
/** A survey asks the engine's service itself and yields all it has found so far; the last is whole. */
export type Survey<S, R> = (
  settings: S,
  service: EngineService,
  options: { backend?: BackendName | undefined },
) => AsyncIterable<R>;

/** One figure: pure data from settings and result. `result` is what has been computed so far. */
export interface Figure<S, R> {
  id: string;
  title: Text;
  /** One sentence: what to look at. */
  caption: Text;
  chart: (settings: S, result: R, say: Say) => ChartSpec;
  /** Whether it has something to show with these settings; default always. */
  shown?: (settings: S) => boolean;
  /** Of a training widget: what of the run it draws, see `FigureTime`. */
  time?: FigureTime;
}

/**
 * What of a run a figure draws. `moment`: one step, that of the widget's control of time, which then rests at
 * the start; in a widget without such a figure it rests at the end. `end`: one step too, and the last where the
 * control rests. `course`: all steps, with a line at the step shown. Without any of them: all steps up to the one
 * shown.
 */
export type FigureTime = 'moment' | 'end' | 'course';

/** One named setting of the parameters, e.g. the problem, or a cure. */
export interface Preset<S> {
  label: string;
  /** What it changes against the default, in words; shown beside its button. Says so where it chose its seed. */
  note?: string;
  /**
   * The words under which it is folded away beside others of the same group; default in sight. At most six
   * are in sight: where there are more, each has a group. See `grouped`.
   */
  group?: string;
  params: Partial<S>;
}

/** Presets that are folded away together under a heading of their own. */
export const grouped = <S, const N extends string>(
  group: string,
  presets: Record<N, Preset<S>>,
): Record<N, Preset<S>> =>
  Object.fromEntries(
    Object.entries<Preset<S>>(presets).map(([name, one]) => [name, { ...one, group }]),
  ) as Record<N, Preset<S>>;

/** A preset: its label, what it changes in words ('' where the label says it), and the parameters that it sets. */
export const preset = <S>(
  label: string,
  note: string,
  params: NoInfer<Partial<S>> = {},
): Preset<S> => ({ label, ...(note !== '' && { note }), params });

/** What a network stands for beside the others; `neutral` where it only helps to read them. */
export type LaneRole = 'problem' | 'control' | 'cure' | 'neutral';

/** One network of a comparison, with all that it is: what differs between two of them is in the specifications. */
export interface Lane {
  /** Names it among a widget's values and in its results. */
  name: string;
  label: string;
  role: LaneRole;
  spec: TrainingSpec;
}

/** A lane beside the others: what sets it apart, in words; undefined where nothing does. */
export interface ComparedLane extends Lane {
  differs?: string | undefined;
}

/** A question that the widget can check by itself from a finished run. */
export interface Challenge<S, R> {
  id: string;
  ask: string;
  hint?: string;
  solved: (settings: S, result: R) => boolean;
}

/** A short question before the first run, and what is replied after it to each answer. */
export interface Prediction {
  ask: string;
  replies: Record<string, string>;
}

/** One of a widget's named values, as recorded for one of its presets. */
export interface RecordedValue {
  preset: string;
  value: string;
}

interface Declared<P extends ParameterTable, S, R> {
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
  presets: Record<string, Preset<S>>;
  /** What a reader's change of one control takes with it: the settings then in force. Default: nothing. */
  carry?: (before: S, after: S) => S;
  figures: Figure<S, R>[];
  /** The named numbers that prose may quote by <Measured>, from one run. */
  values: (settings: S, result: R) => NamedValues;
  /**
   * What the widget is there to show, as a test over all recorded seeds: of two named values, each of a
   * preset, the cure's is `better` (the larger or the smaller one) by at least `factor`.
   */
  contrast: Contrast;
  /** Whether another seed is another run; default: where there is a parameter `seed`. */
  seeded?: (settings: S) => boolean;
  /** How many seeds one run uses up, from its own on; default 1. */
  seedsARun?: (settings: S) => number;
  /** Over fewer seeds than ten it is recorded for a reason, three at least: a clause such as "each run is …". */
  fewSeeds?: { count: number; because: string };
  /** The sentences under the figure: alt text, live region, print. */
  describe: (settings: S, result: R, say: Say) => string;
  challenges?: Challenge<S, R>[];
  prediction?: Prediction;
  /** Replaces the standard view. */
  view?: () => Promise<{ default: unknown }>;
  /** The title of what its own view draws above the figures. An embed asks for it by the name `drawing`. */
  drawing?: string;
  /** Whether its own view draws nothing above its figures, but lets a reader take hold of something in them. */
  draggable?: true;
}

/** Named numbers; a list has one entry a layer, or a time step. */
export type NamedValues = Record<string, number | number[]>;

export interface Contrast {
  problem: RecordedValue;
  cure: RecordedValue;
  better: 'larger' | 'smaller';
  factor: number;
}

/** A value of a preset, as in `cure: elu.finalLoss`. */
type ValueOf = `${string}: ${string}`;

/**
 * What a widget is there to show: by what factor the cure's value is larger, or smaller, than the problem's,
 * at least, in every recorded seed.
 */
export function contrast(
  problem: ValueOf,
  cure: ValueOf,
  by: { larger: number } | { smaller: number },
): Contrast {
  const read = (text: ValueOf): RecordedValue => {
    const [preset = '', value = ''] = text.split(': ');
    return { preset, value };
  };
  const [better, factor] =
    'larger' in by ? (['larger', by.larger] as const) : (['smaller', by.smaller] as const);
  return { problem: read(problem), cure: read(cure), better, factor };
}

export interface TrainingWidget<
  P extends ParameterTable = ParameterTable,
  S = SettingsOf<P>,
> extends Declared<P, S, TrainingResult> {
  kind: 'training';
  /** The networks that are trained side by side with these settings, in the order drawn. */
  lanes: (settings: S, say: Say) => ComparedLane[];
  /** Statistics wanted in each frame beside the usual ones, by name. */
  statistics?: string[];
  /** Where an experiment is more than training the lanes. */
  experiment?: () => Promise<{ default: TrainingExperiment }>;
  /** Whether a finished lane counts as "learned" in a run over many seeds. */
  learned: (lane: LaneResult) => boolean;
  /** How many seeds one click trains; default 20. */
  seedsAtOnce?: number;
  /** What else is said of one network over all seeds that have finished. */
  overSeeds?: (lanes: LaneResult[], say: Say) => string;
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
  S = SettingsOf<P>,
> extends Declared<P, S, R> {
  kind: 'closedForm';
  experiment: () => Promise<{ default: ClosedForm<S, R> }>;
}

export interface SurveyWidget<
  P extends ParameterTable = ParameterTable,
  R = unknown,
  S = SettingsOf<P>,
> extends Declared<P, S, R> {
  kind: 'survey';
  /** `prepare` readies what the first run needs, in idle time once a reader is near the figure. */
  experiment: () => Promise<{ default: Survey<S, R>; prepare?: () => Promise<void> }>;
  /** How much of the work a partial result holds. */
  progress?: (settings: S, result: R) => { done: number; total: number };
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

/**
 * Declares a closed form or a survey; the settings that its functions see are typed from the parameter
 * table. Networks that are trained side by side are declared by `defineTraining`.
 */
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
