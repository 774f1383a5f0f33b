import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../../config/root.ts';
import { randomFrom } from '../../../src/commands/calibrate/random';

import { event, eventFile, simple, tensor } from '../../support/checkup/eventFile.ts';
import { Reader } from '../../../src/checkup/read/reader.ts';
import { reportOf } from '../../../src/checkup/report/report.ts';

const MUTATIONS = 100_000;

/** Short pieces of every sample: a file need not be long to be odd. */
const seeds: Uint8Array[] = [
  ...readdirSync(`${root}tests/checkup`).map((file) =>
    readFileSync(`${root}tests/checkup/${file}`).subarray(0, 200),
  ),
  eventFile(
    event(1, simple('loss', 1)),
    event(2, tensor('loss', 2)),
    event(3, tensor('n', 2, 'double')),
  ),
];
const words = [
  'nan',
  '{"',
  '[[',
  '\r',
  '\u001b[',
  ',',
  '"',
  ':',
  '=',
  '\\u',
  'NaN',
  '1e999',
  '__proto__',
  '\n',
  '|',
  "{'",
].map((word) => new TextEncoder().encode(word));

/** One to four places are changed, taken out, doubled, or filled with something that has a meaning. */
function mutated(random: () => number): Uint8Array {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let bytes = Uint8Array.from(pick(seeds));
  for (let changes = 1 + Math.floor(4 * random()); changes > 0; changes--) {
    const at = Math.floor(random() * bytes.length);
    const length = Math.floor(random() * 30);
    const how = random();
    if (how < 0.4) bytes[at] = Math.floor(256 * random());
    else {
      const put =
        how < 0.55 ? new Uint8Array(0) : how < 0.7 ? pick(seeds).subarray(0, length) : pick(words);
      const kept = how < 0.55 ? at + length : at;
      const next = new Uint8Array(at + put.length + Math.max(0, bytes.length - kept));
      next.set(bytes.subarray(0, at));
      next.set(put, at);
      next.set(bytes.subarray(kept), at + put.length);
      bytes = next;
    }
  }
  return bytes;
}

describe('the readers', () => {
  test(`take ${MUTATIONS} mutations of the samples and throw nothing`, () => {
    const random = randomFrom(20);
    let read = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const reader = new Reader('fuzz');
      reader.push(mutated(random));
      const reading = reader.end();
      // Of what was read, a part is judged as well.
      if (!reading.unreadable) {
        read++;
        if (i % 10 === 0) reportOf(reading);
      }
    }
    // The mutations are mild enough to reach the readers, and not so mild that all are read.
    expect(read / MUTATIONS).toBeGreaterThan(0.3);
    expect(read / MUTATIONS).toBeLessThan(0.99);
  });

  test.each([
    ['open brackets', '['],
    ['open objects', '{"a":'],
    ['quotes', '"'],
    ['colons', 'a:'],
    ['escapes', '\u001b]'],
    ['blanks', ' '],
    ['words', 'loss '],
    ['equals', '='],
    ['carriage returns', 'x\r'],
    ['numbers', '1,'],
    ['bare words', '{"a": NaN, '],
    ['pairs', 'loss: 1 '],
  ])('take work in proportion to the size of a file of %s', (_, unit) => {
    /** Seconds of the fastest of three, for a file of so many bytes. */
    const seconds = (bytes: number): number => {
      const content = new TextEncoder().encode(unit.repeat(Math.ceil(bytes / unit.length)));
      const times = [1, 2, 3].map(() => {
        const start = process.cpuUsage();
        const reader = new Reader('fuzz');
        reader.push(content);
        reportOf(reader.end());
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1e6;
      });
      return Math.min(...times);
    };
    // Eight times the size may take eight times the work; what goes by the square takes sixty-four.
    const small = seconds(25_000);
    expect(seconds(200_000)).toBeLessThan(24 * small + 0.1);
  });
});
