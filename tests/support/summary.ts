import type { Count } from './count.ts';
import { secondsPerWidget, slowest, type TimedTest } from './durations.ts';

/** What one part of the suite came to. */
export interface PartResult {
  part: string;
  count: Count;
  seconds: number;
  /** Its tests; none of a part that asks tools, such as types and lint. */
  tests: readonly TimedTest[];
}

/** As many as a reader looks at. */
const SHOWN = 10;

/**
 * The report at the end of all parts: a line a part, the slowest tests, what one more training widget
 * costs, and the line `N passed, N failed`, which is the last.
 */
export function summaryOf(
  parts: readonly PartResult[],
  seconds: number,
  trainingIds: readonly string[],
): string {
  const total = parts.map(({ count }) => count).reduce(add, { passed: 0, failed: 0, skipped: 0 });
  const tests = parts.flatMap((part) => part.tests);
  return [
    ['part', 'passed', 'failed', 'skipped', 'seconds'],
    ...parts.map((part) => [part.part, ...cells(part.count), String(Math.round(part.seconds))]),
    ['all', ...cells(total), String(Math.round(seconds))],
  ]
    .map(([name, ...numbers]) => name!.padEnd(8) + numbers.map((text) => text.padStart(9)).join(''))
    .concat(tests.length === 0 ? [] : [...slowestOf(tests), ...perWidget(tests, trainingIds)])
    .concat(`${total.passed} passed, ${total.failed} failed`)
    .join('\n');
}

function slowestOf(tests: readonly TimedTest[]): string[] {
  return [
    '\nThe slowest tests:',
    ...slowest(tests, SHOWN).map(
      ({ part, file, name, seconds }) =>
        `${seconds.toFixed(1).padStart(7)} s  ${part}  ${file} › ${name}`,
    ),
  ];
}

/** Nothing where no test of a training widget ran. */
function perWidget(tests: readonly TimedTest[], ids: readonly string[]): string[] {
  const byPart = [...secondsPerWidget(tests, ids)].filter(([, seconds]) => seconds > 0);
  if (byPart.length === 0) return [];
  const all = byPart.reduce((sum, [, seconds]) => sum + seconds, 0);
  return [
    `\nOne more training widget: ${all.toFixed(1)} s (${byPart
      .map(([part, seconds]) => `${part} ${seconds.toFixed(1)}`)
      .join(', ')}), the time of the tests that name one of the ${ids.length},`,
    'a widget, shared out over the tests that run beside one another.\n',
  ];
}

const cells = ({ passed, failed, skipped }: Count): string[] =>
  [passed, failed, skipped].map(String);

const add = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});
