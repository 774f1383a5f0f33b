import type { FormatId } from './formats.ts';
import { JsonDocument } from './jsonDocument.ts';
import { isOfEvaluation } from './jsonLine.ts';
import { meaningOf } from './names.ts';
import type { Stated } from './stated.ts';
import type { Table } from './table.ts';

/** Reads a JSON document into rows: a list of records, or an object of lists as Keras' history. */
export class DocumentLog {
  readonly #table: Table;
  readonly #stated: Stated;
  readonly #parser: JsonDocument;
  readonly #lists = new Map<string, number[]>();
  #isTrainer = false;

  constructor(table: Table, stated: Stated) {
    this.#table = table;
    this.#stated = stated;
    this.#parser = new JsonDocument({
      record: (fields, line) => this.#record(fields, line),
      list: (key, numbers) => this.#lists.set(key, numbers),
      about: (fields) => this.#about(fields),
    });
  }

  push(text: string): void {
    if (/"log_history"/.test(text)) this.#isTrainer = true;
    this.#parser.push(text);
  }

  #record(fields: Map<string, number | string>, line: number): void {
    if (this.#table.full) return;
    const path = isOfEvaluation(Object.fromEntries(fields)) ? 'val/' : '';
    this.#table.begin(line);
    for (const [name, value] of fields)
      if (typeof value === 'number') this.#table.set(path + name, value);
  }

  #about(fields: Map<string, number | string>): void {
    for (const [name, value] of fields) {
      if (typeof value === 'number' && value > 0 && meaningOf(name).role === 'clipThreshold') {
        this.#stated.clipThreshold = value;
        this.#stated.clipSource = `${name} ${value}`;
      }
    }
  }

  end(): FormatId | null {
    if (this.#table.rows === 0) this.#rowsFromLists();
    if (this.#table.rows === 0) return null;
    return this.#isTrainer ? 'trainer-state' : 'json';
  }

  /** The lists that are as long as the longest become columns. */
  #rowsFromLists(): void {
    const longest = Math.max(0, ...[...this.#lists.values()].map(({ length }) => length));
    if (longest < 2) return;
    const columns = [...this.#lists].filter(([, { length }]) => length === longest);
    for (let row = 0; row < longest; row++) {
      this.#table.begin(row + 1);
      for (const [name, numbers] of columns) this.#table.set(name, numbers[row]!);
    }
  }
}
