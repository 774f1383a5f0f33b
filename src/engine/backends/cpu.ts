import '@tensorflow/tfjs-backend-cpu/dist/base';
import { registerKernel } from '@tensorflow/tfjs-core/dist/base';
import { cpuKernels } from './cpuKernels';

/** Registers the plain JavaScript backend, float32 storage with sums in doubles. */
export function registerCpu(): void {
  for (const kernel of cpuKernels) registerKernel(kernel);
}
