import type { WasmLocation } from './wasm';

/** The binary as an asset of the site. */
export const wasmLocation: WasmLocation = async () =>
  (await import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url')).default;
