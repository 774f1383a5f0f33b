import { BackendError } from './errors';
import { getBackend } from '../step/tf';
import type { Tensor } from '../step/tf';

/** How long a device may take to answer before it counts as lost, in milliseconds. */
const answerTimeout = 20_000;

const waiting = new Set<(error: BackendError) => void>();
/** Backends whose context is lost: whoever asks them later must hear of it at once. */
const lost = new Set<string>();

const lostError = (): BackendError => new BackendError('The graphics context was lost.', 'lost');

/**
 * Fails everything that waits for the device, and from now on every question to this backend: its
 * context is lost and it will never answer.
 */
export function reportDeviceLost(backend: string): void {
  lost.add(backend);
  for (const fail of waiting) fail(lostError());
  waiting.clear();
}

/** The values of a tensor of the current backend; rejects where the device is lost or silent. */
export function valuesOf(tensor: Tensor): Promise<Float32Array> {
  return lost.has(getBackend())
    ? Promise.reject(lostError())
    : answerOf(tensor.data() as Promise<Float32Array>);
}

function answerOf(promise: Promise<Float32Array>): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      waiting.delete(fail);
    };
    const fail = (error: BackendError): void => {
      settle();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new BackendError('The graphics card did not answer in time.', 'lost')),
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
