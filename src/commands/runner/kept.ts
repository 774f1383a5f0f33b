/**
 * Bundles of commands, one file each, kept among the installed packages. A file's first line says what
 * it was made of and what it holds, so that one that is old, cut off or edited is never run.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileAssembly } from '../../engine/capture/compile.ts';
import { writeWhole } from '../../engine/capture/writeWhole.node.ts';
import type { Bundle } from './bundle.ts';
import { hashOfInputs, outside } from './inputs.ts';

/** The first line, as a comment. */
interface Stamp {
  /** Hash of the inputs, those modules included that lie outside `src`. */
  inputs: string;
  modules: string[];
  /** Hash of what follows the line. */
  code: string;
}

/**
 * The file of a command's bundle, made anew where its inputs have changed. Null where none can be kept:
 * nothing may be written there, or somebody edits the sources while it is made. Throws what Vite says
 * of sources that it cannot read.
 */
export async function keptBundle(root: string, name: string): Promise<string | null> {
  await compileAssembly();
  const file = join(root, 'node_modules/.cache/gradient-lab', `${name}.mjs`);
  if (isCurrent(root, file)) return file;
  if (!isWritable(dirname(file))) return null;
  const before = hashOfInputs(root, []);
  const { bundleCommand } = await import('./bundle.ts');
  const bundle = await bundleCommand(root, name);
  if (hashOfInputs(root, []) !== before) return null;
  keep(root, file, bundle);
  return file;
}

/** Writes a bundle with its first line. Throws where the disk cannot hold it. */
export function keep(root: string, file: string, { code, modules }: Bundle): void {
  const others = outside(root, modules);
  const stamp: Stamp = {
    inputs: hashOfInputs(root, others),
    modules: others,
    code: hashOf(code),
  };
  writeWhole(file, `// ${JSON.stringify(stamp)}\n${code}`);
}

/** Whether a file holds, whole, the bundle of what its inputs are now. */
export function isCurrent(root: string, file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const stamp = JSON.parse(text.slice('// '.length, end)) as Stamp;
    return (
      hashOf(text.slice(end + 1)) === stamp.code &&
      hashOfInputs(root, stamp.modules) === stamp.inputs
    );
  } catch {
    return false;
  }
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
