import type { ExecutorFactory, ExecutorRequest, TensorValues } from '../backends/executor';
import { firstNonFinite } from '../statistics/reductions';
import { isOfExample, statisticKinds, type StatisticKind, type StatisticSlot } from '../step/slots';
import type { Batch } from '../tasks';
import type { NonFinite } from './frame';

/**
 * What is searched: all but the parts of a gradient, which tell no more than the whole and are many, and the
 * examples' own pass, which is no part of the step.
 */
const searched = statisticKinds.filter((kind) => kind !== 'timeStepGradient' && !isOfExample(kind));

/** Kinds of which there is one a layer, or one a time step where the network is recurrent. */
const statesOverTime: ReadonlySet<StatisticKind> = new Set([
  'preActivation',
  'gate',
  'activation',
  'cell',
  'signalGradient',
  'gateGradient',
  'hiddenGradient',
  'cellGradient',
]);

/** The step to examine: its number, batch, and the values before it. */
export interface Suspect {
  step: number;
  batch: Batch;
  values: TensorValues;
}

/**
 * Computes one step again and names the first tensor, in the order of computation, that holds a
 * non-finite number.
 */
export async function locate(
  { step, batch, values }: Suspect,
  request: ExecutorRequest,
  factory: ExecutorFactory,
): Promise<NonFinite> {
  const isOverTime = request.spec.network.kind !== 'mlp';
  const executor = await factory({ ...request, collect: searched, summarize: [] });
  try {
    executor.load(values);
    executor.step(batch, String(step), request.definition.valuesAt(step), true);
    const { scalars, statistics } = await executor.read();
    const layers = inComputationOrder(executor.slots);
    const search = (
      slots: StatisticSlot[],
      phase: NonFinite['phase'],
      name: (slot: StatisticSlot) => string,
    ): NonFinite | null => {
      for (const slot of slots) {
        const value = firstNonFinite(statistics!, slot);
        if (value !== null) return { step, phase, tensor: name(slot), ...placeOf(slot), value };
      }
      return null;
    };
    const placeOf = ({ kind, layer }: StatisticSlot): Pick<NonFinite, 'layer' | 'timeStep'> =>
      isOverTime && layer !== null && statesOverTime.has(kind)
        ? { layer: null, timeStep: layer }
        : { layer };
    const scalarAt = (tensor: string, offset: number): NonFinite | null => {
      const value = firstNonFinite(scalars, { offset, size: 1 });
      return value && { step, phase: 'loss', tensor, layer: null, value };
    };
    return (
      search(layers.parameters, 'forward', (slot) => slot.name) ??
      search(layers.forward, 'forward', (slot) => slot.name) ??
      scalarAt('loss', 0) ??
      scalarAt('penalty', 2) ??
      search(layers.backward, 'gradient', (slot) => `gradient of ${slot.name}`) ??
      search(layers.clipped, 'gradient', (slot) => `clipped gradient of ${slot.name}`) ??
      search(layers.state, 'update', (slot) => slot.name) ??
      search(layers.updated, 'update', (slot) => slot.name) ?? {
        step,
        phase: 'update',
        tensor: 'a tensor that is finite when it is computed again',
        layer: null,
        value: 'NaN',
      }
    );
  } finally {
    executor.dispose();
  }
}

/** A step's tensors sorted into the order in which they come to be. */
function inComputationOrder(slots: StatisticSlot[]): {
  parameters: StatisticSlot[];
  forward: StatisticSlot[];
  backward: StatisticSlot[];
  clipped: StatisticSlot[];
  state: StatisticSlot[];
  updated: StatisticSlot[];
} {
  const of = (...kinds: StatisticKind[]): StatisticSlot[] =>
    slots.filter((slot) => kinds.includes(slot.kind));
  const rank: StatisticKind[] = ['preActivation', 'gate', 'cell', 'activation', 'output'];
  const backwardRank: StatisticKind[] = [
    'hiddenGradient',
    'cellGradient',
    'signalGradient',
    'gateGradient',
    'gradient',
  ];
  const layer = (slot: StatisticSlot): number => slot.layer ?? Number.MAX_SAFE_INTEGER;
  // Weights that every time step shares get their gradient when the first time step has its own.
  const shared = slots.some((slot) => slot.name.startsWith('Wh'));
  const position = (slot: StatisticSlot): number =>
    shared && slot.kind === 'gradient' ? -layer(slot) : layer(slot);
  return {
    parameters: of('parameter'),
    forward: of(...rank).sort(
      (a, b) => layer(a) - layer(b) || rank.indexOf(a.kind) - rank.indexOf(b.kind),
    ),
    backward: of(...backwardRank).sort(
      (a, b) =>
        position(b) - position(a) || backwardRank.indexOf(a.kind) - backwardRank.indexOf(b.kind),
    ),
    clipped: of('clippedGradient'),
    state: of('state'),
    updated: of('updated'),
  };
}
