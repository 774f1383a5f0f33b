/**
 * A field of a specification is wrong. The message names the field, the value and what is allowed,
 * and is written for the reader.
 */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  /** Path of the field, e.g. `network.depth`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** A backend cannot be used, or stopped answering. The message is a sentence for the reader. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  /** True where a fresh worker on the same backend may go on: a lost context, a read that timed out. */
  readonly recoverable: boolean;

  constructor(message: string, recoverable: boolean) {
    super(message);
    this.recoverable = recoverable;
  }
}

/** An error as plain data, to cross a worker's boundary. */
export interface PlainError {
  name: string;
  message: string;
  field?: string;
  recoverable?: boolean;
}

/** Turns an error into plain data. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof SpecError)
    return { name: error.name, message: error.message, field: error.field };
  if (error instanceof BackendError)
    return { name: error.name, message: error.message, recoverable: error.recoverable };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

/** Builds the error again on the other side. */
export function fromPlainError(plain: PlainError): Error {
  if (plain.name === 'SpecError') return new SpecError(plain.field ?? '', plain.message);
  if (plain.name === 'BackendError')
    return new BackendError(plain.message, plain.recoverable ?? false);
  const error = new Error(plain.message);
  error.name = plain.name;
  return error;
}
