import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** What says which packages are installed, and how TypeScript is read. */
const FIXED = [
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];

/**
 * A hash of everything that a command's bundle depends on: the repository's place, each file under
 * `src`, by name and content, and the given files. All of `src`, since a new file may match a glob or
 * take the place of another, and since some files are read while a bundle is made. A file that is not
 * there counts as one more content.
 *
 * @param modules files beside those of `src`, by their paths from `root`.
 */
export function hashOfInputs(root: string, modules: readonly string[]): string {
  const hash = createHash('sha256').update(`${root}\n`);
  for (const path of [...filesOf(root, 'src'), ...FIXED, ...modules]) {
    const content = contentOf(resolve(root, path));
    // The length keeps the end of one file from being read as the start of the next.
    hash.update(`${path} ${content?.length ?? 'missing'}\n`).update(content ?? '');
  }
  return hash.digest('hex');
}

/** The modules that lie outside `src`, relative to `root`: packages, most of them. */
export function outside(root: string, modules: readonly string[]): string[] {
  return modules
    .map((path) => relative(root, path).replaceAll(sep, '/'))
    .filter((path) => !path.startsWith('src/'))
    .sort();
}

/** The files of a folder, in a fixed order, relative to `root`. */
function filesOf(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

function contentOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
