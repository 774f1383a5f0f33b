/** From a step function to a program. */
import type { Tensor } from '@tensorflow/tfjs-core/dist/base';
import { lower, type InputDeclaration, type Wanted } from './lower.ts';
import type { Program } from './program.ts';
import { record } from './recorder.ts';

/** What to capture, and what of its results is wanted when. */
export interface StepSignature extends Wanted {
  /**
   * The step's inputs. An output that bears the name of a `state` input is that state after the
   * step; `feed` inputs are written by the host before each step.
   */
  inputs: readonly InputDeclaration[];
  /** A pure function of tensors; it is called once. */
  step: (inputs: Record<string, Tensor>) => Record<string, Tensor>;
}

/**
 * Captures a step: tfjs runs it once without arithmetic, and what it did becomes a program.
 * Throws `CaptureError` where kernels are missing or a value is read, `MemoryError` where the
 * arena would pass 1 GB.
 */
export function captureStep(signature: StepSignature): Program {
  return lower(record(signature.inputs, signature.step), signature);
}
