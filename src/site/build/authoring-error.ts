import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A mistake in a content file. The message starts with `file:line:column`, and the fields let the
 * MDX plugin point at the place.
 */
export class AuthoringError extends Error {
  line: number;
  column: number;

  constructor(file: URL | undefined, place: { line: number; column: number }, message: string) {
    const name = file ? relative(process.cwd(), fileURLToPath(file)) : 'content';
    super(`${name}:${place.line}:${place.column}: ${message}`);
    this.name = 'AuthoringError';
    this.line = place.line;
    this.column = place.column;
  }
}
