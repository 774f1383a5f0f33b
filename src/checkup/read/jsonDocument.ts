import { numberFrom } from './numbers.ts';

type Field = number | string;

interface Level {
  kind: '{' | '[';
  /** Key of the parent under which it stands. */
  key: string;
  /** An object's own numbers and short strings, with those of objects inside it. */
  fields: Map<string, Field>;
  /** A list's numbers. */
  numbers: number[];
  /** How many lists enclose it. */
  lists: number;
  line: number;
  hasNumber: boolean;
  /** Whether a record was told from within it: then it is a container and no record itself. */
  container: boolean;
}

export interface DocumentSink {
  /** A record: an element of a list of objects, or one of several objects that follow one another. */
  record: (fields: Map<string, Field>, line: number) => void;
  /** A list of numbers under a key of the outermost object, as in Keras' `History.history`. */
  list: (key: string, numbers: number[]) => void;
  /** What an object that holds records says besides. */
  about: (fields: Map<string, Field>) => void;
}

/** Quotes, brackets, commas, colons and blanks end a number or a bare word. */
const endsBare = (c: number): boolean =>
  c === 44 ||
  c === 10 ||
  c === 125 ||
  c === 93 ||
  c === 32 ||
  c === 58 ||
  c === 34 ||
  c === 13 ||
  c === 9 ||
  c === 91 ||
  c === 123;

const LONGEST_STRING = 300;
const DEEPEST = 64;
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/**
 * Reads a JSON document of any size in pieces, each character once: hands over its records as soon as they
 * are closed, so that a document that is cut off in the middle gives what stood before. Bare `NaN`,
 * `Infinity`, `None`, comments and stray characters do not stop it.
 */
export class JsonDocument {
  readonly #levels: Level[] = [];
  readonly #sink: DocumentSink;
  #key: string | null = null;
  #token = '';
  #text: string | null = null;
  #escaped = false;
  #unicode: string | null = null;
  #line = 1;
  #tooDeep = 0;

  constructor(sink: DocumentSink) {
    this.#sink = sink;
  }

  push(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10) this.#line++;
      if (this.#text !== null) {
        if (this.#escaped || this.#unicode !== null) this.#afterBackslash(text[i]!);
        else if (c === 92) this.#escaped = true;
        else if (c === 34) this.#string();
        else {
          // A plain stretch of the string at once.
          let end = i + 1;
          while (end < text.length) {
            const d = text.charCodeAt(end);
            if (d === 34 || d === 92 || d === 10) break;
            end++;
          }
          if (this.#text.length < LONGEST_STRING) this.#text += text.slice(i, end);
          i = end - 1;
        }
        continue;
      }
      switch (c) {
        case 34:
          this.#text = '';
          break;
        case 123:
          this.#open('{');
          break;
        case 91:
          this.#open('[');
          break;
        case 125:
        case 93:
          this.#bare();
          this.#close(c === 125 ? '{' : '[');
          break;
        case 44:
          this.#bare();
          this.#key = null;
          break;
        case 58:
        case 32:
        case 10:
        case 13:
        case 9:
          this.#bare();
          break;
        default: {
          // A number or a bare word, as far as it goes, at once.
          let end = i + 1;
          while (end < text.length && !endsBare(text.charCodeAt(end))) end++;
          if (this.#token.length < 64) this.#token += text.slice(i, Math.min(end, i + 64));
          i = end - 1;
        }
      }
    }
  }

  #afterBackslash(char: string): void {
    if (this.#unicode !== null) {
      this.#unicode += char;
      if (this.#unicode.length === 4) {
        this.#text += String.fromCharCode(Number.parseInt(this.#unicode, 16) || 0xfffd);
        this.#unicode = null;
      }
    } else {
      this.#escaped = false;
      if (char === 'u') this.#unicode = '';
      else this.#text += escapes[char] ?? char;
    }
  }

  #string(): void {
    const text = this.#text!;
    this.#text = null;
    const level = this.#levels.at(-1);
    if (!level) return;
    if (level.kind === '[') {
      const number = numberFrom(text);
      if (number !== undefined) level.numbers.push(number);
    } else if (this.#key === null) this.#key = text;
    else {
      const number = text.length < 40 ? numberFrom(text) : undefined;
      level.fields.set(this.#key, number ?? text.slice(0, 100));
      if (number !== undefined) level.hasNumber = true;
      this.#key = null;
    }
  }

  #bare(): void {
    if (this.#token === '') return;
    const number = numberFrom(this.#token);
    this.#token = '';
    const level = this.#levels.at(-1);
    if (!level || number === undefined) return;
    if (level.kind === '[') level.numbers.push(number);
    else if (this.#key !== null) {
      level.fields.set(this.#key, number);
      level.hasNumber = true;
      this.#key = null;
    }
  }

  #open(kind: '{' | '['): void {
    this.#token = '';
    const parent = this.#levels.at(-1);
    if (this.#levels.length >= DEEPEST) {
      this.#tooDeep++;
      return;
    }
    this.#levels.push({
      kind,
      key: this.#key ?? '',
      fields: new Map(),
      numbers: [],
      lists: (parent?.lists ?? 0) + (parent?.kind === '[' ? 1 : 0),
      line: this.#line,
      hasNumber: false,
      container: false,
    });
    this.#key = null;
  }

  #close(kind: '{' | '['): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const level = this.#levels.at(-1);
    // A bracket that closes nothing is passed over.
    if (!level || level.kind !== kind) return;
    this.#levels.pop();
    this.#key = null;
    const parent = this.#levels.at(-1);
    if (kind === '[') this.#closeList(level, parent);
    else this.#closeObject(level, parent);
  }

  #closeList(level: Level, parent: Level | undefined): void {
    if (level.container && parent) parent.container = true;
    if (level.numbers.length === 0) return;
    if (this.#levels.length === 1 && parent?.kind === '{' && level.lists === 0)
      this.#sink.list(level.key, level.numbers);
    else if (parent?.kind === '{') {
      level.numbers.forEach((value, place) => parent.fields.set(`${level.key}/${place}`, value));
      parent.hasNumber = true;
    }
  }

  #closeObject(level: Level, parent: Level | undefined): void {
    if (parent?.kind === '{') {
      if (level.container) parent.container = true;
      if (level.hasNumber) parent.hasNumber = true;
      for (const [key, field] of level.fields) parent.fields.set(`${level.key}/${key}`, field);
      return;
    }
    if (level.container) this.#sink.about(level.fields);
    else if (level.lists <= 1 && level.hasNumber) {
      this.#sink.record(level.fields, level.line);
      if (parent) parent.container = true;
    }
  }
}
