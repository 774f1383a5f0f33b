import {
  withDefaults,
  type ClipSpec,
  type NetworkSpec,
  type ResolvedSpec,
  type TrainingSpec,
} from '../../engine/types';
import type { Words } from '../words/en';
import { networkEntries, sizedEntries } from './network';
import { symbolOf } from './tensor';
import { entries, fixed, mostDigits, tell, tellersIn } from './told';
import type { Entry, Fields, Told } from './told';
import { specIn } from '../words/networks';

type Schedule = NonNullable<ResolvedSpec['schedule']>;
type Clip = NonNullable<ResolvedSpec['clip']>;
type Penalty = NonNullable<ResolvedSpec['penalty']>;

/** One field of a specification in words. */
export interface Setting {
  /** What the reader calls the field; no other field has this name. */
  what: string;
  told: Told;
  /**
   * Whether it needs no word beside a specification that has no such field: it is as it is by default,
   * or the kind of network tells that it is there.
   */
  expected: () => boolean;
}

/**
 * A specification in words: every field, defaults filled in. With `sized` the network is told with its
 * kind.
 */
export function specInWords(spec: TrainingSpec, words: Words, sized: boolean): Setting[] {
  const bareTold = (what: string): Told | undefined =>
    new Map(entriesOf(bare(spec), words, sized)).get(what);
  return entriesOf(spec, words, sized).map(([what, told]) => ({
    what,
    told,
    expected: () => bareTold(what)?.(mostDigits) === told(mostDigits),
  }));
}

/** The same specification with nothing given that its form may leave out. */
function bare(spec: TrainingSpec): TrainingSpec {
  const { kind, learningRate } = spec.optimizer;
  return {
    ...spec,
    network: bareNetwork(spec.network),
    optimizer: { kind, learningRate },
    ...(spec.clip && { clip: bareClip(spec.clip) }),
  };
}

function bareNetwork(network: NetworkSpec): NetworkSpec {
  switch (network.kind) {
    case 'mlp': {
      const { kind, depth, width, activation, initializer } = network;
      const [batchNorm, layerNorm, rmsNorm, preActivationNoise] = [
        Boolean(network.batchNorm),
        Boolean(network.layerNorm),
        Boolean(network.rmsNorm),
        Boolean(network.preActivationNoise),
      ];
      return {
        ...{ kind, depth, width, activation, initializer },
        ...{ batchNorm, layerNorm, rmsNorm, preActivationNoise },
      };
    }
    case 'recurrent': {
      const { kind, cell, hiddenSize, initializer, recurrentInitializer, readout } = network;
      return { kind, cell, hiddenSize, initializer, recurrentInitializer, readout };
    }
    case 'oneUnit': {
      const { kind, weight, bias } = network;
      return { kind, weight, bias };
    }
  }
}

const bareClip = (clip: ClipSpec): ClipSpec =>
  clip.kind === 'value' ? clip : { kind: clip.kind, maxNorm: clip.maxNorm };

function entriesOf(given: TrainingSpec, words: Words, sized: boolean): Entry[] {
  const spec = withDefaults(given);
  const names = specIn(words);
  const { count } = tellersIn(words);
  const parts: Record<keyof TrainingSpec, Entry[]> = {
    network: (sized ? sizedEntries : networkEntries)(spec.network, words),
    optimizer: optimizerEntries(spec.optimizer, words),
    loss: [[names.loss, lossTold(spec.loss, words)]],
    task: [[names.task, taskTold(spec.task, words)]],
    schedule: scheduleEntries(spec.schedule, words),
    clip: clipEntries(spec.clip, words),
    penalty: [[names.penalty, penaltyTold(spec.penalty, words)]],
    batchSize: [[names.batchSize, count(spec.batchSize)]],
    steps: [[names.steps, count(spec.steps)]],
    seed: [[names.seed, count(spec.seed)]],
    examples: [[names.examples, fixed(spec.examples.map((row) => `${row}`).join(', '))]],
  };
  return Object.values(parts).flat();
}

function optimizerEntries(optimizer: ResolvedSpec['optimizer'], words: Words): Entry[] {
  const { number } = tellersIn(words);
  return [
    [specIn(words).optimizer, fixed(specIn(words).optimizers[optimizer.kind])],
    ...entries(optimizer, specIn(words).optimizerNumbers, {
      learningRate: number,
      momentum: number,
      decay: number,
      beta1: number,
      beta2: number,
      epsilon: number,
      weightDecay: number,
    }),
  ];
}

function lossTold(loss: ResolvedSpec['loss'], words: Words): Told {
  const { losses } = specIn(words);
  return fixed(
    loss.kind === 'meanSquaredError' ? losses.meanSquaredError[loss.reduction] : losses[loss.kind],
  );
}

function taskTold(task: ResolvedSpec['task'], words: Words): Told {
  const { tasks, orders } = specIn(words);
  const { number, count } = tellersIn(words);
  const fields = tell(task, {
    noise: number,
    length: count,
    order: (order) => fixed(orders[order]),
    delay: count,
    starts: count,
  });
  const sentence = tasks[task.kind] as (fields: Record<string, string>) => string;
  return (digits) =>
    sentence(Object.fromEntries(fields.map(([field, told]) => [field, told(digits)])));
}

function scheduleEntries(schedule: Schedule | null, words: Words): Entry[] {
  const names = specIn(words);
  const { count } = tellersIn(words);
  const { warmUp = null, decay = null } = schedule ?? {};
  const none = fixed(names.none);
  return [
    [
      names.warmUp,
      warmUp === null ? none : (digits) => names.warmUps(count(warmUp)(digits), warmUp === 1),
    ],
    [names.decay, decay === null ? none : decayTold(decay, words)],
  ];
}

function decayTold(decay: NonNullable<Schedule['decay']>, words: Words): Told {
  const { decays, decayOver } = specIn(words);
  const { number, count } = tellersIn(words);
  const fields = tell(decay, {
    steps: (steps) => (digits) => decayOver(steps === null ? null : count(steps)(digits)),
    to: number,
    every: count,
    factor: number,
  });
  const sentence = decays[decay.kind] as (fields: Record<string, string>) => string;
  return (digits) =>
    sentence(Object.fromEntries(fields.map(([field, told]) => [field, told(digits)])));
}

function clipEntries(clip: Clip | null, words: Words): Entry[] {
  const names = specIn(words);
  if (clip === null) return [[names.clip, fixed(names.none)]];
  const { number } = tellersIn(words);
  const limit = (value: number): Told => {
    const told = number(value);
    return (digits) => names.clips[clip.kind](told(digits));
  };
  return entries(
    clip,
    { maxNorm: names.clip, maxValue: names.clip, epsilon: names.clipEpsilon },
    { maxNorm: limit, maxValue: limit, epsilon: number },
  );
}

function penaltyTold(penalty: Penalty | null, words: Words): Told {
  const names = specIn(words).penalties satisfies Record<Fields<Penalty>, unknown>;
  const terms = (['l1', 'l2', 'weightDecay'] as const).filter(
    (term) => penalty !== null && penalty[term] !== 0,
  );
  // A penalty of 0 is none, whatever it is on, and so is one on nothing.
  if (penalty === null || terms.length === 0 || penalty.tensors?.length === 0)
    return fixed(specIn(words).none);
  const { number } = tellersIn(words);
  // Tensors count once, in whatever order they are named.
  const tensors =
    penalty.tensors && words.listAll([...new Set(penalty.tensors)].sort().map(symbolOf));
  return (digits) =>
    names.tensors(
      words.listAll(terms.map((term) => names[term](number(penalty[term])(digits)))),
      tensors,
    );
}
