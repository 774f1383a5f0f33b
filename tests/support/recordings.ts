import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { root } from '../config/root.ts';

/** The settings of a recordings.json as they stand in the file, by canonical string. */
type Rows = Record<string, unknown>;

const pathOf = (id: string) => `src/widgets/${id}/recordings.json`;

/** The recordings of a widget as they stand in its file. */
export const rowsOf = (id: string): Rows =>
  JSON.parse(readFileSync(`${root}${pathOf(id)}`, 'utf8')) as Rows;

/**
 * The settings that are recorded otherwise than where this branch left main. None where there is no
 * repository, no main, or not enough history: then a job of its own runs them all.
 */
export function changedRows(id: string): string[] {
  const now = rowsOf(id);
  const before = rowsBefore(id);
  if (before === null) return [];
  return Object.keys(now).filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]));
}

let forkPoint: string | null | undefined;

function rowsBefore(id: string): Rows | null {
  forkPoint ??= git('merge-base', 'HEAD', 'origin/main') ?? git('merge-base', 'HEAD', 'main');
  if (forkPoint === null) return null;
  const text = git('show', `${forkPoint.trim()}:${pathOf(id)}`);
  return text === null ? {} : (JSON.parse(text) as Rows);
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
  } catch {
    return null;
  }
}

/**
 * Which of `count` seeds to run again, by their places: they follow from what is recorded, so that
 * they are the same on every machine and others after an edit. With two or more the first is among
 * them, whose curves are recorded; one alone is any.
 */
export function drawnRuns(row: unknown, count: number, wanted: 1 | 2): number[] {
  const hash = createHash('sha256').update(JSON.stringify(row)).digest().readUInt32LE(0);
  if (count < 2) return [0];
  return wanted === 1 ? [hash % count] : [0, 1 + (hash % (count - 1))];
}
