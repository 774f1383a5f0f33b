import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file at once: a rename is atomic, so of two processes that write it, neither reads half a file. */
export function writeWhole(file: string, contents: string): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}
