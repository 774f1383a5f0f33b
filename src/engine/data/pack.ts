/**
 * Packs digits.csv.gz into digits.txt: `node src/engine/data/pack.ts`.
 *
 * One letter a pixel ('A' is 0, 'Q' is 16), sorted by label and stored pixel by pixel, because a
 * column of one pixel in one class compresses best; then one letter a label. Text, so that it is a
 * module in the worker and can travel inside a script where fetch is not allowed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gunzipSync } from 'node:zlib';

const folder = new URL('./', import.meta.url);
const rows = gunzipSync(readFileSync(new URL('digits.csv.gz', folder)))
  .toString('utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.trim().split(',').map(Number))
  .map((values, index) => ({ pixels: values.slice(0, 64), label: values[64]!, index }))
  .sort((a, b) => a.label - b.label || a.index - b.index);

const letter = (value: number): string => String.fromCharCode(65 + value);
const pixels = Array.from({ length: 64 }, (_, j) =>
  rows.map((row) => letter(row.pixels[j]!)).join(''),
);
const text = `${pixels.join('')}${rows.map((row) => letter(row.label)).join('')}`;
writeFileSync(new URL('digits.txt', folder), text);
console.log(
  `${rows.length} images, ${text.length} letters, ${brotliCompressSync(text).length} bytes as brotli`,
);
