/** The engine's worker, which loses its WebGL context when a broadcast says so. */
import { backend } from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import '../../../src/engine/engine.worker';

new BroadcastChannel('lose-context').onmessage = () => {
  const { gl } = (backend() as MathBackendWebGL).gpgpu;
  gl.getExtension('WEBGL_lose_context')!.loseContext();
};
