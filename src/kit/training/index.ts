/** What training widgets share: see CONTRIBUTING.md. */
export { contrast, grouped, preset } from '../widget';
export { ablation, cured, type Cure } from './ablation';
export { defineTraining } from './defineTraining';
export { exampleOf, toneOf } from './examples';
export * as figures from './figures';
export * as parameters from './parameters';
export * as recurrent from './recurrent';
export * as residual from './residual';
export { counting, framesOf, seriesOf, type RanLane, type Run } from './run';
export { runningMean } from './runningMean';
export { outcome } from './sentences';
export * as solving from './solving';
export { spectrumOf, type Spectrum } from './spectrum';
export { changed, digits, startFor } from './specs';
export { atStart, finalWeightGradientNorm, learned, stepsUntilLoss, values } from './values';
