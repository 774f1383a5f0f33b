/**
 * Compiles the executor (assembly/*.ts, AssemblyScript) to WebAssembly and writes it as base64
 * into `build/executor.generated.ts`, so that one import works in browsers, workers, classic
 * scripts and Node. Does nothing where the file is already up to date.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const sources = join(folder, 'assembly');
const target = join(folder, 'build', 'executor.generated.ts');

const options = [
  '-O3',
  ...['--runtime', 'stub'],
  '--importMemory',
  '--zeroFilledMemory',
  '--noAssert',
  ...['--enable', 'simd'],
  ...['--enable', 'bulk-memory'],
  ...['--use', 'abort='],
];

function fingerprint(): string {
  const hash = createHash('sha256').update(options.join(' '));
  for (const name of readdirSync(sources).sort())
    hash.update(name).update(readFileSync(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Writes the executor's module unless it is up to date; throws the compiler's messages. */
export async function compileExecutor(): Promise<void> {
  const mark = `// sources ${fingerprint()}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;
  const { default: compiler } = await import('assemblyscript/asc');
  const commandLine = ['executor.ts', '--baseDir', sources, ...options, '-o', 'executor.wasm'];
  let binary: Uint8Array | undefined;
  const { error, stderr } = await compiler.main(commandLine, {
    readFile: (name, base) => {
      const path = join(base ?? sources, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (name, contents) => {
      if (name === 'executor.wasm') binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`The executor does not compile.\n${stderr.toString()}`);
  const text = `${mark}
/** The compiled executor: base64 of a WebAssembly module. */
export const executorBase64: string =
  '${Buffer.from(binary).toString('base64')}';
`;
  mkdirSync(dirname(target), { recursive: true });
  // Two processes may compile at once; a rename is atomic, so neither reads half a file.
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, target);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await compileExecutor();
