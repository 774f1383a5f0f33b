import { valuesOf } from '../backends/device';
import type { TensorValues } from '../backends/executor';
import type { ResolvedSpec } from '../spec/resolved';
import { standardDeviation } from '../statistics/reductions';
import { unwatched } from '../step/network';
import type { StepDefinition } from '../step/step';
import { dispose, keep, tensor, tidy } from '../step/tf';
import type { Tensor } from '../step/tf';
import type { Batch } from '../tasks';

const tolerance = 0.01;
const mostPasses = 10;

/**
 * Layer-sequential unit variance (Mishkin & Matas 2016): from orthogonal weights, each hidden
 * layer in turn is divided by the standard deviation of its pre-activations on one batch, until
 * that is 1 within 1 %. Returns the parameters.
 */
export async function lsuv(
  spec: ResolvedSpec,
  definition: StepDefinition,
  values: TensorValues,
  batch: Batch,
): Promise<Float32Array[]> {
  const parameters = values.parameters.map((v) => v.slice());
  const { network } = definition;
  const hidden = network.watched.preActivations.slice(0, -1);
  for (const [index, { layer }] of hidden.entries()) {
    const weight = parameters[network.parameters.findIndex((info) => info.name === `W${layer}`)]!;
    for (let pass = 0; pass < mostPasses; pass++) {
      const std = standardDeviation(
        await preActivation(spec, definition, parameters, values, batch, index),
      );
      if (!(std > 0) || !Number.isFinite(std) || Math.abs(std - 1) < tolerance) break;
      for (let i = 0; i < weight.length; i++) weight[i] = weight[i]! / std;
    }
  }
  return parameters;
}

/** The values of one pre-activation on the batch, in training mode. */
async function preActivation(
  spec: ResolvedSpec,
  { network }: StepDefinition,
  parameters: readonly Float32Array[],
  values: TensorValues,
  batch: Batch,
  index: number,
): Promise<Float32Array> {
  const buffers = values.state.slice(values.state.length - network.buffers.length);
  const upload = (data: Float32Array, shape: number[]): Tensor => tensor(data, shape);
  let count = 0;
  let wanted: Tensor | null = null;
  tidy(() => {
    network.forward(
      parameters.map((v, i) => upload(v, network.parameters[i]!.shape)),
      buffers.map((v, i) => upload(v, network.buffers[i]!.shape)),
      upload(batch.x, [spec.batchSize, batch.x.length / spec.batchSize]),
      true,
      {
        ...unwatched,
        preActivation: (t) => {
          if (count++ === index) wanted = keep(t);
          return t;
        },
      },
    );
  });
  const data = await valuesOf(wanted!);
  dispose(wanted!);
  return data;
}
