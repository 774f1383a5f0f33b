import { initialize } from '../start/initializers';
import { lsuv } from './lsuv';
import { stream, type Rng } from '../start/rng';
import type { ResolvedSpec } from '../spec/resolved';
import type { TensorValues } from '../backends/executor';
import type { StepDefinition } from '../step/step';
import type { Batch } from '../tasks';

/**
 * The values a run starts from: parameters drawn in their order from the seed, optimizer slots and
 * running statistics at their fixed starts. `batch` is the first batch, which LSUV measures on.
 */
export async function initialValues(
  spec: ResolvedSpec,
  definition: StepDefinition,
  batch: Batch,
): Promise<TensorValues> {
  const rng = stream(spec.seed, 'parameters');
  const draw = (info: StepDefinition['parameters'][number]): Float32Array =>
    initialize(info.initializer, info.shape, rng);
  const values = { parameters: definition.parameters.map(draw), state: definition.state.map(draw) };
  if (spec.network.kind === 'oneUnit') {
    const { weightSpread, biasSpread } = spec.network;
    const spreads = [weightSpread, biasSpread];
    values.parameters.forEach((starts, i) => scatter(starts, spreads[i]!, rng));
  }
  if (spec.network.kind !== 'mlp') return values;
  if (spec.network.bias === 'recentred') recentre(definition, values.parameters);
  if (spec.network.initializer.kind !== 'lsuv') return values;
  return { ...values, parameters: await lsuv(spec, definition, values, batch) };
}

/** Adds to each value a number from U(±spread), in place; a spread of 0 draws nothing. */
function scatter(values: Float32Array, spread: number, rng: Rng): void {
  if (spread === 0) return;
  for (let i = 0; i < values.length; i++) values[i]! += spread * (2 * rng.uniform() - 1);
}

/**
 * Sets b = −½ΣW from the second hidden layer on: activations near ½ then give pre-activations near
 * 0, where a sigmoid is steepest. Changes the values in place.
 */
function recentre({ parameters: infos }: StepDefinition, values: Float32Array[]): void {
  const indexOf = (name: string): number => infos.findIndex((info) => info.name === name);
  const hidden = infos.filter(({ role, layer }) => role === 'weight' && layer! > 1).slice(0, -1);
  for (const { name, layer, shape } of hidden) {
    const weight = values[indexOf(name)]!;
    const bias = values[indexOf(`b${layer}`)]!;
    const fanIn = shape[1]!;
    for (let unit = 0; unit < bias.length; unit++) {
      let sum = 0;
      for (let i = 0; i < fanIn; i++) sum += weight[unit * fanIn + i]!;
      bias[unit] = -sum / 2;
    }
  }
}
