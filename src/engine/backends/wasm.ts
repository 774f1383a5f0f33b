import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/base';
import { env, registerKernel } from '@tensorflow/tfjs-core/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core/dist/base';
import { BackendError } from './errors';
import { wasmKernels } from './wasmKernels';

/**
 * Where the SIMD binary of tfjs lies: a URL in the browser, a path in Node; or its bytes, where
 * nothing can be fetched.
 */
export type WasmLocation = () => Promise<string | Uint8Array<ArrayBuffer>>;

/** Registers the WebAssembly backend: one thread, SIMD. Throws where the browser lacks either. */
export async function registerWasm(location: WasmLocation): Promise<void> {
  if (typeof WebAssembly !== 'object')
    throw new BackendError('This browser has no WebAssembly.', 'missing');
  // Its threads break once a bundler has minified them, and need headers that hosts rarely send.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new BackendError('This browser has no WebAssembly SIMD.', 'missing');
  }
  const found = await location();
  const path = typeof found === 'string' ? found : 'tfjs-backend-wasm-simd.wasm';
  if (typeof found !== 'string') {
    // tfjs takes no bytes, but it asks its platform to fetch the path.
    env().platform.fetch = () => Promise.resolve(new Response(found));
  }
  // tfjs insists on all three names, and loads the SIMD one.
  setWasmPaths(
    {
      'tfjs-backend-wasm.wasm': path,
      'tfjs-backend-wasm-simd.wasm': path,
      'tfjs-backend-wasm-threaded-simd.wasm': path,
    },
    typeof found !== 'string',
  );
  for (const kernel of wasmKernels) registerKernel(mended(kernel));
}

/**
 * BatchMatMul with its transposes made explicit: the backend multiplies a transposed operand on a
 * scalar path, several times slower than a transpose and the SIMD path together.
 */
function mended(kernel: KernelConfig): KernelConfig {
  if (kernel.kernelName !== 'BatchMatMul') return kernel;
  const transpose = wasmKernels.find(({ kernelName }) => kernelName === 'Transpose')!.kernelFunc;
  const multiply = kernel.kernelFunc;
  const kernelFunc: KernelFunc = (args) => {
    const { inputs, attrs } = args;
    const backend = args.backend as BackendWasm;
    const turned: TensorInfo[] = [];
    const operand = (input: TensorInfo, transposed: boolean): TensorInfo => {
      if (!transposed) return input;
      const rank = input.shape.length;
      const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
      const info = transpose({ inputs: { x: input }, backend, attrs: { perm } }) as TensorInfo;
      turned.push(info);
      return info;
    };
    const a = operand(inputs['a']!, Boolean(attrs?.['transposeA']));
    const b = operand(inputs['b']!, Boolean(attrs?.['transposeB']));
    const product = multiply({
      inputs: { a, b },
      backend,
      attrs: { transposeA: false, transposeB: false },
    });
    for (const info of turned) backend.disposeData(info.dataId);
    return product;
  };
  return { ...kernel, kernelFunc };
}
