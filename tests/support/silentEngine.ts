/**
 * In a page: an engine that never answers. A page readies it when a button is in focus or a menu of backends
 * is open, which takes longer than all that is asked of a page in which nothing is run.
 */
export function silentEngine(): void {
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(/engine\.worker/.test(String(url)) ? 'data:text/javascript,' : url, options);
    }
  };
}
