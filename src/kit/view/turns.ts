/** How much drawing one task may hold before the page is let go on, in milliseconds. */
const SLICE = 4;

/**
 * Draws what has changed, one after another in the order asked, in tasks so short that the page stays
 * responsive. What is asked again before its turn is drawn once, as it is then.
 */
export class Turns {
  readonly #waiting = new Map<object, () => void>();
  #coming = false;

  /** Asks for a turn; `draw` must have drawn when it returns. */
  take(who: object, draw: () => void): void {
    this.#waiting.set(who, draw);
    if (this.#coming) return;
    this.#coming = true;
    // Not in the task that brought the news, which has been long enough.
    setTimeout(() => this.#work());
  }

  /** Gives up a turn. */
  leave(who: object): void {
    this.#waiting.delete(who);
  }

  #work(): void {
    const start = performance.now();
    for (const [who, draw] of this.#waiting) {
      this.#waiting.delete(who);
      draw();
      if (performance.now() - start >= SLICE) break;
    }
    this.#coming = this.#waiting.size > 0;
    if (this.#coming) setTimeout(() => this.#work());
  }
}

/** The turns of all figures of the page. */
export const turns = new Turns();
