import { shapeOf, withDefaults, type ResolvedSpec, type TrainingSpec } from '../../engine/types';

/** A forward pass, and the two products of the backward pass that belong to each of its own. */
const PASSES = 3;

/**
 * Multiplications of a whole run, roughly: those of its matrix products. What they cost in time is measured
 * on the device; this carries a measurement from one size to another.
 */
export function runCost(given: TrainingSpec): number {
  const spec = withDefaults(given);
  const { inputSize, outputSize, length } = shapeOf(spec.task);
  const example = exampleCost(spec.network, inputSize, outputSize) * (length ?? 1);
  return PASSES * spec.steps * spec.batchSize * example;
}

function exampleCost(network: ResolvedSpec['network'], inputs: number, outputs: number): number {
  switch (network.kind) {
    case 'mlp': {
      const { depth, width } = network;
      return width * (inputs + outputs + Math.max(0, depth - 1) * width);
    }
    case 'recurrent': {
      // The four maps of an LSTM; other cells have fewer.
      const { hiddenSize } = network;
      return hiddenSize * (4 * (inputs + hiddenSize) + outputs);
    }
    case 'oneUnit':
      return outputs;
  }
}
