/** The worker that reads, as the page sees it. */
import CheckupWorker from '../../checkup/checkup.worker.ts?worker&inline';
import type { Role } from '../../checkup/read/names';
import type { Given } from '../../checkup/run/run';
import type { Answer, Request } from '../../checkup/view/protocol';
import type { View } from '../../checkup/view/view';

export interface Progress {
  read: number;
  size: number;
  rows: number;
}

/** One file in one worker. The worker is made of a blob, so that the page's policy holds in it too. */
export class FileReading {
  readonly #worker: Worker = new CheckupWorker();
  #settle: { resolve: (view: View) => void; reject: (error: Error) => void } | null = null;

  constructor(onProgress: (progress: Progress) => void = () => undefined) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'progress') onProgress(data);
      else if (data.kind === 'view') this.#settle?.resolve(data.view);
      else this.#settle?.reject(new Error(data.message));
    });
    this.#worker.addEventListener('error', ({ message }) =>
      this.#settle?.reject(new Error(message || 'The reader could not be started.')),
    );
  }

  /** Reads a file, or a text, and judges it. */
  read(name: string, content: Blob | string, site: string, given: Given): Promise<View> {
    return this.#ask({ kind: 'read', name, content, site, given });
  }

  /** Judges it again, by what the reader says of columns. */
  judge(chosen: ReadonlyMap<string, Role>, given: Given): Promise<View> {
    return this.#ask({ kind: 'judge', chosen: [...chosen], given });
  }

  /** Stops at once, whatever is read; what was asked for is never answered. */
  close(): void {
    this.#worker.terminate();
    this.#settle = null;
  }

  #ask(request: Request): Promise<View> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#worker.postMessage(request);
    });
  }
}
