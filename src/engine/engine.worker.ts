/** The site's engine worker, a module worker. */
import { wasmLocation } from './backends/wasmLocation.browser';
import { serveEngine } from './service/serve';
import type { WorkerScope } from './service/serve';

serveEngine(self as unknown as WorkerScope, { wasmLocation });
