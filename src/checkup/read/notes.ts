/** Why something in a file was not read. */
export interface Left {
  reason: string;
  count: number;
  /** The first of them: its line and how it begins. */
  line: number;
  example: string;
}

/** Counts what is left out by reason, and keeps one example of each. */
export class LeftOut {
  readonly #byReason = new Map<string, Left>();

  add(reason: string, line: number, example: string): void {
    const left = this.#byReason.get(reason);
    if (left) left.count++;
    else
      this.#byReason.set(reason, { reason, count: 1, line, example: example.trim().slice(0, 120) });
  }

  get all(): Left[] {
    return [...this.#byReason.values()];
  }

  get count(): number {
    return this.all.reduce((sum, { count }) => sum + count, 0);
  }
}
