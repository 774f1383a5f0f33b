import { BackendError } from '../backends/errors';
import { isMissing } from './missing';
import { fromPlainError } from './plainError';
import type { RequestMessage, Requests, WorkerMessage } from './protocol';

/** The worker no longer answers; a fresh one may go on. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

interface Pending {
  resolve(value: never): void;
  reject(error: Error): void;
}

/**
 * One worker, started on the first request and again after it was lost. Where it stays silent for
 * `silence` milliseconds with a request open, it counts as lost.
 */
export class WorkerConnection {
  private readonly createWorker: () => Worker;
  private readonly silence: number;
  private worker: Worker | null = null;
  private heard = false;
  private lost = 0;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(createWorker: () => Worker, silence: number) {
    this.createWorker = createWorker;
    this.silence = silence;
  }

  /** Counts the workers lost, so that a run can tell whether its own is still there. */
  get losses(): number {
    return this.lost;
  }

  /** Asks the worker; rejects with the worker's error, or with `WorkerLostError`. */
  request<K extends keyof Requests>(
    type: K,
    request: Requests[K]['request'],
  ): Promise<Requests[K]['reply']> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.pending.set(id, { resolve, reject });
      try {
        this.started().postMessage({ ...request, type, id } as RequestMessage);
        this.watch();
      } catch (error) {
        this.pending.delete(id);
        reject(
          error instanceof DOMException && error.name === 'DataCloneError'
            ? error
            : new BackendError('This browser could not start a worker.', 'noWorker'),
        );
      }
    });
  }

  /** Ends the worker; open requests reject with `WorkerLostError`. */
  terminate(reason = 'The worker was stopped.'): void {
    clearTimeout(this.timer);
    if (this.worker) this.lost++;
    this.worker?.terminate();
    this.worker = null;
    const open = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of open) reject(new WorkerLostError(reason));
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = this.createWorker();
    this.worker = worker;
    this.heard = false;
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (worker === this.worker) this.receive(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker !== this.worker) return;
      if (this.heard) this.terminate('The worker stopped with an error.');
      else this.refuse();
    });
    return worker;
  }

  /** A worker that fails before its first message will fail again: the browser does not allow it. */
  private refuse(): void {
    const open = [...this.pending.values()];
    this.pending.clear();
    this.terminate();
    for (const { reject } of open) {
      reject(new BackendError('This browser could not start the worker.', 'noWorker'));
    }
  }

  private receive(message: WorkerMessage): void {
    this.heard = true;
    this.watch();
    if (message.type === 'alive') return;
    const entry = this.pending.get(message.id);
    if (!entry) return;
    this.pending.delete(message.id);
    if (this.pending.size === 0) clearTimeout(this.timer);
    if (message.type === 'error') {
      const error = fromPlainError(message.error);
      if (error instanceof BackendError && error.code === 'lost') {
        entry.reject(new WorkerLostError(error.message));
        this.terminate(error.message);
      } else {
        entry.reject(error);
        // A worker remembers what it could not fetch; a fresh one asks again.
        if (isMissing(error)) this.terminate();
      }
      return;
    }
    entry.resolve(message.value as never);
  }

  private watch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.terminate('The worker did not answer.'), this.silence);
  }
}
