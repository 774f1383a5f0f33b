import { csvShapeOf } from './csv.ts';
import { CsvLog } from './csvLog.ts';
import { decoderFor, encodingOf } from './decode.ts';
import { DocumentLog } from './documentLog.ts';
import { EventLog } from './eventLog.ts';
import { parseJson } from './jsonLine.ts';
import { Lines, withoutEscapes } from './lines.ts';
import { maskedCrc32c } from './crc32c.ts';
import { LeftOut } from './notes.ts';
import type { FormatId } from './formats.ts';
import type { Reading, Unreadable } from './reading.ts';
import type { Stated } from './stated.ts';
import { Table } from './table.ts';
import { TextLog } from './textLog.ts';

/** How much of a file is looked at before it is decided what it is. */
const HEAD = 64 * 1024;

interface Kind {
  push: (bytes: Uint8Array, last: boolean) => void;
  end: () => FormatId | null;
  looked: () => number;
}

/**
 * Reads a file in pieces: `push` its bytes in order, then `end`. The format is told from what the file's
 * first 64 KB look like, never from its name. Whatever the bytes are, nothing is thrown.
 */
export class Reader {
  readonly #file: string;
  readonly #table = new Table();
  readonly #left = new LeftOut();
  readonly #stated: Stated = {};
  readonly #damage: Reading['damage'] = [];
  #waiting: Uint8Array[] = [];
  #size = 0;
  #kind: Kind | null = null;
  #unreadable: Unreadable | null = null;
  #head: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** Rows that were read so far. */
  get rows(): number {
    return this.#table.rows;
  }

  push(bytes: Uint8Array): void {
    if (this.#unreadable) return;
    if (this.#kind) {
      this.#kind.push(bytes, false);
      return;
    }
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= HEAD) this.#begin(false);
  }

  end(): Reading {
    let format: FormatId | null = null;
    if (!this.#kind && !this.#unreadable) this.#begin(true);
    else this.#kind?.push(new Uint8Array(0), true);
    if (!this.#unreadable && this.#kind) {
      format = this.#kind.end();
      if (format === null || this.#table.rows === 0) this.#unreadable ??= unknown();
    }
    return {
      file: this.#file,
      format: this.#unreadable ? null : format,
      table: this.#table,
      stated: this.#stated,
      left: this.#left.all,
      looked: this.#kind?.looked() ?? 0,
      damage: this.#damage,
      unreadable: this.#unreadable,
      head: this.#head,
    };
  }

  #begin(last: boolean): void {
    const head = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#waiting) {
      head.set(part, at);
      at += part.length;
    }
    this.#waiting = [];
    this.#unreadable = this.#refused(head);
    if (this.#unreadable) return;
    this.#kind = isEventFile(head) ? this.#events() : this.#text(head);
    this.#kind?.push(head, last);
  }

  #refused(head: Uint8Array): Unreadable | null {
    const refused = refusalOf(head);
    if (refused?.kind === 'other-binary' && isEventFile(head)) return null;
    return refused;
  }

  #events(): Kind {
    const log = new EventLog(this.#table, this.#left, this.#damage);
    let read = 0;
    return {
      push: (bytes, last) => {
        read += bytes.length;
        log.push(bytes);
        if (last) log.end();
      },
      end: () => 'tensorboard-events',
      looked: () => read,
    };
  }

