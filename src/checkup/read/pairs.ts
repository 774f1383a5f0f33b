import { numberFrom } from './numbers.ts';
import { meaningOf } from './names.ts';

/** A name beside a number on a line, and where the number ends. */
export interface Pair {
  name: string;
  value: number;
  end: number;
  /** Whether a running average stands behind it in brackets. */
  averaged: boolean;
}

const SPACE = 32;
const isSpace = (c: number): boolean => c === SPACE || c === 9;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isQuote = (c: number): boolean => c === 34 || c === 39;

/** What may stand in a number, or in the words for what is no number (nan, inf, Infinity). */
const inToken = (c: number): boolean =>
  isDigit(c) ||
  c === 43 ||
  c === 45 ||
  c === 46 ||
  (c >= 97 && c <= 122) ||
  (c >= 65 && c <= 90) ||
  c === 95;

const beginsNumber = (c: number): boolean =>
  isDigit(c) || c === 45 || c === 43 || c === 46 || c === 110 || c === 78 || c === 105 || c === 73;

/** Letters that may follow a number: percent, milliseconds and their like are no part of it. */
const unit = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:ms|s|it|k|m|g|b|x|gb|mb)$/i;

const known = new Map<string, string>();

/**
 * The name of a metric in the words before a number: of "INFO trainer loss" it is "loss", of "lm loss" all
 * of it. Words without a meaning are taken whole.
 */
function nameIn(words: string): string {
  const kept = known.get(words);
  if (kept !== undefined) return kept;
  const parts = words.split(/\s+/);
  let name = words;
  for (let from = 0; from < parts.length; from++) {
    const tail = parts.slice(from).join(' ');
    if (meaningOf(tail).clarity === 2) {
      name = tail;
      break;
    }
  }
  if (known.size < 10_000) known.set(words, name);
  return name;
}

const hasLetter = /\p{L}/u;

/**
 * The pairs of a name and a number on a line, as loggers print them: `loss: 2.3`, `'loss': 2.3`, `"loss":
 * "2.3"`, `loss=2.3`, `| lm loss: 2.3E+00 |`, `loss: 2.3 (2.4)` whose bracket is a running average, and
 * `loss 2.3` where the words mean something to the finder. Times (0:10:00) and dates are no numbers. Each
 * character is visited a bounded number of times.
 */
export function pairsOn(line: string): Pair[] {
  const pairs: Pair[] = [];
  const length = line.length;
  let start = 0;
  let i = 0;
  while (i < length) {
    const c = line.charCodeAt(i);
    if (c === 58 || c === 61) {
      let at = i + 1;
      while (at < length && isSpace(line.charCodeAt(at))) at++;
      const quoted = at < length && isQuote(line.charCodeAt(at));
      if (quoted) at++;
      const pair = numberAt(line, at, start, i, c === 61);
      if (pair) {
        pairs.push(pair);
        i = pair.end;
        start = pair.end;
        continue;
      }
      // A time goes on behind its first colon: its pieces are no values.
      i = isDigit(line.charCodeAt(at)) && !quoted ? endOfToken(line, at) : Math.max(at, i + 1);
      start = i;
      continue;
    }
    if (isSpace(c) && i > start && i + 1 < length) {
      const next = line.charCodeAt(i + 1);
      if (isSpace(next)) {
        // Two blanks end what stands before them, unless a number follows that it may belong to.
        let after = i;
        while (after < length && isSpace(line.charCodeAt(after))) after++;
        if (after < length && isDigit(line.charCodeAt(after))) {
          i = after - 1;
          continue;
        }
        i = after;
        start = after;
        continue;
      }
      if (beginsNumber(next)) {
        const words = line.slice(start, i).trim();
        if (words.length < 60 && hasLetter.test(words) && meaningOfWords(words)) {
          const pair = numberAt(line, i + 1, start, i, false);
          if (pair) {
            pairs.push(pair);
            i = pair.end;
            start = pair.end;
            continue;
          }
        }
      }
    } else if (endsWords(c)) start = i + 1;
    i++;
  }
  return pairs;
}

const meanings = new Map<string, boolean>();

function meaningOfWords(words: string): boolean {
  let means = meanings.get(words);
  if (means === undefined) {
    means = meaningOf(nameIn(words)).clarity === 2;
    if (meanings.size < 10_000) meanings.set(words, means);
  }
  return means;
}

/** `|` `,` `;` tab, brackets, quotes and commas end the words of a name. */
const endsWords = (c: number): boolean =>
  c === 124 || c === 44 || c === 59 || c === 9 || c === 123 || c === 91 || c === 93 || c === 125;

function endOfToken(line: string, at: number): number {
  let end = at;
  while (end < line.length && inToken(line.charCodeAt(end))) end++;
  return end;
}

/** The pair whose name stands in `line[start, separator)` and whose number begins at `at`, if there is one. */
function numberAt(
  line: string,
  at: number,
  start: number,
  separator: number,
  equals: boolean,
): Pair | null {
  if (at >= line.length || !beginsNumber(line.charCodeAt(at))) return null;
  const end = endOfToken(line, at);
  const follows = line.charCodeAt(end);
  // A colon with a digit behind it is a time's.
  if (follows === 58 && isDigit(line.charCodeAt(end + 1))) return null;
  const text = line.slice(at, end);
  const value = numberFrom(text) ?? numberFrom(unit.exec(text)?.[1] ?? '');
  if (value === undefined) return null;
  if (separator - start > 200) return null;
  const name = nameOf(line.slice(start, separator), equals);
  if (name === null) return null;
  let past = isQuote(follows) ? end + 1 : end;
  const average = endOfAverage(line, past);
  if (average !== -1) past = average;
  return { name, value, end: past, averaged: average !== -1 };
}

/** Names by the words before a separator: lines repeat them, so each is worked out once. */
const names: [beforeColon: Map<string, string | null>, beforeEquals: Map<string, string | null>] = [
  new Map(),
  new Map(),
];

function nameOf(words: string, equals: boolean): string | null {
  const kept = names[equals ? 1 : 0];
  let name = kept.get(words);
  if (name === undefined) {
    name = findName(words.trim(), equals);
    if (kept.size < 10_000) kept.set(words, name);
  }
  return name;
}

function findName(words: string, equals: boolean): string | null {
  let name = words;
  if (name !== '' && isQuote(name.charCodeAt(name.length - 1)))
    name = name.slice(name.lastIndexOf(name.at(-1)!, name.length - 2) + 1, -1);
  else if (equals) name = name.slice(name.search(/\S+$/));
  else name = nameIn(name.replace(/^[-–—•*>]+\s*/u, '').replace(/^.* - /, ''));
  name = name.replace(/^[({"'[]+/, '');
  return hasLetter.test(name) ? name : null;
}

/** Where a running average in brackets ends, or -1 where none stands there. */
function endOfAverage(line: string, from: number): number {
  if (!isSpace(line.charCodeAt(from)) || line.charCodeAt(from + 1) !== 40) return -1;
  const close = line.indexOf(')', from);
  return close !== -1 && close - from < 40 && numberFrom(line.slice(from + 2, close)) !== undefined
    ? close + 1
    : -1;
}
