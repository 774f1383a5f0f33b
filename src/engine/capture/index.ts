/** Captured steps: a tfjs training step recorded once and replayed in WebAssembly SIMD. */
export { captureStep, type StepSignature } from './capture.ts';
export { CaptureError } from './errors.ts';
export type { InputDeclaration } from './lower.ts';
export type { ListingLine, Program, Slot } from './program.ts';
export { useRecordingBackend } from './recorder.ts';
export { Arena, Replay, replayObstacle, type Feed } from './replay.ts';
