/**
 * The recording backend: tfjs runs a step on it, gradients included, and no number is computed.
 * Each kernel call goes to the tracer; tensors that exist outside the step become constants.
 */
import {
  KernelBackend,
  engine,
  registerBackend,
  registerKernel,
  setBackend,
  getBackend,
} from '@tensorflow/tfjs-core/dist/base';
import type { DataType, Tensor } from '@tensorflow/tfjs-core/dist/base';
import type { Dtype, View } from './graph.ts';
import { kernels } from './kernels.ts';
import { Tracer } from './tracer.ts';

const backendName = 'capture';

/** What makes a step impossible to capture; the step is run eagerly then. */
export class CaptureError extends Error {
  /** Kernels that the program format has no word for. */
  readonly missing: string[];

  constructor(message: string, missing: string[] = []) {
    super(message);
    this.name = 'CaptureError';
    this.missing = missing;
  }
}

interface TensorInfo {
  dataId: object;
  shape: number[];
  dtype: DataType;
}

class RecordingBackend extends KernelBackend {
  tracer = new Tracer();
  private views = new Map<object, View>();

  begin(): void {
    this.tracer = new Tracer();
    this.views = new Map();
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

  override readSync(): never {
    throw new CaptureError('A step that reads a tensor’s values cannot be captured.');
  }

  override read(): never {
    return this.readSync();
  }

  override disposeData(): boolean {
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

export interface InputDeclaration {
  name: string;
  role: 'state' | 'feed';
  shape: readonly number[];
  dtype?: Dtype;
}

export interface Recording {
  tracer: Tracer;
  inputs: View[];
  outputs: Record<string, View>;
}

/**
 * Runs `step` once on the recording backend and returns what it did. Throws `CaptureError` where
 * the step cannot be captured. The backend that was set before is set again.
 */
export function record(
  declarations: readonly InputDeclaration[],
  step: (inputs: Record<string, Tensor>) => Record<string, Tensor>,
): Recording {
  const recording = recordingBackend();
  const before = getBackend();
  recording.begin();
  // Both calls finish at once: this backend needs no start-up, the other one is running.
  void setBackend(backendName);
  engine().startScope('capture');
  try {
    const inputs: View[] = [];
    const tensors: Record<string, Tensor> = {};
    for (const { name, role, shape, dtype } of declarations) {
      const view = recording.tracer.input(name, role, shape, dtype ?? 'float32');
      inputs.push(view);
      const { dataId } = recording.register(view);
      tensors[name] = engine().makeTensorFromDataId(dataId, [...shape], view.dtype);
    }
    const results = step(tensors);
    const outputs: Record<string, View> = {};
    for (const [name, tensor] of Object.entries(results)) outputs[name] = recording.viewOf(tensor);
    return { tracer: recording.tracer, inputs, outputs };
  } catch (error) {
    throw translate(error);
  } finally {
    engine().endScope();
    if (before) void setBackend(before);
  }
}

/** tfjs reports an unknown kernel in words; everything else passes through. */
function translate(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const kernel = /[Kk]ernel '(\w+)' not registered for backend 'capture'/.exec(message)?.[1];
  if (!kernel) return error;
  return new CaptureError(`The kernel ${kernel} cannot be captured yet.`, [kernel]);
}
