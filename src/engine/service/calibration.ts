import type { ExecutorFactory } from '../backends/executor';
import { resolveSpec } from '../spec/resolve';
import { defineStep } from '../step/step';
import type { TrainingSpec } from '../spec/training';

/** A run of the usual size: two lanes of 300 steps. */
const usual: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 10,
    width: 32,
    activation: 'tanh',
    initializer: { kind: 'glorotNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'momentum', learningRate: 0.01 },
  batchSize: 32,
  steps: 300,
  seed: 0,
};
const lanes = 2;
const longest = 10_000;

/** Steps that compile the shaders, and steps that are timed. */
const warmUp = 3;
const timed = 10;

/** Whether a run of the usual size would end within ten seconds on this backend, the current one. */
export async function isFastEnough(factory: ExecutorFactory): Promise<boolean> {
  const spec = resolveSpec(usual);
  const shape = { inputSize: 64, outputSize: 10, length: null, classes: true };
  const definition = defineStep(spec, shape);
  const executor = await factory({ spec, shape, definition, collect: [] });
  const size = (dimensions: number[]): number => dimensions.reduce((product, n) => product * n, 1);
  const fill = (infos: { shape: number[] }[]): Float32Array[] =>
    infos.map((info) => new Float32Array(size(info.shape)).fill(0.01));
  const batch = { x: new Float32Array(32 * 64).fill(0.5), y: new Float32Array(32 * 10).fill(0.1) };
  try {
    executor.load({ parameters: fill(definition.parameters), state: fill(definition.state) });
    let start = 0;
    for (let step = 0; step < warmUp + timed; step++) {
      if (step === warmUp) {
        await executor.read();
        start = performance.now();
      }
      executor.step(batch, 'all', definition.valuesAt(step), false);
    }
    await executor.read();
    const perStep = (performance.now() - start) / timed;
    return perStep * usual.steps * lanes <= longest;
  } finally {
    executor.dispose();
  }
}
