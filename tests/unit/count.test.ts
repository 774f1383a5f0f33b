import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from '../support/count.ts';

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((one) => ({ status: one })),
});

test('counts passed, failed and skipped tests of Vitest', () => {
  const report = {
    testResults: [
      file('passed', 'passed', 'passed', 'skipped'),
      file('failed', 'failed', 'passed'),
    ],
  };
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test('counts a file that fails before its first test as one failure', () => {
  expect(countVitest({ testResults: [file('failed')] }, 1)).toMatchObject({ failed: 1 });
});

test('counts tests of Playwright; a flaky test and an error outside tests are failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [{}] }, 1)).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test('counts a missing report and an exit code that no test explains as one failure', () => {
  expect(countVitest(null, 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(countPlaywright(null, 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ failed: 1 });
});
