/** The forms that most statistics have. */
import { gateActivation } from '../spec/cells';
import type { ActivationName } from '../spec/training';
import type { StatisticKind, StatisticSlot } from '../step/slots';
import { histogram } from './measures';
import { activationValue } from '../theory/activations';
import { kindIn, preActivation, type ExampleSource, type Source } from './sources';
import type { Network, Per, Statistic, Summarized } from './statistic';
import type { Measure } from './summary';

/** A list for each gate, named `name.gate`, or one for all where the tensors belong to none. */
function byGate<T extends { gate?: string | undefined }>(
  name: string,
  tensors: readonly T[],
  measure: (tensors: T[]) => number[],
): Record<string, number[]> {
  const groups = new Map<string, T[]>(tensors.some(({ gate }) => gate) ? [] : [[name, []]]);
  for (const tensor of tensors) {
    const key = tensor.gate ? `${name}.${tensor.gate}` : name;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(tensor);
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, measure(group)]));
}

/** A statistic of one number for each tensor of a kind, or for those of them that `belongs` picks. */
export const each = (
  name: string,
  per: Per,
  source: Source,
  measure: (values: Float32Array, slot: StatisticSlot) => number,
  belongs: (slot: StatisticSlot) => boolean = () => true,
): Statistic => ({
  name,
  per,
  needs: (network) => only(kindIn(source, network)),
  compute: ({ values, of, network }) =>
    byGate(name, of(kindIn(source, network)!).filter(belongs), (slots) =>
      slots.map((slot) => measure(values, slot)),
    ),
});

/** A statistic that a tensor's summary tells, of those tensors of a kind that `belongs` picks. */
export const summed = (
  name: string,
  per: Per,
  source: Source,
  measure: Measure,
  belongs: (slot: StatisticSlot) => boolean = () => true,
): Statistic => ({
  name,
  per,
  needs: (network) => (kindIn(source, network) === null ? null : []),
  summarizes: (network) =>
    (only(kindIn(source, network)) ?? []).map((kind) => ({ kind, measures: [measure] })),
  compute: ({ summaries, network }) =>
    byGate(
      name,
      summaries(kindIn(source, network)!).filter(({ slot }) => belongs(slot)),
      (tensors) => tensors.map(measured[measure]),
    ),
});

/** The numbers that a summary's measures tell; zeros as a share. */
const measured: Record<Measure, (summary: Summarized) => number> = {
  norm: ({ squares }) => Math.sqrt(squares),
  mean: ({ sum, slot }) => sum / slot.size,
  zeros: ({ zeros, slot }) => zeros / slot.size,
};

const only = (kind: StatisticKind | null): StatisticKind[] | null =>
  kind === null ? null : [kind];

/** A measure of a matrix as one of a tensor. */
export const ofMatrix =
  (measure: (matrix: Float32Array, rows: number, columns: number) => number) =>
  (values: Float32Array, slot: StatisticSlot): number =>
    measure(part(values, slot), slot.shape[0]!, slot.shape[1]!);

/** A tensor's entries. */
export const part = (values: Float32Array, { offset, size }: StatisticSlot): Float32Array =>
  values.subarray(offset, offset + size);

const activationOf = (network: Network): ActivationName =>
  network.kind === 'oneUnit' ? 'sigmoid' : network.activation;

/** A share of each hidden layer or time step, or of each gate, by its own function. */
export const shareOf = (
  name: string,
  share: (values: Float32Array, slot: StatisticSlot, activation: ActivationName) => number,
): Statistic => ({
  name,
  per: 'hidden layer or time step',
  needs: (network) => [preActivation(network)],
  compute: ({ values, of, network }) => {
    const slots = of(preActivation(network));
    // The output layer is linear.
    const hidden = network.kind === 'mlp' ? slots.slice(0, -1) : slots;
    return byGate(name, hidden, (group) =>
      group.map((slot) =>
        share(
          values,
          slot,
          slot.gate === undefined ? activationOf(network) : gateActivation(slot.gate),
        ),
      ),
    );
  },
});

/** Histograms of all tensors of a kind over one range: `name` and `nameRange`. */
export const histogramOf = (name: string, source: Source): Statistic => ({
  name,
  per: 'bin',
  needs: (network) => only(kindIn(source, network)),
  compute: ({ values, of, network }) => {
    const slots = of(kindIn(source, network)!);
    return {
      ...byGate(name, slots, (group) => histogram(values, group).counts),
      ...byGate(`${name}Range`, slots, (group) => histogram(values, group).range),
    };
  },
});

/**
 * The entries themselves of what the examples leave, in an mlp or in a recurrent network read out at the end: layer
 * after layer or time step after time step, in each one row after another; of gates each gate by itself.
 */
export const ofExample = (
  name: `example${string}`,
  per: Per,
  source: ExampleSource = () => [name as StatisticKind],
  measure: (entry: number, slot: StatisticSlot, network: Network) => number = (entry) => entry,
): Statistic => {
  const kindsIn = (network: Network): StatisticKind[] | null =>
    hasExamples(network) ? source(network) : null;
  return {
    ...{ name, per },
    isFor: 'an mlp, or a recurrent network read out at its last time step',
    needs: kindsIn,
    compute: ({ values, of, network }) =>
      byGate(name, kindsIn(network)!.flatMap(of), (slots) =>
        slots.flatMap((slot) =>
          [...part(values, slot)].map((entry) => measure(entry, slot, network)),
        ),
      ),
  };
};

/** A measure of the pre-activations of each hidden unit of an mlp over the batch, layer after layer. */
export const ofUnits = (name: string, measure: (values: Float64Array) => number): Statistic => ({
  name,
  per: 'hidden unit',
  isFor: 'an mlp',
  needs: ({ kind }) => (kind === 'mlp' ? ['preActivation'] : null),
  compute: ({ values, of }) => ({
    [name]: of('preActivation')
      .slice(0, -1)
      .flatMap(({ offset, shape }) => {
        const [rows, units] = shape as [number, number];
        // One for all units, since a frame may ask thousands.
        const ofUnit = new Float64Array(rows);
        return Array.from({ length: units }, (_, unit) => {
          for (let row = 0; row < rows; row++) ofUnit[row] = values[offset + row * units + unit]!;
          return measure(ofUnit);
        });
      }),
  }),
});

const hasExamples = (network: Network): boolean =>
  network.kind === 'mlp' || (network.kind === 'recurrent' && network.readout === 'last');

/** What becomes of a gate's pre-activation, or of a plain cell's, by its function; of what a reset gate acts on, itself. */
export const gateValue = (entry: number, { gate }: StatisticSlot, network: Network): number => {
  if (gate === 'q') return entry;
  return activationValue(gate === undefined ? activationOf(network) : gateActivation(gate), entry);
};

export const isWeight = (slot: StatisticSlot): boolean => slot.name.startsWith('W');
export const isRecurrent = (slot: StatisticSlot): boolean => slot.name.startsWith('Wh');
export const isBias = (slot: StatisticSlot): boolean => slot.name.startsWith('b');
