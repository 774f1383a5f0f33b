/** How long a line may be before it is cut: beyond this no trainer prints, and memory is not endless. */
export const LONGEST_LINE = 4_000_000;

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);
const escapes = new RegExp(
  `${ESC}(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|[@-Z\\\\^_])`,
  'g',
);

/** The text without colours and other commands to a terminal. */
export const withoutEscapes = (text: string): string =>
  text.includes(ESC) ? text.replace(escapes, '') : text;

/**
 * Cuts text that comes in pieces into lines. A carriage return begins a line anew, as a terminal does, so
 * what stood before it is a line of its own with the same number; escape sequences are taken out.
 */
export class Lines {
  #rest = '';
  #tooLong = false;
  /** Number of the line at hand, from 1. */
  number = 0;
  /** Lines that were longer than can be read. */
  cut = 0;
  readonly #each: (line: string, number: number, ended: boolean) => void;

  /** `each` gets a line, its number, and whether the file ended it. */
  constructor(each: (line: string, number: number, ended: boolean) => void) {
    this.#each = each;
  }

  push(text: string): void {
    let from = 0;
    let end = text.indexOf('\n');
    while (end !== -1) {
      const piece = text.slice(from, end);
      this.#line(this.#rest === '' ? piece : this.#rest + piece, true);
      this.#rest = '';
      from = end + 1;
      end = text.indexOf('\n', from);
    }
    if (this.#tooLong) return;
    const rest = from === 0 ? text : text.slice(from);
    this.#rest = this.#rest === '' ? rest : this.#rest + rest;
    if (this.#rest.length > LONGEST_LINE) {
      this.#rest = '';
      this.#tooLong = true;
    }
  }

  end(): void {
    if (this.#rest !== '' || this.#tooLong) this.#line(this.#rest, false);
    this.#rest = '';
  }

  #line(raw: string, ended: boolean): void {
    this.number++;
    if (this.#tooLong) {
      this.#tooLong = false;
      this.cut++;
      return;
    }
    const ending = withoutEscapes(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
    // Keras' bars go back by backspaces.
    const line = ending.includes('\b') ? ending.replace(/[\b]+/g, '\r') : ending;
    if (!line.includes('\r')) {
      this.#each(line, this.number, ended);
      return;
    }
    const parts = line.split('\r');
    parts.forEach((part, index) => {
      if (part !== '') this.#each(part, this.number, ended || index < parts.length - 1);
    });
  }
}
