/** The columns of the benchmark: ways to train the same network on the same batches. */
import '@tensorflow/tfjs-core/dist/base_side_effects';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core/dist/base';
import * as layers from '@tensorflow/tfjs-layers';
import { captureStep, Replay } from '../../src/engine/capture';
import { resolveSpec } from '../../src/engine/spec/resolve';
import { initialize } from '../../src/engine/start/initializers';
import { stream } from '../../src/engine/start/rng';
import type { TaskShape } from '../../src/engine/spec/tasks';
import { scalarCount } from '../../src/engine/step/slots';
import { defineStep, type StepDefinition } from '../../src/engine/step/step';
import { batchesOf, specOf, type Batches, type Job } from './networks';
import { objectNetwork, trainBatch } from './objectNetwork';

/**
 * One way to train; `run` starts from fresh values and returns the mean loss of the last epoch's
 * steps, which is what `fit` reports of an epoch.
 */
export interface Column {
  name: string;
  run(steps: number): Promise<number>;
  dispose?(): void;
}

/** The last few losses. */
export class Losses {
  private readonly last: Float64Array;
  private count = 0;

  constructor(size: number) {
    this.last = new Float64Array(size);
  }

  add(loss: number): void {
    this.last[this.count++ % this.last.length] = loss;
  }

  mean(): number {
    const used = Math.min(this.count, this.last.length);
    return this.last.subarray(0, used).reduce((sum, loss) => sum + loss, 0) / used;
  }
}

export interface Prepared {
  job: Job;
  definition: StepDefinition;
  parameters: Float32Array[];
  batches: Batches;
}

export function prepare(job: Job): Prepared {
  const spec = resolveSpec(specOf(job));
  const shape: TaskShape = {
    inputSize: job.inputSize,
    outputSize: job.outputSize,
    length: job.length,
    classes: false,
  };
  const definition = defineStep(spec, shape);
  const rng = stream(1, 'parameters');
  const parameters = definition.parameters.map((info) =>
    initialize(info.initializer, info.shape, rng),
  );
  return { job, definition, parameters, batches: batchesOf(job) };
}

export const shapeOfX = ({ batchSize, inputSize, length }: Job): number[] =>
  length === null ? [batchSize, inputSize] : [length, batchSize, inputSize];

/** The captured program, with the norm of every weight gradient in every step. */
export async function captured({
  job,
  definition,
  parameters,
  batches,
}: Prepared): Promise<Column> {
  const slots = definition.slotsOf(['gradient']);
  const program = captureStep({
    inputs: [
      ...definition.parameters.map(({ name, shape }) => ({ name, role: 'state' as const, shape })),
      ...definition.state.map(({ name, shape }) => ({ name, role: 'state' as const, shape })),
      { name: 'x', role: 'feed', shape: shapeOfX(job) },
      { name: 'y', role: 'feed', shape: [job.batchSize, job.outputSize] },
      ...definition.hyper.map((name) => ({
        name: `hyper ${name}`,
        role: 'feed' as const,
        shape: [],
      })),
    ],
    everyStep: ['scalars'],
    statistics: slots.map(({ name }) => ({ name: `gradient ${name}`, measures: ['norm'] })),
    frame: [],
    step: (inputs) => {
      const outputs = definition.run(
        {
          parameters: definition.parameters.map(({ name }) => inputs[name]!),
          state: definition.state.map(({ name }) => inputs[name]!),
          x: inputs['x']!,
          y: inputs['y']!,
          hyper: definition.hyper.map((name) => inputs[`hyper ${name}`]!),
          noise: [],
        },
        ['gradient'],
      );
      const part = (start: number, size: number): tf.Tensor =>
        tf.slice(outputs.statistics, [start], [size]);
      return {
        scalars: part(0, scalarCount),
        ...Object.fromEntries(
          slots.map(({ name, offset, size }) => [`gradient ${name}`, part(offset, size)]),
        ),
        ...Object.fromEntries(
          outputs.parameters.map((t, i) => [definition.parameters[i]!.name, t]),
        ),
        ...Object.fromEntries(outputs.state.map((t, i) => [definition.state[i]!.name, t])),
      };
    },
  });
  const arena = (await Replay.create(program)).arena();
  const count = batches.x.length;
  return {
    name: 'captured',
    run: (steps) => {
      arena.writeState({
        ...Object.fromEntries(definition.parameters.map(({ name }, i) => [name, parameters[i]!])),
        ...Object.fromEntries(
          definition.state.map(({ name, shape }) => [
            name,
            new Float32Array(shape.reduce((a, b) => a * b, 1)),
          ]),
        ),
      });
      const losses = new Losses(count);
      for (let k = 0; k < steps; k++) {
        const feeds = arena.feeds();
        feeds['x']!.set(batches.x[k % count]!);
        feeds['y']!.set(batches.y[k % count]!);
        definition
          .valuesAt(k)
          .forEach((value, i) => (feeds[`hyper ${definition.hyper[i]!}`]![0] = value as number));
        losses.add(arena.run(1)[0]!);
      }
      return Promise.resolve(losses.mean());
    },
  };
}

