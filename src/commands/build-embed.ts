/**
 * The scripts of the embeds, as classic scripts into <out>/embed/: the element (v1.js), the frame
 * that mounts a widget (frame.js, frame.css), its engine worker (engine.js) and the binary that the
 * worker may ask for (wasm-binary.js). `npm run build` calls it after the pages.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { engineVite } from '../engine/vite.ts';
import { outDir } from './build-site.ts';

const folder = `${outDir()}/embed`;

const scripts = {
  'v1.js': 'src/embed/element.ts',
  'frame.js': 'src/embed/frame.ts',
  'engine.js': 'src/engine/classic.worker.ts',
};

for (const [name, entry] of Object.entries(scripts)) {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [engineVite(), svelte({ configFile: false, preprocess: vitePreprocess() })],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      // The name is other people's API: it stays, and the server's validation keeps it fresh.
      lib: {
        entry,
        formats: ['iife'],
        name: 'gradientLab',
        fileName: () => name,
        cssFileName: 'frame',
      },
      rollupOptions: { output: { extend: true } },
    },
  });
}

const binary = createRequire(import.meta.url).resolve(
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
);
const text = (await readFile(binary)).toString('base64');
await writeFile(`${folder}/wasm-binary.js`, `self.gradientLabWasm = '${text}';\n`);
