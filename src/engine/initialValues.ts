import { initialize } from './initializers';
import { lsuv } from './lsuv';
import { stream } from './rng';
import type { ResolvedSpec } from './spec';
import type { TensorValues } from './executor';
import type { StepDefinition } from './step/step';
import type { Batch } from './tasks';

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
  const scaled = spec.network.kind === 'mlp' && spec.network.initializer.kind === 'lsuv';
  return scaled ? { ...values, parameters: await lsuv(spec, definition, values, batch) } : values;
}
