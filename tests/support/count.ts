/** How many tests of a part passed, failed and were skipped. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Counts Vitest's JSON report. A file that fails before its first test, a missing report and a
 * non-zero exit code that no test explains count as one failure each: no failure goes unseen.
 */
export function countVitest(report: unknown, exitCode: number): Count {
  if (!isObject(report)) return { passed: 0, failed: 1, skipped: 0 };
  const files = report['testResults'] as {
    status: string;
    assertionResults: { status: string }[];
  }[];
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const statuses = file.assertionResults.map((result) => result.status);
    count.passed += statuses.filter((status) => status === 'passed').length;
    count.skipped += statuses.filter((status) => !['passed', 'failed'].includes(status)).length;
    const failed = statuses.filter((status) => status === 'failed').length;
    count.failed += file.status === 'failed' ? Math.max(failed, 1) : failed;
  }
  return unexplained(count, exitCode);
}

/** Counts Playwright's JSON report, by the same rules. */
export function countPlaywright(report: unknown, exitCode: number): Count {
  if (!isObject(report)) return { passed: 0, failed: 1, skipped: 0 };
  const stats = report['stats'] as Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>;
  const errors = report['errors'] as unknown[];
  return unexplained(
    {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    },
    exitCode,
  );
}

function unexplained(count: Count, exitCode: number): Count {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
