/**
 * The scripts of the embeds, as classic scripts into <out>/embed/: the element (v1.js), the frame
 * that mounts a widget (frame.js, frame.css), one script a widget (widgets/<id>.js, and widgets/<id>.css
 * where it has styles of its own), the face of all text (fonts.js), the engine (engine.js) and the binary
 * that it may ask for (wasm-binary.js). `npm run build` calls it after the pages, which it stamps with the scripts' version.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { engineVite } from '../engine/vite.ts';
import { widgetSheets } from '../site/build/style-sheets.ts';
import { cutFaces } from '../site/fonts/cut.ts';
import { outDir } from './build-site.ts';
import { classicScripts } from './classic-scripts.ts';
import { embedFonts } from './embed-fonts.ts';
import { embedSheets } from './embed-sheets.ts';

const folder = `${outDir()}/embed`;
const ids = readdirSync('src/widgets').filter((id) => existsSync(`src/widgets/${id}/widget.ts`));

/** One Vite build into memory; classic scripts need no hashed names of their own. */
async function bundle(
  entry: string,
  format: 'iife' | 'cjs',
): Promise<Rolldown.OutputBundle[string][]> {
  const config: InlineConfig = {
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [engineVite(), svelte({ configFile: false, preprocess: vitePreprocess() })],
    define: {
      'process.env.NODE_ENV': '"production"',
      GRADIENT_LAB_WIDGETS: JSON.stringify(ids),
    },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: [format], name: 'gradientLab' },
      // An IIFE is one file.
      ...(format === 'cjs' && {
        cssCodeSplit: true,
        rolldownOptions: { output: { codeSplitting: { groups: widgetSheets } } },
      }),
    },
  };
  const [output] = (await build(config)) as Rolldown.RolldownOutput[];
  if (!output) throw new Error(`${entry} was not built.`);
  return output.output;
}

const files = new Map<string, string | Uint8Array>();

for (const [name, entry] of Object.entries({
  'v1.js': 'src/embed/element.ts',
  'unknown.js': 'src/embed/unknown.ts',
  'engine.js': 'src/engine/classic.worker.ts',
})) {
  const [chunk] = await bundle(entry, 'iife');
  if (chunk?.type !== 'chunk') throw new Error(`${entry} is not one script.`);
  files.set(name, chunk.code);
}

const parts = await bundle('src/embed/frame.ts', 'cjs');
const assets = parts.filter((part) => part.type === 'asset');
for (const [name, text] of embedSheets(assets)) files.set(name, text);
await cutFaces();
files.set('fonts.js', embedFonts());
const chunks = parts.filter((part) => part.type === 'chunk');
for (const [name, text] of classicScripts(chunks, ids)) files.set(name, text);

const binary = createRequire(import.meta.url).resolve(
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
);
const text = (await readFile(binary)).toString('base64');
files.set('wasm-binary.js', `self.gradientLabWasm = '${text}';\n`);

await mkdir(`${folder}/widgets`, { recursive: true });
for (const [name, content] of files) await writeFile(`${folder}/${name}`, content);

// A page and its scripts fit together; a cache that keeps one longer than the other must not part them.
const hash = createHash('sha256');
for (const content of files.values()) hash.update(content);
const version = hash.digest('hex').slice(0, 8);
for (const id of [...ids, 'unknown']) {
  const page = `${folder}/${id}/index.html`;
  const html = await readFile(page, 'utf8');
  const stamped = html
    // A page names its widget's sheet before it is known whether there is one.
    .replace(
      /<link rel="stylesheet" href="[^"]*\/embed\/(widgets\/[\w-]+\.css)">\n/,
      (link, name) => (files.has(name) ? link : ''),
    )
    .replace(/(\/embed\/(?:[\w-]+\/)?[\w-]+\.(?:js|css))(?:\?v=\w+)?"/g, `$1?v=${version}"`);
  await writeFile(page, stamped);
}
