import { EventFile } from './events.ts';
import type { LeftOut } from './notes.ts';
import type { Reading } from './reading.ts';
import type { Table } from './table.ts';

/** Reads a TensorBoard event file into rows: the tags of one step are one row. */
export class EventLog {
  readonly #table: Table;
  readonly #file: EventFile;
  #step: number | null = null;
  readonly #inRow = new Set<string>();

  constructor(table: Table, left: LeftOut, damage: Reading['damage']) {
    this.#table = table;
    this.#file = new EventFile({
      event: (step, scalars, record) => {
        for (const { tag, value } of scalars) this.#scalar(step, tag, value, record);
      },
      other: (what, record) => left.add(what, record, ''),
      damage: (at, what) => {
        if (damage.length < 100) damage.push({ at, what });
      },
    });
  }

  push(bytes: Uint8Array): void {
    this.#file.push(bytes);
  }

  end(): void {
    this.#file.end();
  }

  #scalar(step: number, tag: string, value: number, record: number): void {
    if (step !== this.#step || this.#inRow.has(tag)) {
      if (this.#table.full) return;
      this.#table.begin(record);
      this.#table.set('step', step);
      this.#step = step;
      this.#inRow.clear();
    }
    this.#inRow.add(tag);
    this.#table.set(tag, value);
  }
}
