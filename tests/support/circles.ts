import { posix } from 'node:path';
import type { SourceFile } from './architecture.ts';
import { importsOf } from './imports.ts';

const endings = ['', '.ts', '.js', '/index.ts'];

/**
 * Circles among the files: each as its files in the order of their imports, the first one again at the
 * end. Types count, since a file that needs another's types is read with it; what is imported when it
 * is needed (`import(…)`) does not.
 */
export function circles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const targets = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(path, text).flatMap(({ kind, specifier }) => {
        if ((kind !== 'static' && kind !== 'type') || !specifier?.startsWith('.')) return [];
        const base = posix.join(posix.dirname(path), specifier);
        const target = endings.map((ending) => base + ending).find((one) => known.has(one));
        return target === undefined ? [] : [target];
      }),
    ]),
  );

  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push([...trail.slice(start), path]);
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path)!) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of known) visit(path, []);
  return found;
}
