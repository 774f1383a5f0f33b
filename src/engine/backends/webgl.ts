import '@tensorflow/tfjs-backend-webgl/dist/base';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { unaryKernelFunc } from '@tensorflow/tfjs-backend-webgl/dist/kernel_utils/kernel_funcs_utils';
import {
  backend,
  env,
  mul,
  registerKernel,
  scalar,
  setBackend,
  tanh,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core/dist/base';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core/dist/base';
import { reportDeviceLost, valuesOf } from './device';
import { BackendError } from './errors';
import type { BackendInfo } from './backend';
import { webglKernels } from './webglKernels';

/** tfjs computes tensors below this size on the processor, which would hide what the card does. */
const probeSize = 1024;

/** 1 − e^(−2|x|) cancels near 0, so tanh(1e-8) would be 0 on every card; there the series is exact. */
const mendedTanh = unaryKernelFunc({
  opSnippet: `
  if (abs(x) < 0.1) {
    float s = x * x;
    return x * (1.0 + s * (-1.0 / 3.0 + s * (2.0 / 15.0)));
  }
  float e2x = exp(-2.0 * abs(x));
  return sign(x) * (1.0 - e2x) / (1.0 + e2x);
`,
});

/**
 * Registers WebGL and looks at what the device does with small numbers. Throws `BackendError` where
 * training would go wrong: no WebGL 2, half-precision textures, or 1e-20 that becomes 0. A software
 * renderer is refused unless `allowSoftware`.
 */
export async function registerWebgl({
  allowSoftware,
}: {
  allowSoftware: boolean;
}): Promise<BackendInfo> {
  if (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') {
    throw new BackendError(
      'There is no WebGL in Node, nor in the workers of older browsers.',
      'missing',
    );
  }
  // tfjs decides once whether there is WebGL, so it is not asked before the card is known.
  if (!allowSoftware) refuseSoftware();
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  // One shader for all shapes of a rank: a new width then costs no compilation.
  env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  if (env().getNumber('WEBGL_VERSION') !== 2) {
    throw new BackendError('This browser has no WebGL 2.', 'missing');
  }
  for (const kernel of webglKernels) registerKernel(mended(kernel));
  if (!(await setBackend('webgl')))
    throw new BackendError('WebGL could not be started.', 'missing');

  const { gl } = (backend() as MathBackendWebGL).gpgpu;
  gl.canvas.addEventListener('webglcontextlost', () => reportDeviceLost('webgl'));
  const device = rendererOf(gl);
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new BackendError(
      "This device's WebGL computes in half precision, where numbers below 6e-8 are 0.",
      'missing',
    );
  }
  const survives = async (value: number): Promise<number> => {
    const probe = tidy(() => mul(tensor(new Float32Array(probeSize).fill(value)), scalar(1)));
    const data = await valuesOf(probe);
    probe.dispose();
    return data[probeSize - 1]!;
  };
  if (!((await survives(1e-20)) > 0)) {
    throw new BackendError("This device's WebGL turns 1e-20 into 0.", 'missing');
  }
  const notes: string[] = [];
  const flushesDenormals = (await survives(1e-40)) === 0;
  const small = tidy(() => tanh(tensor(new Float32Array(probeSize).fill(1e-8))));
  const mendedValue = (await valuesOf(small))[probeSize - 1]!;
  small.dispose();
  if (!(Math.abs(mendedValue - 1e-8) < 1e-14))
    notes.push('tanh of numbers below 1e-7 is inexact on this device.');
  return { backend: 'webgl', precision: 'float32', device, flushesDenormals, notes };
}

function mended(kernel: KernelConfig): KernelConfig {
  if (kernel.kernelName === 'Tanh') return { ...kernel, kernelFunc: mendedTanh };
  if (kernel.kernelName === 'BatchMatMul')
    return { ...kernel, kernelFunc: cleanedMatMul(kernel.kernelFunc) };
  return kernel;
}

/**
 * A product that sums over an odd number of terms reads one more from the padding of its packed
 * textures. tfjs takes that padding for 0, but its elementwise programs fill it (exp makes it 1).
 * Unpacking drops it, and packing again sets it to 0.
 */
function cleanedMatMul(multiply: KernelFunc): KernelFunc {
  return (args) => {
    const { inputs, attrs } = args;
    const gl = args.backend as MathBackendWebGL;
    const a = inputs['a']!;
    const terms = a.shape.at(attrs?.['transposeA'] ? -2 : -1)!;
    if (terms % 2 === 0) return multiply(args);
    const made: TensorInfo[] = [];
    const clean = (input: TensorInfo): TensorInfo => {
      if (!gl.texData.get(input.dataId).isPacked) return input;
      const unpacked = gl.unpackTensor(input);
      made.push(unpacked);
      return unpacked;
    };
    const product = multiply({
      ...args,
      inputs: { ...inputs, a: clean(a), b: clean(inputs['b']!) },
    });
    for (const info of made) gl.disposeIntermediateTensorInfo(info);
    return product;
  };
}

/** Throws where WebGL 2 is missing or drawn by the processor; leaves no context behind. */
function refuseSoftware(): void {
  const canvas =
    typeof OffscreenCanvas === 'undefined'
      ? document.createElement('canvas')
      : new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    failIfMajorPerformanceCaveat: true,
  }) as WebGL2RenderingContext | null;
  if (!gl) throw new BackendError('This browser has no WebGL 2 on a graphics card.', 'missing');
  const device = rendererOf(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (/swiftshader|llvmpipe|software|basic render/i.test(device)) {
    throw new BackendError(`WebGL runs in software here (${device}).`, 'missing');
  }
}

function rendererOf(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER) ?? '');
}
