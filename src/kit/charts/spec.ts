/**
 * A figure as plain data. The same value draws the SVG (server and client), fills the table behind
 * the chart, and is saved as CSV, so they cannot disagree. Charts know arrays, never experiments.
 */

/** What a mark stands for; the palette gives each role a colour, a dash and a point shape. */
export type Role = 'problem' | 'control' | 'cure' | 'theory' | 'neutral' | 'accent';

export interface Axis {
  label: string;
  scale: 'linear' | 'log';
  /** Fixed ends; otherwise from the data. */
  domain?: [number, number];
  /** Ticks only at whole numbers. */
  integer?: boolean;
  /** Of a line chart's y, set where it counts something: nothing is then 0, and never "exactly 0". */
  counts?: true;
  /** Of a heat map, whose numbers are mere places: what stands at each of them. */
  names?: readonly (readonly [number, string])[];
}

export interface Series {
  id: string;
  label: string;
  role: Role;
  x: number[];
  /** NaN, ±Infinity and (on a log axis) 0 are drawn as marked points, never dropped. */
  y: number[];
  /** Range over seeds, drawn as a band around y; with `shade` a region that is marked, and no number of the chart. */
  band?: { low: number[]; high: number[]; shade?: boolean };
  /** `line`, `points` or both; default `line`. */
  mark?: 'line' | 'points' | 'both';
  /** What each point stands for: written beside it, in readings and in the table. */
  names?: string[];
  /**
   * Where its numbers are not the result's own: each is the `mean` of several that are, or what such a mean
   * lacks to 1 (`meanError`, of accuracies), or the band reaches so many of the result's standard errors to
   * both sides.
   */
  derived?: 'mean' | 'meanError' | 'standardErrors';
}

/** A labelled straight line across the plot: chance level, theory, threshold. */
export interface Reference {
  axis: 'x' | 'y';
  at: number;
  label: string;
  /**
   * `stop` is where a run ended at its first non-finite value: a heavier line. `cursor` is the step that other
   * figures show. Default `level`.
   */
  kind?: 'level' | 'stop' | 'cursor';
}

/** How tall a drawing is, where something else than its numbers decides that. */
interface Sized {
  /** Of the whole drawing, in its units, of which it is 400 wide; too little for its axes is not obeyed. */
  height?: number;
}

export interface LineChartSpec extends Sized {
  kind: 'line';
  x: Axis;
  y: Axis;
  series: Series[];
  references?: Reference[];
  /** What was shown before, faint behind the series: without names, points, table or readings. */
  ghost?: Series[];
  /** The id of a series to bring out: the others stand back. Without a series of that id all stand alike. */
  emphasis?: string;
}

/** Lines, points or words over a heat map, in the units of its rows and columns. */
export interface HeatOverlay {
  id: string;
  label: string;
  role: Role;
  x: number[];
  y: number[];
  /** `words` stand in the middle of their cells, and in place of what signs would say there. */
  mark: 'line' | 'points' | 'words';
  /** Stands beside each point, or in its cell. */
  text?: string[];
}

/** Layer by step: `values[row][column]`, coloured by log10 on the cold-neutral-hot scale. */
export interface HeatMapSpec extends Sized {
  kind: 'heat';
  x: Axis;
  y: Axis;
  /** Rows from bottom to top (layer 1 first). */
  rows: number[];
  columns: number[];
  values: number[][];
  /** Set where the picture is a formula over its places; what lies over it is measured or not by its role. */
  theory?: true;
  /** The distance of columns that are still to come: cells and axis then stay while the map fills. */
  gap?: number;
  /** log10 at the cold end, neutral and hot end; default [-8, 0, 4]. */
  scale?: [number, number, number];
  /** Set where its values are counts or shares: see `Axis`. */
  counts?: true;
  valueLabel: string;
  /** Vertical lines only (`axis: 'x'`), e.g. the step at which a run stopped. */
  references?: Reference[];
  overlay?: HeatOverlay[];
}

export interface HistogramSpec {
  kind: 'histogram';
  x: Axis;
  /**
   * One small histogram a panel, sharing the x axis; `edges` is one longer than `counts`. Bars show
   * counts per width, each panel to its own height.
   */
  panels: { label: string; role: Role; edges: number[]; counts: number[]; note?: string }[];
}

/** One layer of a drawn network: a number for each of its units. */
export interface NetworkLayer {
  activation: number[];
  /** ∂L/∂z of each unit. */
  signal: number[];
}

/** All connections between two layers. */
export interface NetworkBundle {
  /** Their size: √fanIn times the root mean square of the weights, which keeps a signal's size where it is 1. */
  weight: number;
  /** ‖∂L/∂W‖. */
  gradient: number;
}

/**
 * A network with one example in it, unit by unit: what goes in, what each unit makes of it, what is read, and
 * the error's signal on its way back, as a share of what the last hidden layer has of it.
 */
export interface NetworkSpec {
  kind: 'network';
  /** What goes in: an image's pixels row by row, 0 white and 1 black, or numbers of another kind. */
  input: { values: number[]; image: boolean; text: string };
  /** The hidden layers, the first one first. */
  layers: NetworkLayer[];
  /** What comes out: a share for each of the outputs, and the signal at them. */
  output: {
    shares: number[];
    signal: number[];
    names: string[];
    text: string;
    right: number | null;
  };
  /** Into each layer, the output layer at the end. */
  bundles: NetworkBundle[];
  /** log10 of the signal's share at the cold end, neutral and hot end. */
  scale: [number, number, number];
  /** Beside some layers, what is left of the signal there; '' beside the others. */
  factors: string[];
  /** Beside them: what they are. */
  left: string;
  /** What the ribbons' shades say, at their cold end, neutral and hot end. */
  legend: string[];
  /** Under the layers' numbers. */
  axis: string;
  /** All that it shows, in sentences. */
  told: string;
  /** Names of the table's columns and of its rows for whole layers. */
  names: {
    layer: string;
    unit: string;
    activation: string;
    signal: string;
    weight: string;
    gradient: string;
    input: string;
    output: string;
    all: string;
  };
}

export type ChartSpec = LineChartSpec | HeatMapSpec | HistogramSpec | NetworkSpec;
