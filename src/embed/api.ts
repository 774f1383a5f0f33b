/**
 * The types of Gradient Lab's element, version 1: `<gradient-lab widget="…">` as /embed/v1.js defines
 * it. The site publishes this file as /embed/v1.d.ts; keep a copy beside your own types.
 */

/** `light`, `dark`, or `auto`: what the reader's system prefers. */
export type Theme = 'light' | 'dark' | 'auto';

/** What stands beside the figures: nothing, the buttons that run it, or every setting as well. */
export type Controls = 'none' | 'run' | 'all';

/** The state a widget is in. */
export type WidgetState = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'diverged' | 'error';

/**
 * The named numbers of a run: a number, or one entry a layer or time step. Those that are not finite
 * are the words NaN, Infinity and -Infinity.
 */
export type Outcome = Record<string, number | string | (number | string)[]>;

/** The widget can be driven from now on. */
export interface ReadyDetail {
  type: 'ready';
  /** The widget's id. */
  widget: string;
  /** The version of the widget's parameters. */
  version: number;
  title: string;
}

/** The widget has shown something new. */
export interface FrameDetail {
  type: 'frame';
  state: WidgetState;
  result: Outcome;
}

/** A run has ended: it is done, or it diverged. */
export interface DoneDetail {
  type: 'done';
  state: WidgetState;
  result: Outcome;
}

/** Something was not understood or failed; the sentence says what, and what is allowed. */
export interface ErrorDetail {
  type: 'error';
  message: string;
}

/** The element's own events. They bubble. */
export interface GradientLabEventMap {
  /** The widget can be driven from now on; methods called before are obeyed now. */
  'gradient-lab-ready': CustomEvent<ReadyDetail>;
  /** The widget has shown something new; `result` holds its numbers. */
  'gradient-lab-frame': CustomEvent<FrameDetail>;
  /** A run has ended, as done or diverged. */
  'gradient-lab-done': CustomEvent<DoneDetail>;
  /** An attribute was not understood, or a run failed; the detail holds a sentence. */
  'gradient-lab-error': CustomEvent<ErrorDetail>;
}

/** `<gradient-lab>`: a live figure of Gradient Lab in a frame that sizes itself. */
export interface GradientLabElement extends HTMLElement {
  /** The widget's id, as listed at /embed/. */
  widget: string;
  /** `light`, `dark`, or `auto`: what the reader's system prefers. */
  theme: Theme;
  /**
   * The ids of the figures to show, with commas between; '' for the whole widget. Where `figures` or
   * `controls` is given, they fill the frame: it is as tall as the element is made by its page, else 640 pixels.
   */
  figures: string;
  /** What stands beside the figures; default `all`. */
  controls: Controls;
  /** The widget's parameters as given, by kebab-case name. Setting it replaces all of them. */
  get parameters(): Record<string, string>;
  set parameters(next: Record<string, string | number | boolean>);
  /** The named numbers of the run so far, or null before the first frame. */
  readonly result: Outcome | null;
  /** Starts the run, or goes on with a paused one. */
  run(): void;
  /** Pauses the run. */
  pause(): void;
  /** Computes one step and pauses. */
  step(): void;
  /** Throws the run away. */
  reset(): void;
  addEventListener<K extends keyof GradientLabEventMap>(
    type: K,
    listener: (this: GradientLabElement, event: GradientLabEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-lab': GradientLabElement;
  }
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the events bubble
  interface DocumentEventMap extends GradientLabEventMap {}
}
