/** A loop of `variableGrads` and `tf.train` over networks in plain tfjs ops, as one writes them by hand. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import { shapeOfX, useBackend, type Column, type Prepared } from './columns';

/** Added to the variance, and the weight of the old running statistics, as in the other columns. */
const epsilon = 1e-5;
const kept = 0.9;

/** A network: its variables, and the outputs [batch, outputSize] for a batch. */
interface Network {
  variables: tf.Variable[];
  forward(x: tf.Tensor): tf.Tensor2D;
  /** Returns the variables, and what else training changes, to the start. */
  reset(): void;
  dispose(): void;
}

export async function loop(prepared: Prepared, backend: string): Promise<Column> {
  const { job, batches } = prepared;
  await useBackend(backend);
  const count = batches.x.length;
  const network = job.cell ? recurrent(prepared) : perceptron(prepared);
  const xs = batches.x.map((values) => tf.tensor(values, shapeOfX(job)));
  const ys = batches.y.map((values) => tf.tensor(values, [job.batchSize, job.outputSize]));
  return {
    name: `loop ${backend}`,
    async run(steps) {
      await tf.setBackend(backend);
      network.reset();
      const optimizer =
        job.optimizer === 'adam'
          ? tf.train.adam(job.learningRate, 0.9, 0.999, 1e-8)
          : tf.train.sgd(job.learningRate);
      const last: tf.Scalar[] = [];
      for (let k = 0; k < steps; k++) {
        const { value, grads } = tf.variableGrads(
          () => tf.mean(tf.square(tf.sub(network.forward(xs[k % count]!), ys[k % count]!))),
          network.variables,
        );
        optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
        tf.dispose(grads);
        last.push(value);
        if (last.length > count) last.shift()!.dispose();
      }
      const mean = tf.tidy(() => tf.mean(tf.stack(last)));
      const loss = (await mean.data())[0]!;
      tf.dispose([mean, ...last]);
      optimizer.dispose();
      return loss;
    },
    dispose: () => {
      network.dispose();
      tf.dispose([...xs, ...ys]);
    },
  };
}

/** Variables that start from given values, and a function that sets them to those again. */
class Variables {
  readonly all: tf.Variable[] = [];
  private readonly starts: tf.Tensor[] = [];
  private readonly prepared: Prepared;

  constructor(prepared: Prepared) {
    this.prepared = prepared;
  }

  /** The tensor of the start values by that name; matrices as [in, out], which tfjs multiplies fastest. */
  value(name: string): tf.Tensor {
    const { definition, parameters } = this.prepared;
    const index = definition.parameters.findIndex((info) => info.name === name);
    const tensor = tf.tensor(parameters[index]!, definition.parameters[index]!.shape);
    return tensor.rank === 2 ? tf.transpose(tensor) : tensor;
  }

  add<T extends tf.Tensor>(make: () => tf.Tensor): T {
    const start = tf.tidy(make);
    const variable = tf.variable(start);
    this.starts.push(start);
    this.all.push(variable);
    return variable as tf.Tensor as T;
  }

  reset(): void {
    this.all.forEach((variable, i) => {
      const fresh = this.starts[i]!.clone();
      variable.assign(fresh);
      fresh.dispose();
    });
  }

  dispose(): void {
    tf.dispose([...this.all, ...this.starts]);
  }
}

function perceptron(prepared: Prepared): Network {
  const { job } = prepared;
  const variables = new Variables(prepared);
  const layers = Array.from({ length: job.depth + 1 }, (_, i) => {
    const l = i + 1;
    const named = (name: string): tf.Tensor => variables.add(() => variables.value(`${name}${l}`));
    const normalized = job.batchNorm && l <= job.depth;
    return {
      weight: named('W') as tf.Tensor2D,
      ...(normalized
        ? { bias: null, gamma: named('gamma'), beta: named('beta') }
        : { bias: named('b'), gamma: null, beta: null }),
    };
  });
  /** The running mean and variance of each layer with batch norm. */
  let running: { mean: tf.Tensor; variance: tf.Tensor }[] = [];
  const forget = (): void => running.forEach((both) => tf.dispose([both.mean, both.variance]));

  const normalize = (z: tf.Tensor2D, l: number, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor2D => {
    const { mean, variance } = tf.moments(z, 0);
    const before = running[l]!;
    const newest = (old: tf.Tensor, batch: tf.Tensor): tf.Tensor =>
      tf.keep(tf.add(tf.mul(old, kept), tf.mul(batch, 1 - kept)));
    running[l] = {
      mean: newest(before.mean, mean),
      variance: newest(before.variance, variance),
    };
    tf.dispose([before.mean, before.variance]);
    return tf.batchNorm2d(
      z,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      beta as tf.Tensor1D,
      gamma as tf.Tensor1D,
      epsilon,
    );
  };

  return {
    variables: variables.all,
    forward(x) {
      let h = x as tf.Tensor2D;
      layers.forEach(({ weight, bias, gamma, beta }, l) => {
        const product: tf.Tensor2D = tf.matMul(h, weight);
        const z = bias === null ? normalize(product, l, gamma, beta) : tf.add(product, bias);
        if (l === job.depth) h = z as tf.Tensor2D;
        else {
          const value = tf.tanh(z) as tf.Tensor2D;
          h = job.residual && l > 0 ? tf.add(h, value) : value;
        }
      });
      return h;
    },
    reset() {
      variables.reset();
      forget();
      running = job.batchNorm
        ? Array.from({ length: job.depth }, () => ({
            mean: tf.zeros([job.width]),
            variance: tf.ones([job.width]),
          }))
        : [];
    },
    dispose() {
      variables.dispose();
      forget();
    },
  };
}

/** The gates' matrices stand side by side, so that a time step has two products whatever the cell. */
function recurrent(prepared: Prepared): Network {
  const { job } = prepared;
  const variables = new Variables(prepared);
  const gates = job.cell === 'lstm' ? ['i', 'f', 'g', 'o'] : [''];
  const joined = (name: string): tf.Tensor =>
    tf.concat(
      gates.map((gate) => variables.value(`${name}${gate}`)),
      -1,
    );
  const fromInput = variables.add<tf.Tensor2D>(() => joined('Wx'));
  const fromState = variables.add<tf.Tensor2D>(() => joined('Wh'));
  const bias = variables.add(() => joined('b'));
  const weight = variables.add<tf.Tensor2D>(() => variables.value('Wy'));
  const outputBias = variables.add(() => variables.value('by'));
  return {
    variables: variables.all,
    forward(x) {
      let h: tf.Tensor2D = tf.zeros([job.batchSize, job.width]);
      let c = h;
      for (const input of tf.unstack(x, 0)) {
        const z = tf.add(
          tf.add(tf.matMul(input as tf.Tensor2D, fromInput), bias),
          tf.matMul(h, fromState),
        ) as tf.Tensor2D;
        if (job.cell === 'rnn') h = tf.tanh(z);
        else {
          const [i, f, g, o] = tf.split(z, 4, 1) as [
            tf.Tensor2D,
            tf.Tensor2D,
            tf.Tensor2D,
            tf.Tensor2D,
          ];
          c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
          h = tf.mul(tf.sigmoid(o), tf.tanh(c));
        }
      }
      return tf.add(tf.matMul(h, weight), outputBias) as tf.Tensor2D;
    },
    reset: () => variables.reset(),
    dispose: () => variables.dispose(),
  };
}
