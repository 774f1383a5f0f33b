import type { ResolvedSpec } from '../spec/resolved';
import { outputShape } from '../spec/shapes';
import { scheduleFactor } from '../theory/schedule';
import { clippingOf } from './clipping';
import { lossOf } from './loss';
import { mlp } from './mlp';
import { unwatched } from './network';
import type { Network, NoiseTensor, Watch } from './network';
import { drawNoise } from './noise';
import type { TensorInfo } from '../spec/tensors';
import { oneUnit } from './oneUnit';
import { optimizerOf } from './optimizers';
import type { Hyper } from './optimizers';
import { penaltyOf } from './penalty';
import { recurrent } from './recurrent';
import {
  isOfExample,
  slotsOf,
  statisticKinds,
  type StatisticKind,
  type StatisticSlot,
} from './slots';
import {
  add,
  argMax,
  cast,
  clone,
  concat,
  customGrad,
  dispose,
  equal,
  keep,
  mul,
  reshape,
  scalar,
  sum,
  tidy,
  valueAndGrads,
} from './tf';
import type { Scalar, Tensor } from './tf';

/** Sizes of a task's rows; `length` is the number of time steps, null for tasks without time. */
export interface TaskShape {
  inputSize: number;
  outputSize: number;
  length: number | null;
  /** True where targets are one-hot classes, so that correct rows can be counted. */
  classes: boolean;
}

/** Everything a step reads. */
export interface StepInputs {
  parameters: readonly Tensor[];
  state: readonly Tensor[];
  /** [batch, inputSize], or [length, batch, inputSize]. */
  x: Tensor;
  /** Targets of the output's shape; one-hot where the task has classes. */
  y: Tensor;
  /** Scalars in the order of `StepDefinition.hyper`. */
  hyper: readonly Tensor[];
  /** Tensors in the order of `StepDefinition.noise`. */
  noise: readonly Tensor[];
  /** Rows of x and y, where a kind of the examples' own pass is asked for. */
  examples?: { x: Tensor; y: Tensor };
}

export interface StepOutputs {
  parameters: Tensor[];
  state: Tensor[];
  /**
   * [3 + …]: the data loss, the number of correct rows (0 without classes), the penalty, then the
   * tensors of `slots`, flattened, each at its offset.
   */
  statistics: Tensor;
  /** The same tensors apart, in the order of `slots`. */
  collected: Tensor[];
}

/** What a step is given beside its batch: a scalar, or the entries of a tensor of noise. */
export type StepValue = number | Float32Array;

/**
 * One training step as a pure function of tensors. Shapes depend on the specification alone, no
 * value steers the control flow, and nothing is kept between calls, so a step can be recorded once
 * and replayed.
 */
export interface StepDefinition {
  network: Network;
  parameters: TensorInfo[];
  /** Optimizer slots (`W1.velocity`, …), then batch norm's running statistics. */
  state: TensorInfo[];
  /** Names of the per-step scalars. */
  hyper: string[];
  /** The tensors of random numbers that each step is given. */
  noise: NoiseTensor[];
  /** The values of both for update `step + 1`, step = 0, 1, …: the scalars, then the noise. */
  valuesAt(step: number): StepValue[];
  /** Where each asked-for tensor lies in the statistics. */
  slotsOf(collect: readonly StatisticKind[]): StatisticSlot[];
  /** Loss, gradients, clipping and update; the caller owns the outputs. */
  run(inputs: StepInputs, collect: readonly StatisticKind[]): StepOutputs;
  /** The network's outputs in inference; the caller owns them. */
  infer(parameters: readonly Tensor[], state: readonly Tensor[], x: Tensor): Tensor;
}

/** The network of a specification on a task of these sizes. */
export function networkOf({ network, batchSize }: ResolvedSpec, shape: TaskShape): Network {
  switch (network.kind) {
    case 'mlp':
      return mlp(network, shape.inputSize, shape.outputSize, batchSize);
    case 'recurrent':
      return recurrent(network, shape.inputSize, shape.outputSize, shape.length ?? 1);
    case 'oneUnit':
      return oneUnit(network, shape.outputSize);
  }
}

