import { BackendError, type BackendErrorCode } from '../backends/errors';
import { SpecError } from '../spec/errors';

/** An error as plain data, to cross a worker's boundary. */
export interface PlainError {
  name: string;
  message: string;
  field?: string;
  code?: BackendErrorCode;
}

/** Turns an error into plain data. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof SpecError)
    return { name: error.name, message: error.message, field: error.field };
  if (error instanceof BackendError)
    return { name: error.name, message: error.message, code: error.code };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

/** Builds the error again on the other side. */
export function fromPlainError(plain: PlainError): Error {
  if (plain.name === 'SpecError') return new SpecError(plain.field ?? '', plain.message);
  if (plain.name === 'BackendError') return new BackendError(plain.message, plain.code ?? 'unfit');
  const error = new Error(plain.message);
  error.name = plain.name;
  return error;
}
