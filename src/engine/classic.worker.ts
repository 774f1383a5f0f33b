/**
 * The embeds' engine: a classic script, since a frame of opaque origin may neither import modules
 * nor fetch. What the site fetches, this one takes from further classic scripts. It serves in a
 * worker; a page that may not make one loads it itself and finds the engine's service left for it.
 */
import { createLocalService } from './service/local';
import { serveEngine } from './service/serve';
import type { WorkerScope } from './service/serve';
import type { EngineService } from './types';

interface ClassicScope extends WorkerScope {
  importScripts(url: string): void;
  /** The address of one of the embed's scripts, set by the frame. */
  gradientLabAddress(name: string): string;
  /** Loads a further script into the page; set by a frame that has no worker. */
  gradientLabLoad?: (url: string) => Promise<void>;
  /** Left for that frame. */
  gradientLabService?: EngineService;
  /** Left by wasm-binary.js: tfjs's SIMD binary in base64. */
  gradientLabWasm?: string;
}

const scope = self as unknown as ClassicScope;

const platform = {
  wasmLocation: async () => {
    const address = scope.gradientLabAddress('wasm-binary.js');
    if (scope.gradientLabLoad) await scope.gradientLabLoad(address);
    else scope.importScripts(address);
    const text = atob(scope.gradientLabWasm ?? '');
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  },
};

if (scope.gradientLabLoad) scope.gradientLabService = createLocalService(platform);
else serveEngine(scope, platform);
