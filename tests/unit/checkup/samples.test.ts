import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../../config/root.ts';
import { checkUp, evidenceOf, foundIn } from '../../support/checkup/read.ts';

const folder = `${root}tests/checkup/`;
const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<
  string,
  { findings: string[]; note: string } & Record<string, unknown>
>;

describe('the samples', () => {
  test.each(Object.entries(expected))('%s: what is in it, and nothing else', (file, wanted) => {
    const report = checkUp(readFileSync(`${folder}${file}`), file);
    const { findings, note, ...numbers } = wanted;
    expect(note).not.toBe('');
    expect(foundIn(report)).toEqual([...findings].sort());
    const evidence = evidenceOf(report);
    for (const [name, value] of Object.entries(numbers)) {
      // A factor is fitted to noisy medians: one percent.
      if (name === 'factorPerLayer') {
        expect(Number(evidence[name]) / Number(value)).toBeGreaterThan(0.99);
        expect(Number(evidence[name]) / Number(value)).toBeLessThan(1.01);
      } else expect(evidence[name], name).toEqual(value);
    }
  });

  test('do not depend on their names', () => {
    for (const [file, { findings }] of Object.entries(expected)) {
      const report = checkUp(readFileSync(`${folder}${file}`), 'upload');
      expect(foundIn(report), file).toEqual([...findings].sort());
    }
  });
});
