import { Column, Numbers } from './column.ts';

/** How many numbers are kept at most; what a file holds beyond is left out, and said so. */
export const MOST_CELLS = 60_000_000;

/** The columns that a file has, in the order in which they were met, over rows counted from 0. */
export class Table {
  readonly columns = new Map<string, Column>();
  /** The line of the file on which each row stands, from 1 (in an event file: the number of its record). */
  readonly lines = new Numbers();
  rows = 0;
  cells = 0;

  get full(): boolean {
    return this.cells >= MOST_CELLS;
  }

  /** Begins a row, which `set` fills; returns its number. */
  begin(line: number): number {
    this.lines.push(line);
    return this.rows++;
  }

  /** Puts a number into the last row. */
  set(name: string, value: number): void {
    let column = this.columns.get(name);
    if (column === undefined) {
      column = new Column(name);
      this.columns.set(name, column);
    }
    column.set(this.rows - 1, value);
    this.cells++;
  }

  /** Takes the last row off again, with all that stands in it. */
  dropLast(): void {
    if (this.rows === 0) return;
    this.rows--;
    this.lines.pop();
    for (const [name, column] of this.columns) {
      column.unset(this.rows);
      if (column.rows.length === 0) this.columns.delete(name);
    }
  }
}