/** The job as a model of tfjs-layers, and the values its weights start from. */
function modelOf({ job, definition, parameters }: Prepared): {
  model: layers.LayersModel;
  reset: () => void;
} {
  const valueOf = (name: string): Float32Array =>
    parameters[definition.parameters.findIndex((info) => info.name === name)]!;
  // Keras keeps [in, out].
  const transposed = (name: string, rows: number): tf.Tensor =>
    tf.transpose(tf.tensor2d(valueOf(name), [rows, valueOf(name).length / rows]));
  const resets: (() => void)[] = [];
  const { width, outputSize, cell } = job;
  const dense = (units: number, l: number, useBias: boolean) => {
    const layer = layers.layers.dense({ units, useBias });
    const [weight, bias] = cell ? ['Wy', 'by'] : [`W${l}`, `b${l}`];
    resets.push(() =>
      layer.setWeights([
        transposed(weight, units),
        ...(useBias ? [tf.tensor1d(valueOf(bias))] : []),
      ]),
    );
    return layer;
  };
  const input = layers.input({ shape: cell ? [job.length!, job.inputSize] : [job.inputSize] });
  let h: layers.SymbolicTensor;
  if (cell) {
    const options = {
      units: width,
      returnSequences: false,
      kernelInitializer: 'zeros',
      recurrentInitializer: 'zeros',
    } as const;
    const layer =
      cell === 'lstm'
        ? layers.layers.lstm({ ...options, recurrentActivation: 'sigmoid', unitForgetBias: false })
        : layers.layers.simpleRNN(options);
    // Keras stacks i, f, c, o.
    const gates = cell === 'lstm' ? ['i', 'f', 'g', 'o'] : [''];
    resets.push(() =>
      layer.setWeights([
        tf.concat(
          gates.map((gate) => transposed(`Wx${gate}`, width)),
          1,
        ),
        tf.concat(
          gates.map((gate) => transposed(`Wh${gate}`, width)),
          1,
        ),
        tf.concat(gates.map((gate) => tf.tensor1d(valueOf(`b${gate}`)))),
      ]),
    );
    h = layer.apply(input) as layers.SymbolicTensor;
  } else {
    h = input;
    for (let l = 1; l <= job.depth; l++) {
      let z = dense(width, l, !job.batchNorm).apply(h) as layers.SymbolicTensor;
      if (job.batchNorm) {
        const norm = layers.layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 });
        resets.push(() =>
          norm.setWeights([
            tf.ones([width]),
            tf.zeros([width]),
            tf.zeros([width]),
            tf.ones([width]),
          ]),
        );
        z = norm.apply(z) as layers.SymbolicTensor;
      }
      const value = layers.layers
        .activation({ activation: 'tanh' })
        .apply(z) as layers.SymbolicTensor;
      h =
        job.residual && l > 1
          ? (layers.layers.add().apply([h, value]) as layers.SymbolicTensor)
          : value;
    }
  }
  const output = dense(outputSize, job.depth + 1, true).apply(h) as layers.SymbolicTensor;
  return {
    model: layers.model({ inputs: input, outputs: output }),
    reset: () => tf.tidy(() => resets.forEach((reset) => reset())),
  };
}

/** A way to train that this browser does not have. */
export class Unavailable extends Error {}

/** Makes a tfjs backend the current one; throws `Unavailable` where the browser lacks it. */
export async function useBackend(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend).catch(() => false)))
    throw new Unavailable(`${backend} is not available here.`);
}

/** `LayersModel.fit`: one call, no callbacks, no yields. */
export async function fit(prepared: Prepared, backend: string): Promise<Column> {
  const { job, batches } = prepared;
  await useBackend(backend);
  const count = batches.x.length;
  const { model, reset } = modelOf(prepared);
  const adam = (): tf.Optimizer => tf.train.adam(job.learningRate, 0.9, 0.999, 1e-8);
  const join = (list: tf.Tensor[]): tf.Tensor => tf.concat(list);
  const x = tf.tidy(() =>
    join(
      batches.x.map((values) => {
        const batch = tf.tensor(values, shapeOfX(job));
        return job.length === null ? batch : tf.transpose(batch, [1, 0, 2]);
      }),
    ),
  );
  const y = tf.tidy(() =>
    join(batches.y.map((values) => tf.tensor(values, [job.batchSize, job.outputSize]))),
  );
  return {
    name: `fit ${backend}`,
    async run(steps) {
      await tf.setBackend(backend);
      reset();
      model.compile({
        optimizer: job.optimizer === 'adam' ? adam() : tf.train.sgd(job.learningRate),
        loss: 'meanSquaredError',
      });
      const epochs = Math.max(1, Math.round(steps / count));
      const history = await model.fit(x, y, {
        batchSize: job.batchSize,
        epochs,
        shuffle: false,
        yieldEvery: 'never',
        verbose: 0,
      });
      return (history.history['loss']!.at(-1) as number) ?? NaN;
    },
    dispose: () => {
      x.dispose();
      y.dispose();
      model.dispose();
    },
  };
}

/** Objects for nodes and links, in doubles, an example at a time. */
export function objects({ job, parameters, batches }: Prepared): Column {
  const count = batches.x.length;
  return {
    name: 'objects',
    run: (steps) => {
      const weights = parameters.filter((_, i) => i % 2 === 0);
      const biases = parameters.filter((_, i) => i % 2 === 1);
      const network = objectNetwork(job.inputSize, weights, biases);
      const losses = new Losses(count);
      for (let k = 0; k < steps; k++) {
        losses.add(
          trainBatch(network, batches.x[k % count]!, batches.y[k % count]!, job.learningRate),
        );
      }
      return Promise.resolve(losses.mean());
    },
  };
}
