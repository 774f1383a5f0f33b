/**
 * The recording backend: tfjs runs a step on it, gradients included, and no number is computed.
 * Each kernel call goes to the tracer; tensors that exist outside the step become constants.
 */
import {
  KernelBackend,
  engine,
  registerBackend,
  registerKernel,
  unregisterKernel,
  setBackend,
  getBackend,
} from '@tensorflow/tfjs-core/dist/base';
import type { DataType, Tensor } from '@tensorflow/tfjs-core/dist/base';
import { CaptureError, missingKernels } from './errors.ts';
import { broadcastShapes, isUniform, sizeOf, type View } from './graph.ts';
import { kernels } from './kernels.ts';
import { lower, type InputDeclaration, type Recording } from './lower.ts';
import { Replay } from './replay.ts';
import { Tracer } from './tracer.ts';

const backendName = 'capture';

interface TensorInfo {
  dataId: object;
  shape: number[];
  dtype: DataType;
}

class RecordingBackend extends KernelBackend {
  tracer = new Tracer();
  private views = new Map<object, View>();

  /** Runs `work` on a record of its own. */
  apart<T>(work: () => T): T {
    const { tracer, views } = this;
    this.tracer = new Tracer();
    this.views = new Map();
    try {
      return work();
    } finally {
      this.tracer = tracer;
      this.views = views;
    }
  }

  viewOf(info: TensorInfo): View {
    let view = this.views.get(info.dataId);
    if (!view) {
      // A tensor from outside the step: its present values are part of the program.
      this.define(info.dataId, engine().readSync(info.dataId), info.shape, info.dtype);
      view = this.views.get(info.dataId)!;
    }
    // A reshape that tfjs did by itself changes the tensor's shape, not its data.
    return this.tracer.reshape(view, info.shape);
  }

  register(view: View): TensorInfo {
    const dataId = {};
    this.views.set(dataId, view);
    return { dataId, shape: [...view.shape], dtype: view.dtype };
  }

  override write(values: unknown, shape: number[], dtype: DataType): object {
    const dataId = {};
    this.define(dataId, values, shape, dtype);
    return dataId;
  }

  override move(dataId: object, values: unknown, shape: number[], dtype: DataType): void {
    this.define(dataId, values, shape, dtype);
  }

  private define(dataId: object, values: unknown, shape: number[], dtype: DataType): void {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new CaptureError(`A step with tensors of type '${dtype}' cannot be captured.`);
    }
    // An uninitialized tensor is never read.
    const numbers = (values ??
      new Float32Array(shape.reduce((a, b) => a * b, 1))) as ArrayLike<number>;
    this.views.set(dataId, this.tracer.constant(numbers, shape, dtype));
  }

  /** Values that were given, not computed. */
  override readSync(dataId: object): Float32Array {
    const view = this.views.get(dataId);
    if (view?.buffer.role !== 'constant') {
      throw new CaptureError('A step that reads a tensor’s values cannot be captured.');
    }
    const { values } = view.buffer;
    return isUniform(view) ? new Float32Array(sizeOf(view.shape)).fill(values![0]!) : values!;
  }

  /** Outside a step: computes what led to the tensor, as a program that runs once. */
  override async read(dataId: object): Promise<Float32Array> {
    const value = this.views.get(dataId)!;
    if (value.buffer.role === 'constant') return this.readSync(dataId);
    const recording = { tracer: this.tracer, declarations: [], inputs: [], outputs: { value } };
    const replay = await Replay.create(lower(recording, {}));
    const arena = replay.arena();
    arena.run(1);
    return arena.readFrame()['value']!;
  }

  override disposeData(dataId: object): boolean {
    this.views.delete(dataId);
    // Nothing left that a later tensor could be computed from.
    if (this.views.size === 0) this.tracer = new Tracer();
    return true;
  }

  override refCount(): number {
    return 1;
  }

  override incRef(): void {}

  override numDataIds(): number {
    return this.views.size;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}
}

let backend: RecordingBackend | null = null;

