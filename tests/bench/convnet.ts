/** ConvNetJS, the way its own examples train: a trainer that takes one example after another. */
import { Net, Trainer, Vol } from 'convnetjs';
import { Losses, type Column, type Prepared } from './columns';

export function convnet({ job, parameters, batches }: Prepared): Column {
  const count = batches.x.length;
  const net = new Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: job.inputSize },
    ...Array.from({ length: job.depth }, () => ({
      type: 'fc',
      num_neurons: job.width,
      activation: 'tanh',
    })),
    { type: 'regression', num_neurons: job.outputSize },
  ]);
  const weighted = net.layers.filter((layer) => layer.layer_type === 'fc');
  const reset = (): void =>
    weighted.forEach((layer, l) => {
      const [weights, biases] = [parameters[2 * l]!, parameters[2 * l + 1]!];
      layer.filters.forEach(({ w }, unit) => {
        for (let i = 0; i < w.length; i++) w[i] = weights[unit * w.length + i]!;
      });
      for (let unit = 0; unit < biases.length; unit++) layer.biases.w[unit] = biases[unit]!;
    });
  const examples = batches.x.map((values, k) =>
    Array.from({ length: job.batchSize }, (_, row) => {
      const x = new Vol(1, 1, job.inputSize, 0);
      for (let i = 0; i < job.inputSize; i++) x.w[i] = values[row * job.inputSize + i]!;
      return { x, y: [batches.y[k]![row]!] };
    }),
  );
  return {
    name: 'ConvNetJS',
    run: (steps) => {
      reset();
      // Its gradient of an example is the error, half of that of the squared error.
      const trainer = new Trainer(net, {
        method: 'sgd',
        learning_rate: 2 * job.learningRate,
        momentum: 0,
        batch_size: job.batchSize,
      });
      const losses = new Losses(count);
      for (let k = 0; k < steps; k++) {
        let sum = 0;
        for (const { x, y } of examples[k % count]!) sum += trainer.train(x, y).cost_loss / 2;
        losses.add(sum / job.batchSize);
      }
      return Promise.resolve(losses.mean());
    },
  };
}
