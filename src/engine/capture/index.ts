/** Captured steps: a tfjs training step recorded once and replayed in WebAssembly SIMD. */
export { CaptureError, captureStep, type InputDeclaration, type StepSignature } from './capture.ts';
export type { ListingLine, Program, Slot } from './program.ts';
export { Arena, Replay, replayObstacle, type Feed, type TensorStatistics } from './replay.ts';
