import { env, setBackend } from '@tensorflow/tfjs-core/dist/base';
import type { BackendInfo, BackendName } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { Executor, ExecutorFactory } from '../backends/executor';
import { registerGradients } from '../backends/gradients';
import { createTfExecutor } from '../backends/tfExecutor';
import type { WasmLocation } from '../backends/wasm';

/** What the backends need from where they run. */
export interface Platform {
  wasmLocation: WasmLocation;
}

/** A backend that is ready to run. */
export interface OpenBackend {
  info: BackendInfo;
  factory: ExecutorFactory;
  /** Makes it the current one; called before each piece of work. */
  activate(): Promise<void>;
  /** Sentences for the reader about the executors made since the last call, where there are any. */
  takeNotices?(): string[];
}

/** What opening a backend may ask for. */
interface Opening {
  platform: Platform;
  /** WebGL on a software renderer counts as lacking unless the reader asked for it. */
  allowSoftware: boolean;
  /** The backend that trains what cannot be captured. */
  plain(): Promise<OpenBackend>;
}

/** All that the service knows of one backend. */
interface BackendRecord {
  /** Its name in sentences for the reader. */
  label: string;
  /** Loads its code and starts it; rejects with `BackendError` where the device lacks it. */
  open(opening: Opening): Promise<OpenBackend>;
}

/** Every backend by its name; their order of preference is that of `backendNames`. */
export const backendRecords: Record<BackendName, BackendRecord> = {
  webgl: {
    label: 'WebGL',
    async open({ allowSoftware }) {
      const { registerWebgl } = await import('../backends/webgl');
      return eager(await registerWebgl({ allowSoftware }));
    },
  },
  captured: {
    label: 'The captured program',
    async open({ plain }) {
      const { openCaptured } = await import('../capture/backend');
      return openCaptured(async () => {
        const backend = await plain();
        return async (request) => onBackend(backend, await backend.factory(request));
      });
    },
  },
  wasm: {
    label: 'WebAssembly',
    async open({ platform }) {
      const { registerWasm } = await import('../backends/wasm');
      await registerWasm(platform.wasmLocation);
      if (!(await setBackend('wasm'))) {
        throw new BackendError('WebAssembly could not be started.', 'missing');
      }
      return eager({ ...ordinary, backend: 'wasm', device: 'WebAssembly SIMD' });
    },
  },
  cpu: {
    label: 'JavaScript',
    async open() {
      const { registerCpu } = await import('../backends/cpu');
      registerCpu();
      return eager({ ...ordinary, backend: 'cpu', device: 'JavaScript' });
    },
  },
};

const ordinary: Pick<BackendInfo, 'precision' | 'flushesDenormals' | 'notes'> = {
  precision: 'float32',
  flushesDenormals: false,
  notes: [],
};

/** A backend of tfjs, op by op. */
const eager = (info: BackendInfo): OpenBackend => ({
  info,
  factory: (request) => Promise.resolve(createTfExecutor(request)),
  activate: async () => {
    await setBackend(info.backend);
  },
});

/** Sets up what every backend needs, then opens one. */
export function openBackend(name: BackendName, opening: Opening): Promise<OpenBackend> {
  // Without it tfjs checks every shape again and advertises its other backends.
  env().set('PROD', true);
  registerGradients();
  return backendRecords[name].open(opening);
}

/** An executor whose every call first makes its backend the current one. */
function onBackend({ activate }: OpenBackend, executor: Executor): Executor {
  const switched =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      // Settles at once: the backend runs already.
      void activate();
      return call(...args);
    };
  return {
    slots: executor.slots,
    summarized: executor.summarized,
    load: switched(executor.load),
    step: switched(executor.step),
    read: switched(executor.read),
    mark: switched(executor.mark),
    rewind: switched(executor.rewind),
    values: switched(executor.values),
    infer: switched(executor.infer),
    dispose: switched(executor.dispose),
  };
}
