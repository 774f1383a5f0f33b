import { expect, test } from 'vitest';
import {
  secondsPerWidget,
  slowest,
  timedPlaywright,
  timedVitest,
  type TimedTest,
} from '../support/durations.ts';

const one = (name: string, seconds: number, changes: Partial<TimedTest> = {}): TimedTest => ({
  part: 'site',
  file: 'x.test.ts',
  name,
  seconds,
  workers: 2,
  ...changes,
});

test('reads the tests of Vitest with their describes and durations', () => {
  const testResults = [
    {
      name: '/somewhere/tests/unit/x.test.ts',
      assertionResults: [
        { ancestorTitles: ['a thing', 'its part'], title: 'holds', duration: 1500 },
        { ancestorTitles: [], title: 'is skipped', duration: null },
      ],
    },
  ];
  expect(timedVitest({ testResults }, 'unit', 3)).toEqual([
    one('a thing › its part › holds', 1.5, { part: 'unit', workers: 3 }),
    one('is skipped', 0, { part: 'unit', workers: 3 }),
  ]);
  expect(timedVitest(null, 'unit', 2)).toEqual([]);
});

test('reads the tests of Playwright with their describes, and adds what each of their runs took', () => {
  const spec = (title: string, ...durations: number[]) => ({
    title,
    tests: [{ results: durations.map((duration) => ({ duration })) }],
  });
  const file = 'x.test.ts';
  const report = {
    config: { workers: 2 },
    suites: [
      {
        title: file,
        file,
        specs: [spec('opens', 500)],
        suites: [{ title: '/a-page/', file, specs: [spec('holds still', 1000, 2000)] }],
      },
    ],
  };
  expect(timedPlaywright(report, 'site')).toEqual([
    one('/a-page/ › holds still', 3),
    one('opens', 0.5),
  ]);
  expect(timedPlaywright(null, 'site')).toEqual([]);
});

test('finds the slowest tests', () => {
  const tests = [one('a', 1), one('b', 3), one('c', 2)];
  expect(slowest(tests, 2).map(({ name }) => name)).toEqual(['b', 'c']);
});

test('shares out what names a widget over widgets and workers, part by part', () => {
  const tests = [
    one('deep-net trains', 8),
    one('/widgets/wide-net/ › opens', 4),
    one('holds', 2, { part: 'unit', file: 'deepNet.test.ts', workers: 1 }),
    one('deep-nets are others', 100),
    one('a very-deep-net too', 100),
    one('says nothing of a widget', 100, { part: 'content', file: 'deepNetwork.test.ts' }),
  ];
  expect(secondsPerWidget(tests, ['deep-net', 'wide-net'])).toEqual(
    new Map([
      ['site', 3],
      ['unit', 1],
      ['content', 0],
    ]),
  );
});