  #text(head: Uint8Array): Kind {
    const encoding = encodingOf(head);
    const text = decoderFor(encoding)(head, false);
    const seen = withoutEscapes(text).split(/\r\n|\n|\r/);
    this.#head = seen.slice(0, 8).map((line) => line.slice(0, 160));
    const decode = decoderFor(encoding);
    if (isDocument(text)) {
      const log = new DocumentLog(this.#table, this.#stated);
      let lines = 0;
      return {
        push: (bytes, last) => {
          const piece = decode(bytes, last);
          log.push(piece);
          lines += piece.split('\n').length - 1;
        },
        end: () => log.end(),
        looked: () => lines,
      };
    }
    const filled = seen.filter((line) => line.trim() !== '');
    const shape = csvShapeOf(filled.slice(0, 60));
    const own = shape ? null : new TextLog(this.#table, this.#left, this.#stated);
    const log = own ?? new CsvLog(shape!, this.#table, this.#left, this.#stated);
    const lines = new Lines((line, number, ended) => log.line(line, number, ended));
    return {
      push: (bytes, last) => {
        lines.push(decode(bytes, last));
        if (last) lines.end();
      },
      end: () => {
        if (lines.cut > 0) this.#left.add('longer than a line may be', 0, '');
        const format = log.end();
        if (own?.version != null && own.version > 1)
          this.#unreadable = {
            kind: 'newer-version',
            message: `This is version ${own.version} of the Gradient Lab's log, and this check-up reads version 1.`,
          };
        return format;
      },
      looked: () => lines.number,
    };
  }
}

const unknown = (): Unreadable => ({
  kind: 'unknown-format',
  message:
    'This is no log that the check-up knows: it found no numbers under names, line by line or as a table.',
});

const begins = (bytes: Uint8Array, ...values: number[]): boolean =>
  values.every((value, index) => bytes[index] === value);

/** Why a file is not opened at all, or null. */
function refusalOf(head: Uint8Array): Unreadable | null {
  if (head.length === 0) return { kind: 'empty', message: 'The file is empty.' };
  const pickle = {
    kind: 'pickle',
    message:
      'This is a pickle, the form in which PyTorch stores .pt, .bin and .ckpt files. Opening one runs code that stands in it, so the check-up never does. Give it the log of the training instead.',
  } as const;
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return pickle;
  if (begins(head, 0x50, 0x4b, 3, 4)) {
    const names = new TextDecoder('latin1').decode(head.subarray(0, 4096));
    return /\.pkl|\/data\/|archive\//.test(names)
      ? pickle
      : {
          kind: 'compressed',
          message: 'This is a ZIP archive. Unpack it, and give the log that is in it.',
        };
  }
  if (begins(head, 0x1f, 0x8b))
    return {
      kind: 'compressed',
      message: 'This file is packed by gzip. Unpack it first: gunzip FILE.',
    };
  if (begins(head, 0x89, 0x48, 0x44, 0x46))
    return {
      kind: 'other-binary',
      message:
        'This is an HDF5 file, which holds weights. The check-up reads the log of a training.',
    };
  return head.subarray(0, 4096).includes(0) && encodingOf(head) === 'utf-8'
    ? {
        kind: 'other-binary',
        message:
          'This is a binary file, and no TensorBoard event file. The check-up reads the log of a training.',
      }
    : null;
}

/** Whether the file begins as a TFRecord of an event: a length whose checksum fits, or the version's words. */
function isEventFile(head: Uint8Array): boolean {
  if (head.length < 12) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (maskedCrc32c(head.subarray(0, 8)) === view.getUint32(8, true)) return true;
  return new TextDecoder('latin1').decode(head.subarray(0, 64)).includes('brain.Event:');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether a text is one JSON document, not a record a line. */
function isDocument(text: string): boolean {
  const begin = text.replace(/^\uFEFF/, '').trimStart();
  if (/^\[\s*(?:\{|$)/.test(begin)) return true;
  if (!/^\{\s*(?:"|$)/.test(begin)) return false;
  const lines = begin.split('\n', 3);
  if (lines.length === 1) return true;
  const first = parseJson(lines[0]!);
  const second = parseJson(lines[1]!);
  if (isObject(first) && second === undefined && lines[1]!.trim() === '' && lines.length < 3)
    return first['format'] !== 'gradient-lab-log';
  if (isObject(first))
    return Object.values(first).some((value) => Array.isArray(value) && value.some(isObject));
  return !isObject(second);
}
