/**
 * The embeds' engine worker: a classic script, since a frame of opaque origin may neither import
 * modules nor fetch. What the site fetches, this one takes from further classic scripts.
 */
import { serveEngine } from './serve';
import type { WorkerScope } from './serve';

interface ClassicScope extends WorkerScope {
  importScripts(url: string): void;
  /** The folder of the embed's scripts, set by the frame that made the worker. */
  gradientLabBase: string;
  /** Left by wasm-binary.js: tfjs's SIMD binary in base64. */
  gradientLabWasm?: string;
}

const scope = self as unknown as ClassicScope;

serveEngine(scope, {
  wasmLocation: () => {
    scope.importScripts(`${scope.gradientLabBase}wasm-binary.js`);
    const text = atob(scope.gradientLabWasm ?? '');
    return Promise.resolve(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  },
});
