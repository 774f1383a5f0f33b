/** The site's engine worker, a module worker. */
import { wasmLocation } from './backends/wasmLocation.browser';
import { serveEngine } from './serve';
import type { WorkerScope } from './serve';

serveEngine(self as unknown as WorkerScope, { wasmLocation });
