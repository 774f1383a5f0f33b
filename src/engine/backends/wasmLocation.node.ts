import { createRequire } from 'node:module';
import type { WasmLocation } from './wasm';

/** The binary in node_modules. */
export const wasmLocation: WasmLocation = () =>
  Promise.resolve(
    createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    ),
  );
