import { fieldsOf, isHeader, type CsvShape } from './csv.ts';
import type { FormatId } from './formats.ts';
import type { LeftOut } from './notes.ts';
import { numberFrom } from './numbers.ts';
import { readStated, type Stated } from './stated.ts';
import type { Table } from './table.ts';

/** Reads a table of text whose shape is known, line by line. */
export class CsvLog {
  readonly #shape: CsvShape;
  readonly #table: Table;
  readonly #left: LeftOut;
  readonly #stated: Stated;
  #names: string[];
  #seen = 0;

  constructor(shape: CsvShape, table: Table, left: LeftOut, stated: Stated) {
    this.#shape = shape;
    this.#table = table;
    this.#left = left;
    this.#stated = stated;
    this.#names = unique(shape.header);
  }

  line(text: string, number: number, ended: boolean): void {
    if (text.trim() === '') return;
    const { delimiter, comma, header, skip } = this.#shape;
    const place = this.#seen++;
    if (header.length > 0 && place <= skip) {
      if (place < skip) {
        readStated(text, this.#stated);
        this.#left.add('before the header', number, text);
      }
      return;
    }
    const fields = fieldsOf(text, delimiter);
    if (header.length === 0 && this.#names.length === 0)
      this.#names = fields.map((_, index) => `column ${index + 1}`);
    if (fields.length !== this.#names.length) {
      // Loggers that find a new metric write a longer header and go on.
      if (header.length > 0 && isHeader(fields) && fields.length > 2) this.#names = unique(fields);
      else
        this.#left.add(
          ended ? 'another number of fields' : 'cut off at the end of the file',
          number,
          text,
        );
      return;
    }
    if (isHeader(fields)) {
      this.#names = unique(fields);
      this.#left.add('header again', number, text);
      return;
    }
    if (this.#table.full) {
      this.#left.add('beyond what fits in memory', number, '');
      return;
    }
    // The last number of a line that has no end may be cut.
    const whole = ended ? fields.length : fields.length - 1;
    let row = false;
    for (let i = 0; i < whole; i++) {
      const value = numberFrom(fields[i]!, comma);
      if (value === undefined) continue;
      if (!row) this.#table.begin(number);
      row = true;
      this.#table.set(this.#names[i]!, value);
    }
    if (!row) this.#left.add('no number in it', number, text);
  }

  end(): FormatId | null {
    if (this.#table.rows === 0) return null;
    const names = this.#names.map((name) => name.toLowerCase());
    const has = (name: string): boolean => names.includes(name);
    if (names.length === 3 && has('wall time') && has('step') && has('value'))
      return 'tensorboard-csv';
    if (this.#names[0] === 'Step') return 'wandb-csv';
    if (has('epoch') && has('step')) return 'lightning-csv';
    if (names[0] === 'epoch' && has('loss')) return 'keras-csv';
    return 'csv';
  }
}

/** Names of the columns, each once; one without a name is called by its place. */
function unique(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((field, index) => {
    const name = field.trim() || `column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
