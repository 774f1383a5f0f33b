/**
 * What the page may ask of the engine, and what it gets back: plain data only, so that it crosses a
 * worker's boundary and a JSON file unchanged; and facts about specifications that the page reads too:
 * names, defaults, classes. Nothing here loads tfjs or data.
 */

export { backendFacts, backendNames } from './backends/backend';
export { isMissing } from './service/missing';
export { biasFieldsOf } from './spec/cells';
export { withDefaults } from './spec/defaults';
export { classesOf, digitsScale, digitsSize, shapeOf } from './spec/tasks';
export { activationNames } from './spec/training';
export type * from './backends/backend';
export type * from './capture/description';
export type * from './golden/reference';
export type * from './run/frame';
export type * from './service/engine';
export type { SignalBackward, SignalForward, SignalFrame } from './signal/report';
export type { SignalPassSpec } from './signal/spec';
export type {
  ResolvedInitializer,
  ResolvedMlp,
  ResolvedRecurrent,
  ResolvedSpec,
} from './spec/resolved';
export type * from './spec/training';
