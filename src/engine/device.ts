import { BackendError } from './errors';

/** How long a device may take to answer before it counts as lost, in milliseconds. */
const answerTimeout = 20_000;

const waiting = new Set<(error: BackendError) => void>();

/** Fails everything that waits for the device: its context is lost and it will never answer. */
export function reportDeviceLost(): void {
  const error = new BackendError('The graphics context was lost.', true);
  for (const fail of waiting) fail(error);
  waiting.clear();
}

/** A device's answer; rejects where the device is lost or does not answer in time. */
export function answerOf<T>(promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      waiting.delete(fail);
    };
    const fail = (error: BackendError): void => {
      settle();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new BackendError('The graphics card did not answer in time.', true)),
      answerTimeout,
    );
    waiting.add(fail);
    promise.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => {
        settle();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
