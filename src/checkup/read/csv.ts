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
    if (!lines.some((line) => line.includes(delimiter))) continue;
    const shape = shapeWith(lines, delimiter);
    if (shape) return shape;
  }
  return null;
}

/** How many lines may stand before the header, and how many below it are looked at. */
const MOST_BEFORE = 30;
const LOOKED = 12;

function shapeWith(lines: string[], delimiter: CsvShape['delimiter']): CsvShape | null {
  const rows = lines.map((line) => fieldsOf(line, delimiter));
  const comma = delimiter !== ',' && usesComma(rows);
  const numeric = rows.map((fields) => fields.length > 1 && isNumeric(fields, comma));
  if (!numeric.includes(true)) return null;
  if (numeric[0] && delimiter !== ' ' && numberShare(rows[0]!, comma) > 0.3)
    // No names: only where the file says nothing but numbers.
    return numeric.every(Boolean) && rows.length > 2
      ? { delimiter, comma, header: [], skip: 0 }
      : null;
  for (let at = 0; at < Math.min(rows.length, MOST_BEFORE); at++) {
    const header = rows[at]!.map((field) => field.trim());
    if (header.length < 2 || numeric[at] || !numeric[at + 1]) continue;
    if (!header.every((field) => field.length < 200) || new Set(header).size < 2) continue;
    let same = 0;
    let numbers = 0;
    for (let below = at + 1; below < Math.min(rows.length, at + LOOKED); below++) {
      if (rows[below]!.length !== header.length) continue;
      same++;
      if (numeric[below]) numbers++;
    }
    const enough = delimiter === ' ' ? 3 : 1;
    if (numbers >= enough && numbers * 2 > same) return { delimiter, comma, header, skip: at };
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

/** Whether more of the fields have a decimal comma than a decimal point. */
function usesComma(rows: string[][]): boolean {
  let commas = 0;
  let points = 0;
  for (const fields of rows.slice(0, MOST_BEFORE + LOOKED))
    for (const field of fields) {
      if (field.length > 30) continue;
      if (/^\s*[-+]?\d+,\d+(?:[eE][-+]?\d+)?\s*$/.test(field)) commas++;
      else if (/^\s*[-+]?\d+\.\d/.test(field)) points++;
    }
  return commas > points;
}

/** Whether the fields are names again: a header that is repeated, or a new one. */
export function isHeader(fields: string[]): boolean {
  return (
    fields.length > 1 &&
    fields.every((field) => field.trim() !== '' && numberFrom(field) === undefined) &&
    fields.every((field) => /[\p{L}_]/u.test(field))
  );
}
