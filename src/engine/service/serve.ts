import type { Platform } from './records';
import { toPlainError } from './plainError';
import { EngineHost } from './host';
import type { RequestMessage, Requests, WorkerMessage } from './protocol';

const aliveEvery = 500;

/** The part of a worker's global scope that is used. */
export interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  addEventListener(type: 'message', listener: (event: { data: RequestMessage }) => void): void;
}

/**
 * Lets messages be heard, and goes on at once: a timer would wait for four milliseconds, which is as much as
 * some frames take.
 */
function listening(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port2.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port1.postMessage(null);
    });
}

/** Answers the page's messages in a worker, module or classic. */
export function serveEngine(scope: WorkerScope, platform: Platform): void {
  let alive = 0;
  const heard = listening();
  const host = new EngineHost(platform, async () => {
    const now = performance.now();
    if (now - alive >= aliveEvery) {
      alive = now;
      scope.postMessage({ type: 'alive' });
    }
    await heard();
  });

  const answer = (message: RequestMessage): Promise<Requests[keyof Requests]['reply']> => {
    switch (message.type) {
      case 'info':
        return host.info(message.backend);
      case 'availability':
        return host.availability();
      case 'check':
        return host.check(message.cases, message.backend);
      case 'program':
        return host.program(message.spec, message.rounds);
      case 'calibrate':
        return host.calibrate().then(() => null);
      case 'prepare':
        return host.prepare(message).then(() => null);
      case 'start':
        return host.start(message);
      case 'pull':
        return host.pull(message.run, message.pace, message.until);
      case 'close':
        return host.close(message.run).then(() => null);
      case 'startSignal':
        return host.startSignal(message.spec, message.backend);
      case 'pullSignal':
        return host.pullSignal(message.pass);
      case 'closeSignal':
        return host.closeSignal(message.pass).then(() => null);
    }
  };

  scope.addEventListener('message', ({ data }) => {
    void (async () => {
      try {
        scope.postMessage({ type: 'reply', id: data.id, value: await answer(data) });
      } catch (error) {
        scope.postMessage({ type: 'error', id: data.id, error: toPlainError(error) });
      }
    })();
  });
}
