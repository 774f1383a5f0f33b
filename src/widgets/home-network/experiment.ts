import type { Engine, TrainingSpec } from '../../engine/types';
import type { HomeValues } from './params';

/** A tanh network on the digits whose one fault, if it has one, is the gain of its weights. */
export function specOf({ gain, depth, steps, seed }: HomeValues): TrainingSpec {
  return {
    network: {
      kind: 'mlp',
      depth,
      width: 32,
      activation: 'tanh',
      initializer: { kind: 'orthogonal', gain },
    },
    task: { kind: 'digits' },
    optimizer: { kind: 'momentum', learningRate: 0.01 },
    batchSize: 32,
    steps,
    seed,
  };
}

/** Trains the one network of the home page. */
export default function experiment(values: HomeValues, engine: Engine) {
  return engine.train({ network: specOf(values) });
}
