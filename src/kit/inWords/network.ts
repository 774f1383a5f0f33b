import {
  biasFieldsOf,
  type ResolvedInitializer,
  type ResolvedMlp,
  type ResolvedRecurrent,
  type ResolvedSpec,
} from '../../engine/types';
import type { Words } from '../words/en';
import { entries, fixed, mostDigits, tellersIn, type Entry, type Told } from './told';
import { specIn } from '../words/networks';

type Network = ResolvedSpec['network'];
type OneUnit = Extract<Network, { kind: 'oneUnit' }>;

/** The fields of a network in words. */
export function networkEntries(network: Network, words: Words): Entry[] {
  switch (network.kind) {
    case 'mlp':
      return mlpEntries(network, words);
    case 'recurrent':
      return recurrentEntries(network, words);
    case 'oneUnit':
      return oneUnitEntries(network, words);
  }
}

/** The same with kind and size in one field, so that it can be told from networks of other kinds. */
export function sizedEntries(network: Network, words: Words): Entry[] {
  const [size, inSize] = sizeOf(network, words);
  const rest = networkEntries(network, words).filter(([what]) => !inSize.includes(what));
  return [[specIn(words).network, size], ...rest];
}

/** Kind and size of a network, and the names of the fields that they tell. */
function sizeOf(network: Network, words: Words): [Told, string[]] {
  const { networks, mlp, recurrent, cells, oneUnit } = specIn(words);
  const { number, count } = tellersIn(words);
  switch (network.kind) {
    case 'mlp': {
      const [depth, width] = [count(network.depth), count(network.width)];
      return [(digits) => networks.mlp(depth(digits), width(digits)), [mlp.depth, mlp.width]];
    }
    case 'recurrent': {
      const size = count(network.hiddenSize);
      return [
        (digits) => networks.recurrent(cells[network.cell], size(digits)),
        [recurrent.cell, recurrent.hiddenSize],
      ];
    }
    case 'oneUnit': {
      const [weight, bias] = [number(network.weight), number(network.bias)];
      return [
        (digits) => networks.oneUnit(weight(digits), bias(digits)),
        [oneUnit.weight, oneUnit.bias],
      ];
    }
  }
}

function mlpEntries(network: ResolvedMlp, words: Words): Entry[] {
  const names = specIn(words);
  const { number, count, initializer } = tellersIn(words);
  const others = initializer(network.initializer)(mostDigits);
  const unlessLikeOthers = (own: ResolvedInitializer): Told => {
    const told = initializer(own);
    return told(mostDigits) === others ? fixed(names.likeTheOthers) : told;
  };
  const onOrOff = (given: object | null): Told =>
    fixed(given ? words.settings.on : words.settings.off);
  return [
    ...entries(network, names.mlp, {
      depth: count,
      width: count,
      activation: (name) => fixed(names.activations[name]),
      initializer,
      firstInitializer: unlessLikeOthers,
      bias: (bias) => {
        if (bias === 'recentred') return fixed(names.recentred);
        return typeof bias === 'number' ? number(bias) : initializer({ kind: 'normal', ...bias });
      },
      outputInitializer: initializer,
      batchNorm: onOrOff,
      layerNorm: onOrOff,
      rmsNorm: onOrOff,
      preActivationNoise: onOrOff,
      residual: (form) => fixed(names.residuals[form]),
      branchInitializer: unlessLikeOthers,
      branchScale: number,
    }),
    ...(network.batchNorm
      ? entries(network.batchNorm, names.batchNorm, { epsilon: number, momentum: number })
      : []),
    ...(network.layerNorm ? entries(network.layerNorm, names.layerNorm, { epsilon: number }) : []),
    ...(network.rmsNorm ? entries(network.rmsNorm, names.rmsNorm, { epsilon: number }) : []),
    ...(network.preActivationNoise
      ? entries(network.preActivationNoise, names.preActivationNoise, {
          shift: number,
          scale: number,
          shiftSpread: number,
          scaleSpread: number,
        })
      : []),
  ];
}

function recurrentEntries(network: ResolvedRecurrent, words: Words): Entry[] {
  const names = specIn(words);
  const { number, count, initializer } = tellersIn(words);
  const own = biasFieldsOf(network.cell);
  const bias = (field: (typeof own)[number]) => (value: number) =>
    own.includes(field) ? number(value) : null;
  return entries(network, names.recurrent, {
    cell: (cell) => fixed(names.cells[cell]),
    hiddenSize: count,
    // The functions of the other cells are fixed.
    activation: (name) => (network.cell === 'rnn' ? fixed(names.activations[name]) : null),
    initializer,
    recurrentInitializer: initializer,
    outputInitializer: initializer,
    bias: bias('bias'),
    inputBias: bias('inputBias'),
    forgetBias: bias('forgetBias'),
    outputBias: bias('outputBias'),
    resetBias: bias('resetBias'),
    updateBias: bias('updateBias'),
    candidateBias: bias('candidateBias'),
    recurrentCandidateBias: bias('recurrentCandidateBias'),
    readoutBias: number,
    truncation: (limit) =>
      limit === null
        ? fixed(names.none)
        : (digits) => names.truncated(count(limit)(digits), limit === 1),
    readout: (at) => fixed(names.readouts[at]),
  });
}

function oneUnitEntries(network: OneUnit, words: Words): Entry[] {
  const { number } = tellersIn(words);
  return entries(network, specIn(words).oneUnit, {
    weight: number,
    bias: number,
    weightSpread: number,
    biasSpread: number,
  });
}
