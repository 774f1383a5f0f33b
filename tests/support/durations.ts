import { basename } from 'node:path';

/** One test of a part, and how long it took with what it prepares for itself. */
export interface TimedTest {
  part: string;
  /** The file's name without its folders. */
  file: string;
  /** Its describes and its title. */
  name: string;
  seconds: number;
  /** How many tests of the part ran beside one another. */
  workers: number;
}

/** The tests of Vitest's JSON report; none where there is no report. */
export function timedVitest(report: unknown, part: string, workers: number): TimedTest[] {
  const { testResults = [] } = (report ?? {}) as VitestReport;
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, duration }) => ({
      part,
      file: basename(file),
      name: [...ancestorTitles, title].join(' › '),
      seconds: (duration ?? 0) / 1000,
      workers,
    })),
  );
}

/** The tests of Playwright's JSON report; none where there is no report. */
export function timedPlaywright(report: unknown, part: string): TimedTest[] {
  const { suites = [], config } = (report ?? {}) as PlaywrightReport;
  const within = (suite: Suite, outer: readonly string[]): TimedTest[] => [
    ...(suite.suites ?? []).flatMap((inner) => within(inner, [...outer, inner.title])),
    ...(suite.specs ?? []).map(({ title, tests }) => ({
      part,
      file: basename(suite.file),
      name: [...outer, title].join(' › '),
      seconds: sum(tests.flatMap(({ results }) => results.map(({ duration }) => duration / 1000))),
      workers: config?.workers ?? 1,
    })),
  ];
  return suites.flatMap((suite) => within(suite, []));
}

export const slowest = (tests: readonly TimedTest[], count: number): TimedTest[] =>
  tests.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);

/**
 * How much longer each part takes for one more widget like those of `ids`: the time of the tests that name
 * one of them, or whose file does, shared out over the widgets and over the tests that run beside one
 * another.
 */
export function secondsPerWidget(
  tests: readonly TimedTest[],
  ids: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  const names = ids.map(naming);
  for (const { part, file, name, seconds, workers } of tests) {
    const own = names.some((one) => one.test(name) || one.test(file));
    const share = own ? seconds / workers / ids.length : 0;
    found.set(part, (found.get(part) ?? 0) + share);
  }
  return found;
}

/** Finds an id as a word of its own, or as the name of a test's file: `a-b` and `aB.test.ts`. */
function naming(id: string): RegExp {
  const camel = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return new RegExp(`(?<![\\w-])(${id}(?![\\w-])|${camel}\\.)`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

interface VitestReport {
  testResults?: {
    name: string;
    assertionResults: { ancestorTitles: string[]; title: string; duration?: number | null }[];
  }[];
}

interface Suite {
  title: string;
  file: string;
  suites?: Suite[];
  specs?: { title: string; tests: { results: { duration: number }[] }[] }[];
}

interface PlaywrightReport {
  config?: { workers: number };
  suites?: Suite[];
}
