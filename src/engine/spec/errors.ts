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
