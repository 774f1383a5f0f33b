import { wasmLocation } from './backends/wasmLocation.browser';
import { createLocalService } from './service/local';
import type { EngineService } from './types';

/** The engine on the page's own thread, for browsers that allow no worker. */
export const createPageService = (): EngineService => createLocalService({ wasmLocation });
