/**
 * Compiles the engine's AssemblyScript to WebAssembly and writes each module as base64 into a
 * generated file, so that one import works in browsers, workers, classic scripts and Node. Does
 * nothing where a file is already up to date.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeWhole } from './writeWhole.node.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const executorSources = join(folder, 'assembly');

interface AssemblyModule {
  /** Folder of its sources; the entry is `<name>.ts`. */
  sources: string;
  name: string;
  /** Folders whose sources it imports as well. */
  imports: string[];
}

const modules: AssemblyModule[] = [
  { sources: executorSources, name: 'executor', imports: [] },
  {
    sources: join(folder, '../signal/assembly'),
    name: 'normals',
    imports: [executorSources],
  },
];

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

function fingerprint({ sources, imports }: AssemblyModule): string {
  const hash = createHash('sha256').update(options.join(' '));
  for (const from of [sources, ...imports])
    for (const name of readdirSync(from).sort())
      hash.update(name).update(readFileSync(join(from, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Writes every module that is not up to date; throws the compiler's messages. */
export async function compileAssembly(): Promise<void> {
  for (const module of modules) await compileModule(module);
}

async function compileModule(module: AssemblyModule): Promise<void> {
  const { sources, name } = module;
  const target = join(sources, '../build', `${name}.generated.ts`);
  const mark = `// sources ${fingerprint(module)}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;
  const { default: compiler } = await import('assemblyscript/asc');
  const commandLine = [`${name}.ts`, '--baseDir', sources, ...options, '-o', `${name}.wasm`];
  let binary: Uint8Array | undefined;
  const { error, stderr } = await compiler.main(commandLine, {
    readFile: (file, base) => {
      const path = join(base ?? sources, file);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (file, contents) => {
      if (file === `${name}.wasm`) binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${name} does not compile.\n${stderr.toString()}`);
  const text = `${mark}
/** The compiled module: base64 of WebAssembly. */
export const ${name}Base64: string =
  '${Buffer.from(binary).toString('base64')}';
`;
  mkdirSync(dirname(target), { recursive: true });
  writeWhole(target, text);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await compileAssembly();
