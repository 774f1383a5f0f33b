/** What makes a step impossible to capture; the step is run eagerly then. */
export class CaptureError extends Error {
  /** Kernels that the program format has no word for. */
  readonly missing: string[];

  constructor(message: string, missing: string[] = []) {
    super(message);
    this.name = 'CaptureError';
    this.missing = missing;
  }
}

/** A step that needs more memory than a program may have; eagerly it would need more still. */
export class MemoryError extends CaptureError {
  constructor(message: string) {
    super(message);
    this.name = 'MemoryError';
  }
}

/** The error of a step with kernels that the program format has no word for. */
export function missingKernels(missing: string[]): CaptureError {
  const [first, ...others] = missing;
  const names =
    others.length === 0 ? first : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  return new CaptureError(
    `The kernel${others.length === 0 ? '' : 's'} ${names} cannot be captured yet.`,
    missing,
  );
}