function recordingBackend(): RecordingBackend {
  if (backend) return backend;
  const made = new RecordingBackend();
  backend = made;
  registerBackend(backendName, () => made, 0);
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => {
        made.tracer.kernelCalls++;
        const entries = Object.entries(inputs).filter(([, info]) => info);
        const views = entries.map(
          ([name, info]) => [name, made.viewOf(info as TensorInfo)] as const,
        );
        const named = Object.fromEntries(views);
        const given = Array.isArray(inputs) ? views.map(([, view]) => view) : named;
        const result = kernel(made.tracer, given as never, attrs ?? {});
        return Array.isArray(result)
          ? result.map((view) => made.register(view))
          : made.register(result);
      },
    });
  }
  return made;
}

/**
 * Makes the recording backend tfjs's current one. Outside a captured step it computes on demand: a
 * tensor's `data()` replays what led to it.
 */
export async function useRecordingBackend(): Promise<void> {
  recordingBackend();
  await setBackend(backendName);
}

/**
 * Runs `step` once on the recording backend and returns what it did. Throws `CaptureError`, with
 * every kernel that is missing, where the step cannot be captured. The backend that was set before is
 * set again.
 */
export function record(
  declarations: readonly InputDeclaration[],
  step: (inputs: Record<string, Tensor>) => Record<string, Tensor>,
): Recording {
  const recording = recordingBackend();
  const before = getBackend();
  // Both calls finish at once: this backend needs no start-up, the other one is running.
  void setBackend(backendName);
  const attempt = (): Recording =>
    recording.apart(() => {
      engine().startScope('capture');
      try {
        return trace(recording, declarations, step);
      } finally {
        engine().endScope();
      }
    });
  try {
    return attempt();
  } catch (error) {
    const first = unknownKernel(error);
    throw first === null ? error : missingKernels(allUnknown(recording, first, attempt));
  } finally {
    if (before) void setBackend(before);
  }
}

/**
 * The unknown kernels of a step: each gets a stand-in whose result has the shape of its inputs, and
 * the step is tried again. Ends early where that shape is wrong.
 */
function allUnknown(recording: RecordingBackend, first: string, attempt: () => unknown): string[] {
  const unknown: string[] = [];
  try {
    for (let next: string | null = first; next !== null && !unknown.includes(next);) {
      unknown.push(next);
      registerKernel({
        kernelName: next,
        backendName,
        kernelFunc: ({ inputs }) => {
          const shapes = Object.values(inputs).map((info) => (info as TensorInfo).shape);
          const shape = shapes.reduce(broadcastShapes, []);
          return recording.register(recording.tracer.input('', 'feed', shape, 'float32'));
        },
      });
      try {
        attempt();
        next = null;
      } catch (error) {
        next = unknownKernel(error);
      }
    }
  } finally {
    for (const kernel of unknown) unregisterKernel(kernel, backendName);
  }
  return unknown;
}

function trace(
  recording: RecordingBackend,
  declarations: readonly InputDeclaration[],
  step: (inputs: Record<string, Tensor>) => Record<string, Tensor>,
): Recording {
  const { tracer } = recording;
  const inputs: View[] = [];
  const tensors: Record<string, Tensor> = {};
  for (const { name, role, shape, dtype } of declarations) {
    const view = tracer.input(name, role, shape, dtype ?? 'float32');
    inputs.push(view);
    const { dataId } = recording.register(view);
    tensors[name] = engine().makeTensorFromDataId(dataId, [...shape], view.dtype);
  }
  const results = step(tensors);
  const outputs: Record<string, View> = {};
  for (const [name, tensor] of Object.entries(results)) outputs[name] = recording.viewOf(tensor);
  return { tracer, declarations, inputs, outputs };
}

/** The kernel that tfjs did not find; it says so in words. Null for every other error. */
function unknownKernel(error: unknown): string | null {
  const message = error instanceof Error ? error.message : String(error);
  return /[Kk]ernel '(\w+)' not registered for backend 'capture'/.exec(message)?.[1] ?? null;
}
