import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../config/root.ts';

/** What a build needs, and what tests need of the tests. */
const COPIED = [
  'src',
  'content',
  'public',
  'tests/config',
  'tests/support',
  'tests/unit/kit',
  'CHANGELOG.md',
  'package.json',
  'tsconfig.json',
  'astro.config.mjs',
];

/**
 * A copy of the repository in a temporary folder, in which the commands of a newcomer may write. It
 * shares the installed packages, but not what tools keep among them. It lies within the repository,
 * since Astro wants the packages on the same branch of the tree.
 */
export function copyRepository(): string {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const folder = mkdtempSync(join(root, 'test-results', 'newcomer-'));
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.') && name !== '.bin') continue;
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}

/** Runs a file of the copy with Node; throws with its output where it fails. */
export function runIn(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

/** What `newcomer` adds. */
export const ADDED = { chapter: 'a-new-chapter', draft: 'a-draft', widget: 'new-widget' };

/** Where the commands write what they are told to add. */
const WRITTEN = [
  `content/${ADDED.chapter}.mdx`,
  `content/${ADDED.draft}.mdx`,
  `src/widgets/${ADDED.widget}`,
];

/**
 * A copy to which a chapter, the draft of another and a widget were added by the commands. Where
 * GRADIENT_LAB_NEWCOMER names a folder, what they wrote is kept there for the copies of other parts of the
 * suite, since to record the widget takes a while.
 */
export function newcomer(): string {
  const folder = copyRepository();
  const kept = process.env['GRADIENT_LAB_NEWCOMER'];
  if (kept && existsSync(kept)) cpSync(kept, folder, { recursive: true });
  else addTo(folder);
  if (kept && !existsSync(kept)) keep(folder, kept);
  return folder;
}

/** Keeps what was written in a copy, whole: two parts of the suite may do so at once. */
function keep(folder: string, kept: string): void {
  const made = mkdtempSync(`${kept}-`);
  for (const path of WRITTEN) cpSync(join(folder, path), join(made, path), { recursive: true });
  try {
    renameSync(made, kept);
  } catch (reason) {
    if (!existsSync(kept)) throw reason;
  }
}

function addTo(folder: string): void {
  runIn(folder, 'src/commands/new-chapter.ts', 'A new chapter');
  runIn(folder, 'src/commands/new-chapter.ts', 'A draft');
  runIn(folder, 'src/commands/new-widget.ts', ADDED.widget);
  const file = join(folder, 'content', `${ADDED.chapter}.mdx`);
  writeFileSync(file, readFileSync(file, 'utf8').replace('draft: true\n', ''));
}
