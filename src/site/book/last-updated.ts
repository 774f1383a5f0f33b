import { spawnSync } from 'node:child_process';

let known: Map<string, Date> | undefined;

/** When a file was last changed by a commit; undefined outside a repository. `file` is relative to the root. */
export function lastUpdated(file: string): Date | undefined {
  return (known ??= lastChanges()).get(file);
}

/** Every file of the folder's history and when it was last changed. Asked once, not by a process for each of them. */
function lastChanges(): Map<string, Date> {
  const { stdout } = spawnSync(
    'git',
    ['-c', 'core.quotePath=false', 'log', '--format=%x00%ct', '--name-only', '--relative'],
    { encoding: 'utf8', maxBuffer: Infinity },
  );
  const changes = new Map<string, Date>();
  for (const commit of (stdout ?? '').split('\0').slice(1)) {
    const [seconds, ...files] = commit.split('\n').filter((line) => line !== '');
    for (const name of files)
      if (!changes.has(name)) changes.set(name, new Date(Number(seconds) * 1000));
  }
  return changes;
}
