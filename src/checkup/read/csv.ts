import { numberFrom } from './numbers.ts';

/** How a table of text is written. */
export interface CsvShape {
  delimiter: ',' | ';' | '\t' | ' ';
  /** The decimal point is a comma. */
  comma: boolean;
  /** Names of the columns; empty where the file has none. */
  header: string[];
  /** Lines before the header. */
  skip: number;
}

/** The fields of a line; quotes may hold the delimiter, and two quotes stand for one. */
export function fieldsOf(line: string, delimiter: CsvShape['delimiter']): string[] {
  if (delimiter === ' ') return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(delimiter);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (line[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === delimiter) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  fields.push(field);
  return fields;
}

const delimiters = [',', ';', '\t', ' '] as const;

/** The way in which a file's first lines are a table, or null. */
export function csvShapeOf(lines: string[]): CsvShape | null {
  for (const delimiter of delimiters) {
    const shape = shapeWith(lines, delimiter);
    if (shape) return shape;
  }
  return null;
}

function shapeWith(lines: string[], delimiter: CsvShape['delimiter']): CsvShape | null {
  const rows = lines.map((line) => (line.trim() === '' ? [] : fieldsOf(line, delimiter)));
  const most = Math.min(rows.length, 40);
  for (let at = 0; at < most; at++) {
    const header = rows[at]!.map((field) => field.trim());
    if (header.length < 2) continue;
    const below = rows.slice(at + 1, at + 30).filter(({ length }) => length === header.length);
    const comma = delimiter !== ',' && usesComma(below);
    const numeric = below.filter((fields) => isNumeric(fields, comma));
    if (numberShare(header, comma) > 0.3) {
      // No names: only where the file begins with numbers, and says nothing else.
      if (at > 0 || delimiter === ' ' || numeric.length < 2) continue;
      return numeric.length === rows.slice(1, 30).filter(({ length }) => length > 0).length
        ? { delimiter, comma, header: [], skip: 0 }
        : null;
    }
    if (!header.every((field) => field.length < 200) || new Set(header).size < 2) continue;
    const enough = delimiter === ' ' ? 3 : 1;
    if (numeric.length >= enough && numeric.length * 2 > below.length)
      return { delimiter, comma, header, skip: at };
  }
  return null;
}

const numberShare = (fields: string[], comma: boolean): number =>
  fields.filter((field) => numberFrom(field, comma) !== undefined).length / fields.length;

/** Fields of which at least half are numbers or empty, and one is a number. */
function isNumeric(fields: string[], comma: boolean): boolean {
  let numbers = 0;
  let empty = 0;
  for (const field of fields) {
    if (field.trim() === '') empty++;
    else if (numberFrom(field, comma) !== undefined) numbers++;
  }
  return numbers > 0 && (numbers + empty) * 2 >= fields.length;
}

const usesComma = (rows: string[][]): boolean => {
  const with_ = rows.flat().filter((field) => /^\s*[-+]?\d+,\d+(?:[eE][-+]?\d+)?\s*$/.test(field));
  const pointed = rows.flat().filter((field) => /^\s*[-+]?\d+\.\d/.test(field));
  return with_.length > pointed.length;
};

/** Whether the fields are names again: a header that is repeated, or a new one. */
export function isHeader(fields: string[]): boolean {
  return (
    fields.length > 1 &&
    fields.every((field) => field.trim() !== '' && numberFrom(field) === undefined) &&
    fields.every((field) => /[\p{L}_]/u.test(field))
  );
}
