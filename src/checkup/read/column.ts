/** A growing list of numbers in a typed array, so that a file of millions of lines fits in memory. */
export class Numbers {
  #values = new Float64Array(8);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index < 0 ? this.length + index : index]!;
  }

  /** The numbers so far, without a copy. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }

  /** Takes the last number off again. */
  pop(): void {
    if (this.length > 0) this.length--;
  }
}

/** What a file holds under one name: which rows have it, and what stands there. A cell may be NaN, or missing. */
export class Column {
  readonly name: string;
  readonly rows = new Numbers();
  readonly values = new Numbers();

  constructor(name: string) {
    this.name = name;
  }

  /** Puts a number into a row; the first one counts where a row names it twice. */
  set(row: number, value: number): void {
    if (this.rows.length > 0 && this.rows.at(-1) === row) return;
    this.rows.push(row);
    this.values.push(value);
  }

  /** Takes what stands in a row off again, if it is the last. */
  unset(row: number): void {
    if (this.rows.length > 0 && this.rows.at(-1) === row) {
      this.rows.pop();
      this.values.pop();
    }
  }
}