/** Defines the training step of a specification on a task of these sizes. */
export function defineStep(spec: ResolvedSpec, shape: TaskShape): StepDefinition {
  const network = networkOf(spec, shape);
  const optimizer = optimizerOf(spec.optimizer);
  // Starts of the cliff are trainings of their own, clipped each for itself.
  const apart = spec.task.kind === 'cliff';
  const clipping = spec.clip === null ? null : clippingOf(spec.clip, apart);
  const { penalty } = spec;
  const uses = {
    l1: penalty !== null && penalty.l1 !== 0,
    l2: penalty !== null && penalty.l2 !== 0,
    weightDecay: penalty !== null && penalty.weightDecay !== 0,
  };
  const penalized = network.parameters.map((info) =>
    penalty === null || penalty.tensors === null
      ? info.role === 'weight'
      : penalty.tensors.includes(info.name),
  );
  const { parameters } = network;
  const slotCount = optimizer.slots.length;
  const state: TensorInfo[] = [
    ...parameters.flatMap((info) =>
      optimizer.slots.map((slot): TensorInfo => ({
        ...info,
        name: `${info.name}.${slot}`,
        role: 'slot',
        initializer: { kind: 'zeros' },
      })),
    ),
    ...network.buffers,
  ];
  const hyperNames = [
    ...optimizer.hyper,
    ...(uses.l2 ? ['halfL2'] : []),
    ...(uses.l1 ? ['l1'] : []),
    ...(uses.weightDecay ? ['keptShare'] : []),
    ...(clipping?.hyper ?? []),
  ];

  function run(inputs: StepInputs, collect: readonly StatisticKind[]): StepOutputs {
    const hyper: Hyper = (name) => inputs.hyper[hyperNames.indexOf(name)]!;
    const wanted = new Set(collect);
    const taps = new Taps(wanted);
    const { seen, hold, tap } = taps;
    const watch: Watch = {
      preActivation: tap('preActivation', 'signalGradient'),
      gate: tap('gate', 'gateGradient'),
      reset: (tensor) => tensor,
      activation: tap('activation', 'hiddenGradient'),
      cell: tap('cell', 'cellGradient'),
      weight: tap(null, 'timeStepGradient'),
    };
    const buffers = inputs.state.slice(parameters.length * slotCount);

    const outputs = tidy(() => {
      let output!: Tensor;
      let loss!: Tensor;
      let penaltyValue: Tensor | null = null;
      let newBuffers: Tensor[] = [];
      const { grads } = valueAndGrads((...tensors: Tensor[]) => {
        const result = network.forward(tensors, buffers, inputs.x, true, watch, inputs.noise);
        output = hold(result.output);
        newBuffers = result.buffers.map(hold);
        loss = hold(lossOf(spec.loss, output, inputs.y));
        penaltyValue = penaltyOf(
          tensors.filter((_, i) => penalized[i]),
          uses,
          hyper,
        );
        if (penaltyValue === null) return loss as Scalar;
        hold(penaltyValue);
        return add(loss, penaltyValue) as Scalar;
      })([...inputs.parameters]);

      const clipped = clipping === null ? grads : clipping.clip(grads, hyper);
      const updates = inputs.parameters.map((parameter, i) =>
        optimizer.update(
          uses.weightDecay && penalized[i] ? mul(parameter, hyper('keptShare')) : parameter,
          clipped[i]!,
          inputs.state.slice(i * slotCount, (i + 1) * slotCount),
          hyper,
        ),
      );
      const newParameters = updates.map((update) => update.parameter);
      const newState = [
        ...updates.flatMap((update) => update.slots),
        ...newBuffers.map((tensor) => clone(tensor)),
      ];

      seen.set('output', [output]);
      seen.set('gradient', grads);
      seen.set('clippedGradient', clipped);
      seen.set('parameter', [...inputs.parameters]);
      seen.set('updated', newParameters);
      seen.set('state', newState);
      if (collect.some(isOfExample))
        passExamples(inputs.examples!, inputs.parameters, buffers, taps);
      const correct = shape.classes ? correctRows(output, inputs.y) : scalar(0);
      const collected = statisticKinds
        .filter((kind) => wanted.has(kind))
        .flatMap((kind) => seen.get(kind));
      const statistics = concat(
        [loss, correct, penaltyValue ?? scalar(0), ...collected].map((tensor) =>
          reshape(tensor, [-1]),
        ),
      );
      return {
        parameters: newParameters,
        state: newState,
        statistics,
        collected: collected.map((tensor) => clone(tensor)),
      };
    });
    dispose(taps.held);
    return outputs;
  }

  /**
   * The examples through the network as it stands, in inference, and the gradient of their own loss back to
   * every z, h and c. They share nothing with the batch but the parameters, and nothing of them enters the update.
   */
  function passExamples(
    { x, y }: { x: Tensor; y: Tensor },
    tensors: readonly Tensor[],
    buffers: readonly Tensor[],
    { seen, hold, tap }: Taps,
  ): void {
    const watch: Watch = {
      ...unwatched,
      preActivation: tap('examplePreActivation', 'exampleSignalGradient'),
      gate: tap('exampleGate', 'exampleGateGradient'),
      reset: tap('exampleReset', 'exampleResetGradient'),
      activation: tap('exampleActivation', 'exampleHiddenGradient'),
      cell: tap('exampleCell', 'exampleCellGradient'),
    };
    // Through its inputs alone no gradient would reach what a recurrent network makes of its state before them.
    const varied = spec.network.kind === 'recurrent' ? tensors : [];
    valueAndGrads((input: Tensor, ...own: Tensor[]) => {
      const used = own.length > 0 ? own : tensors;
      const { output } = network.forward(used, buffers, input, false, watch);
      seen.set('exampleOutput', [hold(output)]);
      return lossOf(spec.loss, output, y) as Scalar;
    })([x, ...varied]);
    seen.set('exampleInput', [x]);
    seen.set('exampleTarget', [y]);
  }

  return {
    network,
    parameters,
    state,
    hyper: hyperNames,
    noise: network.noise,
    valuesAt: (step) => {
      const learningRate = spec.optimizer.learningRate * scheduleFactor(spec, step + 1);
      return [
        ...optimizer.hyperAt(step + 1, learningRate),
        ...(uses.l2 ? [penalty!.l2 / 2] : []),
        ...(uses.l1 ? [penalty!.l1] : []),
        ...(uses.weightDecay ? [1 - learningRate * penalty!.weightDecay] : []),
        ...(clipping?.hyperValues ?? []),
        ...(spec.network.kind === 'mlp'
          ? drawNoise(spec.network, spec.batchSize, spec.seed, step)
          : []),
      ];
    },
    slotsOf: (collect) => {
      return slotsOf(network, state, spec, shape, outputShape(spec, shape), collect);
    },
    run,
    infer: (tensors, stateTensors, x) =>
      tidy(
        () =>
          network.forward(
            tensors,
            stateTensors.slice(parameters.length * slotCount),
            x,
            false,
            unwatched,
          ).output,
      ),
  };
}

