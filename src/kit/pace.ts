import type { Pace } from '../engine/types';

/** How long a run at normal speed takes, in milliseconds: long enough to watch, short enough to wait for. */
const DURATION = 4000;

/** A short run takes less, in milliseconds a step: each is seen, and none is waited for. */
const STEP_DURATION = 150;

const durationOf = (total: number): number =>
  Math.min(DURATION, Math.max(1, total) * STEP_DURATION);

/** Frames that a run at normal speed is cut into. */
const FRAMES = 120;

/** Frames of a whole run at full speed, after its first: those of a run over many seeds, or of a command. */
export const FULL_FRAMES = 60;

/** How much of a run at full speed one message carries at most, in milliseconds of work. */
const FULL_MESSAGE = 100;

/** The pace of a run at full speed: all of it in one message, where that takes no longer than a moment. */
export const fullPace = (total: number): Pace => ({
  steps: Math.max(1, Math.ceil(total / FULL_FRAMES)),
  milliseconds: FULL_MESSAGE,
  frames: FULL_FRAMES + 1,
});

/** Steps between two frames of a watched run. */
export const watchedGap = (total: number): number => Math.max(1, Math.ceil(total / FRAMES));

/** The pace of single updates that can be followed one by one. */
export const slowPace: Pace = { steps: 1, milliseconds: 30 };

/** Rest between two of them, in milliseconds. */
export const SLOW_REST = 150;

/**
 * The pace of a run that one watches: so many steps a second that the whole takes `durationOf` it. Its frames lie
 * at the same steps on every device; where drawing or training comes late, the next message makes up for it
 * with more of them.
 */
export class WatchedPace {
  readonly #now: () => number;
  /** When the run would have been at step 0, rests taken out. */
  #began: number;
  #slept: number | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** The clock stands still while the run does. */
  sleep(): void {
    this.#slept ??= this.#now();
  }
  wake(): void {
    if (this.#slept !== null) this.#began += this.#now() - this.#slept;
    this.#slept = null;
  }

  /** What the next message holds, from the step shown. */
  next(step: number, total: number): Pace {
    const unit = watchedGap(total);
    const due = Math.floor((total * (this.#now() - this.#began)) / durationOf(total) / unit) * unit;
    const frames = Math.max(1, Math.floor((due - step) / unit));
    return { steps: unit, milliseconds: 40, frames };
  }

  /** Milliseconds until a step is due. */
  until(step: number, total: number): number {
    return this.#began + (step / Math.max(1, total)) * durationOf(total) - this.#now();
  }

  /** Takes a step that came too early or too late for now, such as after another speed. */
  restart(step: number, total: number): void {
    this.#began = this.#now() - (step / Math.max(1, total)) * durationOf(total);
  }
}
