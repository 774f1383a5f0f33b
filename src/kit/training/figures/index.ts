/** The figures that training widgets share. */
export { byLayer, geometricTheory, layerChart } from './byLayer';
export { histogramsByLayer } from './histograms';
export { layerByStep } from './layerByStep';
export { living } from './living';
export { chanceReference, loss, lossChart, stepAxis } from './loss';
export { meanLossChart } from './meanLoss';
export { accuracy, overSteps } from './overSteps';
export { trainingError } from './trainingError';
