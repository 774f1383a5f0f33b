import { spawnSync } from 'node:child_process';

const known = new Map<string, Date | undefined>();

/** When a file was last changed by a commit; undefined outside a repository. */
export function lastUpdated(file: string): Date | undefined {
  if (!known.has(file)) {
    const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct', '--', file], {
      encoding: 'utf8',
    });
    const seconds = Number(stdout?.trim());
    known.set(file, seconds > 0 ? new Date(seconds * 1000) : undefined);
  }
  return known.get(file);
}
