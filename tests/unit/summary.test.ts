import { expect, test } from 'vitest';
import { summaryOf, type PartResult } from '../support/summary.ts';

const types: PartResult = {
  part: 'types',
  count: { passed: 3, failed: 0, skipped: 0 },
  seconds: 41.2,
  tests: [],
};
const site: PartResult = {
  part: 'site',
  count: { passed: 1, failed: 1, skipped: 2 },
  seconds: 120,
  tests: [
    { part: 'site', file: 'a.test.ts', name: 'deep-net trains', seconds: 60, workers: 2 },
    { part: 'site', file: 'a.test.ts', name: 'a page opens', seconds: 1.25, workers: 2 },
  ],
};

test('tells each part, the slowest tests and what a widget costs, and ends with the count', () => {
  expect(summaryOf([types, site], 130.4, ['deep-net', 'wide-net']).split('\n')).toEqual([
    'part       passed   failed  skipped  seconds',
    'types           3        0        0       41',
    'site            1        1        2      120',
    'all             4        1        2      130',
    '',
    'The slowest tests:',
    '   60.0 s  site  a.test.ts › deep-net trains',
    '    1.3 s  site  a.test.ts › a page opens',
    '',
    'One more training widget: 15.0 s (site 15.0), the time of the tests that name one of the 2,',
    'a widget, shared out over the tests that run beside one another.',
    '',
    '4 passed, 1 failed',
  ]);
});

test('says nothing of tests and widgets where a part has none', () => {
  expect(summaryOf([types], 41, ['deep-net']).split('\n').slice(2)).toEqual([
    'all             3        0        0       41',
    '3 passed, 0 failed',
  ]);
});

test('ends with the count whatever ran', () => {
  expect(summaryOf([], 0, []).split('\n').at(-1)).toBe('0 passed, 0 failed');
});
