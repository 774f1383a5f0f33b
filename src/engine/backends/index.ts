import { env, setBackend } from '@tensorflow/tfjs-core/dist/base';
import { BackendError } from '../errors';
import type { Executor, ExecutorFactory } from '../executor';
import { createTfExecutor } from '../tfExecutor';
import type { BackendAvailability, BackendInfo, BackendName } from '../types';
import { isFastEnough } from './calibration';
import { registerGradients } from './gradients';
import type { WasmLocation } from './wasm';

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

/** Preferred first. */
export const backendNames: BackendName[] = ['webgl', 'captured', 'wasm', 'cpu'];

/** Opens backends, each once; the backend's code is loaded when it is first asked for. */
export class Backends {
  private readonly platform: Platform;
  /** Whether calibration found WebGL fast enough to be the default; until then it is not. */
  private webglIsFast = false;
  private readonly opened = new Map<string, Promise<OpenBackend>>();

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /**
   * Opens one backend; rejects with `BackendError` where the device lacks it. WebGL on a software
   * renderer counts as lacking unless `forced`.
   */
  async open(name: BackendName, forced = false): Promise<OpenBackend> {
    const strict = this.opened.get(name);
    if (name !== 'webgl' || !forced) return strict ?? this.opening(name, name, false);
    // A card found without force serves; otherwise software is tried as well.
    const found = await strict?.catch(() => null);
    return found ?? this.opening('webgl, forced', name, true);
  }

  private opening(key: string, name: BackendName, forced: boolean): Promise<OpenBackend> {
    let opening = this.opened.get(key);
    if (!opening) {
      opening = this.start(name, forced);
      this.opened.set(key, opening);
    }
    return opening;
  }

  /**
   * The backend of a run: the wanted one, or the first of the preference that the device has. `notes`
   * says what was replaced or is missing, and why.
   */
  async choose(wanted: BackendName | undefined): Promise<OpenBackend> {
    const notes: string[] = [];
    const missing: string[] = [];
    const others = backendNames.filter((name) => name !== wanted && name !== 'webgl');
    const order = wanted ? [wanted, ...others] : this.webglIsFast ? backendNames : others;
    for (const name of order) {
      try {
        const open = await this.open(name, name === wanted);
        if (missing.length > 0 && !wanted)
          notes.push(`${[...new Set(missing)].join(' ')} ${labels[name]} runs instead.`);
        return { ...open, info: { ...open.info, notes: [...notes, ...open.info.notes] } };
      } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        missing.push(error.message);
        if (name === wanted)
          notes.push(
            `${error.message} ${labels[name]} was asked for; another backend runs instead.`,
          );
      }
    }
    throw new BackendError(
      'This browser has none of WebGL, WebAssembly and plain JavaScript backends.',
      false,
    );
  }

  /**
   * Times training steps on WebGL and makes it the default where a run of the usual size would end
   * in time. For idle moments: it takes about a second on a graphics card, and nothing without one.
   */
  async calibrate(): Promise<void> {
    try {
      const webgl = await this.open('webgl');
      await webgl.activate();
      this.webglIsFast = await isFastEnough(webgl.factory);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
    }
  }

  async availability(): Promise<BackendAvailability[]> {
    const list: BackendAvailability[] = [];
    for (const backend of backendNames) {
      try {
        await this.open(backend, true);
        list.push({ backend, available: true });
      } catch (error) {
        list.push({
          backend,
          available: false,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
    return list;
  }

  private async start(name: BackendName, forced: boolean): Promise<OpenBackend> {
    // Without it tfjs checks every shape again and advertises its other backends.
    env().set('PROD', true);
    registerGradients();
    const eager = (info: BackendInfo): OpenBackend => ({
      info,
      factory: (request) => Promise.resolve(createTfExecutor(request)),
      activate: async () => {
        await setBackend(name);
      },
    });
    switch (name) {
      case 'cpu': {
        const { registerCpu } = await import('./cpu');
        registerCpu();
        return eager({ ...plain, backend: 'cpu', device: 'JavaScript' });
      }
      case 'wasm': {
        const { registerWasm } = await import('./wasm');
        await registerWasm(this.platform.wasmLocation);
        if (!(await setBackend('wasm'))) {
          throw new BackendError('WebAssembly could not be started.', false);
        }
        return eager({ ...plain, backend: 'wasm', device: 'WebAssembly SIMD' });
      }
      case 'webgl': {
        const { registerWebgl } = await import('./webgl');
        return eager(await registerWebgl({ allowSoftware: forced }));
      }
      case 'captured': {
        const { openCaptured } = await import('./captured');
        return openCaptured(async () => {
          const plainBackend = await this.open('wasm').catch(() => this.open('cpu'));
          return async (request) => onBackend(plainBackend, await plainBackend.factory(request));
        });
      }
    }
  }
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

const plain: Pick<BackendInfo, 'precision' | 'flushesDenormals' | 'notes'> = {
  precision: 'float32',
  flushesDenormals: false,
  notes: [],
};

const labels: Record<BackendName, string> = {
  webgl: 'WebGL',
  captured: 'The captured program',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};
