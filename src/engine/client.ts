/** The engine on a page: its work is done in workers. */
export { BackendError } from './backends/errors';
export { createEngineService } from './service/client';
export type { ServiceOptions } from './service/client';
export { SpecError } from './spec/errors';
