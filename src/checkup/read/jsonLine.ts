import { numberFrom } from './numbers.ts';

const bare = /-?\b(?:NaN|nan|Infinity|inf)\b/g;
const strings = /"(?:[^"\\]|\\.)*"/g;

/**
 * Reads one JSON object or list, with the bare `NaN`, `Infinity` and `-Infinity` that Python writes; undefined where
 * it is none.
 */
export function parseJson(text: string): unknown {
  // To throw and to catch takes far longer than to look how a text ends.
  const last = text.trimEnd().at(-1);
  if (last !== '}' && last !== ']') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (!/NaN|nan|Infinity|inf/.test(text)) return undefined;
  }
  let mended = '';
  let from = 0;
  // What stands inside of strings stays as it is.
  for (const match of text.matchAll(strings)) {
    mended += text.slice(from, match.index).replace(bare, (word) => `"${word}"`) + match[0];
    from = match.index + match[0].length;
  }
  mended += text.slice(from).replace(bare, (word) => `"${word}"`);
  try {
    return JSON.parse(mended) as unknown;
  } catch {
    return undefined;
  }
}

/** Depth beyond which nested objects are left alone. */
const DEEPEST = 6;

/**
 * Hands every number of a record to `set` under its path (`train/loss`, `gradientNorm/3`): numbers, strings
 * that hold one, and lists of numbers, whose places may have names.
 */
export function flatten(
  record: Record<string, unknown>,
  set: (name: string, value: number) => void,
  placeName: (list: string, place: number) => string = (_, place) => String(place),
  path = '',
  depth = 0,
): void {
  for (const [key, value] of Object.entries(record)) {
    const name = path + key;
    if (typeof value === 'number') set(name, value);
    else if (typeof value === 'string') {
      const number = value.length < 40 ? numberFrom(value) : undefined;
      if (number !== undefined) set(name, number);
    } else if (Array.isArray(value)) {
      value.forEach((entry: unknown, place) => {
        const number = typeof entry === 'string' ? numberFrom(entry) : entry;
        if (typeof number === 'number') set(`${name}/${placeName(name, place)}`, number);
      });
    } else if (value !== null && typeof value === 'object' && depth < DEEPEST)
      flatten(value as Record<string, unknown>, set, placeName, `${name}/`, depth + 1);
  }
}

/** Whether a record is of validation, by a field that says in which mode it was made. */
export function isOfEvaluation(record: Record<string, unknown>): boolean {
  return ['mode', 'split', 'phase', 'stage'].some(
    (key) => typeof record[key] === 'string' && /^(?:val|valid|eval|test|dev)/i.test(record[key]),
  );
}
