/** Why a backend does not compute, which decides what takes its place. */
export type BackendErrorCode =
  /** The device lacks it, or does not start it: the next backend of the preference runs. */
  | 'missing'
  /** It stopped answering, as when a graphics context is lost: a fresh worker goes on. */
  | 'lost'
  /** The browser starts no worker: the page's own thread computes. */
  | 'noWorker'
  /** It cannot run what was asked: nothing takes its place. */
  | 'unfit';

/** A backend cannot be used, or stopped answering. The message is a sentence for the reader. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: BackendErrorCode;

  constructor(message: string, code: BackendErrorCode) {
    super(message);
    this.code = code;
  }
}
