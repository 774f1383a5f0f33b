import { wasmLocation } from './backends/wasmLocation.node';
import { createLocalService } from './service/local';
import type { BackendName, EngineService } from './types';

export { BackendError } from './backends/errors';
export { SpecError } from './spec/errors';

/** Lets timers and input be heard; a timer of its own would sleep for a millisecond, which is longer than most frames. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The engine in this Node process; `backend` is the default of its sessions. */
export function createLocalEngineService(backend?: BackendName): EngineService {
  return createLocalService({ wasmLocation }, backend, breathe);
}
