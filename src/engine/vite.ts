import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { compileAssembly } from './capture/compile.ts';

const core = /^@tensorflow\/tfjs-core$/;

/** What the page may ask of the engine, and the facts about specifications that it reads. */
const tables = /\/src\/engine\/(types|spec\/\w+|backends\/backend)\.ts$/;

/**
 * What Vite needs for the engine, in the browser and in Node.
 *
 * The backends import all of tfjs-core, which registers every op and gradient; its `base` entry
 * holds the same without that, so that a bundle holds what is used. In Node, Vite loads tfjs itself
 * (plain Node cannot resolve its extensionless ES modules), except the Emscripten glue of the wasm
 * backend, which is CommonJS and calls `require`. The WebAssembly modules are compiled first
 * where its sources have changed.
 */
export function engineVite(): Plugin {
  const require = createRequire(import.meta.url);
  const base = require.resolve('@tensorflow/tfjs-core/dist/base.js');
  return {
    name: 'engine',
    enforce: 'pre',
    async config() {
      await compileAssembly();
      return {
        resolve: { alias: [{ find: core, replacement: base }], dedupe: ['@tensorflow/tfjs-core'] },
        ssr: { noExternal: [/@tensorflow\//] },
      };
    },
    load(id, options) {
      const [file = ''] = id.split('?');
      if (!options?.ssr || !/\/wasm-out\/.*\.js$/.test(file)) return null;
      const path = JSON.stringify(file);
      return `
        import { createRequire } from 'node:module';
        const glue = createRequire(${path})(${path});
        export default glue;
        export const wasmWorkerContents = glue.wasmWorkerContents;`;
    },
    transform(code, id, options) {
      // A page that asks for a name alone should load no more: nothing happens where tables are read.
      if (tables.test(id)) return { code, map: null, moduleSideEffects: false };
      if (!options?.ssr || !id.includes('platforms/platform_node')) return null;
      // This file, too, calls `require` where it finds itself in Node.
      const header =
        "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
      return { code: `${header}\n${code}`, map: null };
    },
  };
}
