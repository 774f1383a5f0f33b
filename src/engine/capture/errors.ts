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