/** Tensors seen during one call, by kind. */
class Seen {
  private readonly map = new Map<StatisticKind, Tensor[]>();

  get(kind: StatisticKind): Tensor[] {
    return this.map.get(kind) ?? [];
  }

  set(kind: StatisticKind, tensors: Tensor[]): void {
    this.map.set(kind, tensors);
  }

  put(kind: StatisticKind, index: number, tensor: Tensor): void {
    const list = this.map.get(kind) ?? [];
    list[index] = tensor;
    this.map.set(kind, list);
  }
}

/**
 * Keeps the wanted values of a forward pass and, by identities with a gradient of their own, the
 * gradients that pass back through them.
 */
class Taps {
  readonly seen = new Seen();
  /** What is kept beyond the step's own scope until it ends. */
  readonly held: Tensor[] = [];

  private readonly wanted: ReadonlySet<StatisticKind>;

  constructor(wanted: ReadonlySet<StatisticKind>) {
    this.wanted = wanted;
  }

  readonly hold = <T extends Tensor>(tensor: T): T => {
    this.held.push(tensor);
    return keep(tensor) as T;
  };

  /** A tap that is shown tensors one after another, and files them and their gradients under these kinds. */
  readonly tap = (value: StatisticKind | null, gradient: StatisticKind | null) => {
    const { seen, hold, wanted } = this;
    let count = 0;
    return (tensor: Tensor): Tensor => {
      const index = count++;
      if (value && wanted.has(value)) seen.put(value, index, hold(tensor));
      if (!gradient || !wanted.has(gradient)) return tensor;
      return customGrad((input) => ({
        value: clone(input as Tensor),
        gradFunc: (dy: Tensor) => {
          seen.put(gradient, index, hold(dy));
          return clone(dy);
        },
      }))(tensor);
    };
  };
}

/** How many rows' largest output stands where the target's 1 stands; a tie goes to the first. */
function correctRows(output: Tensor, target: Tensor): Tensor {
  const axis = output.rank - 1;
  return sum(cast(equal(argMax(output, axis), argMax(target, axis)), 'float32'));
}
