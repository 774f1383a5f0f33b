import { activationDerivative } from '../../engine/closedForms';
import type { LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget } from '../../kit/widget';
import type { Chain } from './chain';
import { explodingInterval, explodingWidth } from './explodingInterval';
import { carry, params, subscript, type ChainSettings } from './params';

/** The unit with the largest weight in size, counted from 0: the one that can enlarge the most. */
function strongestUnit(chain: Chain): number {
  return chain.weights.reduce(
    (best, w, l) => (Math.abs(w) > Math.abs(chain.weights[best]!) ? l : best),
    0,
  );
}

/** How the signal's size changes from the last unit to the first: ∂L/∂b₁ ÷ ∂L/∂b_U. */
const ratio = (chain: Chain) => chain.runningProduct[0]!;

const factorsInWords = ({ factor }: Chain, say: Say): string =>
  say.words.listAll(factor.map((one) => say.number(one)).reverse());

function windowInWords(chain: Chain, say: Say): string {
  const l = strongestUnit(chain);
  const w = chain.weights[l]!;
  const interval = explodingInterval(w, chain.biases[l]!);
  if (interval === null) {
    return 'No weight is larger than 4 in size, so no unit can enlarge the signal, whatever it receives.';
  }
  return (
    `With w = ${say.number(w)} and b = ${say.number(chain.biases[l]!)}, a unit enlarges the ` +
    `signal only while its input lies between ${say.number(interval.low)} and ` +
    `${say.number(interval.high)}.`
  );
}

function describe(_: ChainSettings, chain: Chain, say: Say): string {
  const units = chain.weights.length;
  const whole = ratio(chain);
  const change =
    Math.abs(Math.abs(whole) - 1) < 1e-3
      ? 'it keeps its size'
      : Math.abs(whole) > 1
        ? `it grows to ${say.number(Math.abs(whole))} times its size`
        : `${say.number(Math.abs(whole))} of it is left`;
  return (
    `From unit ${units} back to unit 1 the signal is multiplied by ${factorsInWords(chain, say)}: ${change}. ` +
    `The gradient with respect to b${subscript(units)} is ${say.number(chain.biasGradient[units - 1]!)}, ` +
    `with respect to b₁ ${say.number(chain.biasGradient[0]!)}. ${windowInWords(chain, say)}`
  );
}

/** Something of each unit, or between it and the next. */
const overUnits = (label: string, series: Series[]): LineChartSpec => ({
  kind: 'line',
  x: { label: 'Unit l', scale: 'linear', integer: true },
  y: { label, scale: 'log' },
  series,
});

/** Gradients by unit, beside the largest that weights of size 1 would allow. */
function gradientSeries(chain: Chain): Series[] {
  const units = chain.weights.length;
  const x = chain.weights.map((_, l) => l + 1);
  const last = Math.abs(chain.biasGradient[units - 1]!);
  return [
    {
      id: 'biasGradient',
      label: '|∂L/∂b|',
      role: 'problem',
      mark: 'both',
      x,
      y: chain.biasGradient.map(Math.abs),
    },
    {
      id: 'weightGradient',
      label: '|∂L/∂w|',
      role: 'neutral',
      mark: 'both',
      x,
      y: chain.weightGradient.map(Math.abs),
    },
    {
      id: 'bound',
      label: 'a quarter per unit, the bound for |w| ≤ 1',
      role: 'theory',
      x,
      y: x.map((l) => last * 4 ** (l - units)),
    },
  ];
}

/** Each factor, beside the largest that its weight would allow. */
function factorSeries({ weights, factor }: Chain): Series[] {
  const x = factor.map((_, l) => l + 1);
  return [
    {
      id: 'factor',
      label: 'factor, |wσ′(z)|',
      role: 'problem',
      mark: 'both',
      x,
      y: factor.map(Math.abs),
    },
    {
      id: 'largestFactor',
      label: 'largest possible, |w|/4',
      role: 'theory',
      x,
      y: weights.slice(1).map((w) => Math.abs(w) / 4),
    },
  ];
}

/** |w| σ′(wh + b) of the unit with the largest weight, over the inputs a sigmoid can send it. */
function windowSeries(chain: Chain, say: Say): Series[] {
  const strongest = strongestUnit(chain);
  const w = chain.weights[strongest]!;
  const b = chain.biases[strongest]!;
  const slope = (h: number) => Math.abs(w) * activationDerivative('sigmoid', w * h + b);
  const inputs = Array.from({ length: 201 }, (_, i) => i / 200);
  const received = [chain.input, ...chain.activation.slice(0, -1)].filter(
    (_, l) => chain.weights[l] === w && chain.biases[l] === b,
  );
  return [
    {
      id: 'slope',
      label: `|w|σ′(wh + b), w = ${say.number(w)}, b = ${say.number(b)}`,
      role: 'theory',
      x: inputs,
      y: inputs.map(slope),
    },
    {
      id: 'received',
      label: 'what the units of this chain receive',
      role: 'problem',
      mark: 'points',
      x: received,
      y: received.map(slope),
    },
  ];
}

/** Version 1 called the input a0. */
function toVersion2({ a0, ...old }: Record<string, string>) {
  return a0 === undefined ? old : { ...old, input: a0 };
}

export default defineWidget<typeof params, Chain>({
  id: 'backprop-chain',
  version: 2,
  migrations: { 2: toVersion2 },
  kind: 'closedForm',
  title: 'Backpropagation through a chain of single units',
  summary:
    'Four to ten sigmoid units in a row: every factor of the chain rule is a number that can be changed.',
  chapter: 'backpropagation',
  params,
  carry,
  presets: {
    problem: { label: 'All weights 1', params: {} },
    halves: { label: 'All weights ½', params: { w: 0.5 } },
    critical: {
      label: 'Critical',
      note: 'Every factor is exactly 1: weights 4, biases −2, input ½.',
      params: { input: 0.5, w: 4, b: -2 },
    },
    exploding: {
      label: 'Exploding',
      note: 'Every factor is 2: weights 8, biases −4, input ½.',
      params: { input: 0.5, w: 8, b: -4 },
    },
    saturated: {
      label: 'Large weights, saturated',
      note: 'Weights 8 without the biases that centre them.',
      params: { input: 0.5, w: 8, b: 0 },
    },
    mixed: {
      label: 'Mixed',
      note: 'Every unit has its own weight and bias; target 1.',
      params: {
        ...{ input: 0.8, t: 1, each: true },
        ...{ w1: 1.2, w2: -0.7, w3: 1.5, w4: 0.9 },
        ...{ b1: 0.1, b2: -0.2, b3: 0.05, b4: 0.3 },
      },
    },
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'gradients',
      title: 'Gradient at each unit',
      caption:
        'Each step to the left multiplies by one more factor, so on this logarithmic axis equal factors make a straight line.',
      chart: (_, chain) => overUnits('Size of the gradient', gradientSeries(chain)),
    },
    {
      id: 'factors',
      title: 'Each factor, and the largest it could be',
      caption:
        'The factor |w|σ′(z) can never pass |w|/4, and it reaches that only where z is 0. Above the line at 1 the signal grows.',
      chart: (_, chain) => ({
        ...overUnits('Size of the factor', factorSeries(chain)),
        references: [{ axis: 'y', at: 1, label: 'keeps its size' }],
      }),
    },
    {
      id: 'window',
      title: 'Where a unit enlarges the signal',
      caption:
        'The curve is above 1 only for weights larger than 4 in size, and then only in an interval of inputs that is never wider than 0.45.',
      chart: (_, chain, say) => ({
        kind: 'line',
        x: { label: 'Input h of the unit', scale: 'linear' },
        y: { label: '|w|σ′(wh + b)', scale: 'linear' },
        series: windowSeries(chain, say),
        references: [{ axis: 'y', at: 1, label: 'enlarges above' }],
      }),
    },
  ],
  describe,
  values: (_, chain) => {
    const strongest = strongestUnit(chain);
    return {
      preActivation: chain.preActivation,
      activation: chain.activation,
      activationGradient: chain.activationGradient,
      factor: chain.factor,
      biasGradient: chain.biasGradient,
      weightGradient: chain.weightGradient,
      firstBiasGradient: chain.biasGradient[0]!,
      lastBiasGradient: chain.biasGradient.at(-1)!,
      biasFirstToLast: ratio(chain),
      largestFactor: Math.max(...chain.factor.map(Math.abs)),
      smallestFactor: Math.min(...chain.factor.map(Math.abs)),
      loss: chain.loss,
      outputGradient: chain.outputGradient,
      explodingWidth: explodingWidth(chain.weights[strongest]!),
      boundForSmallWeights: 4 ** -chain.weights.length,
    };
  },
  contrast: contrast('problem: biasFirstToLast', 'critical: biasFirstToLast', { larger: 50 }),
  view: () => import('./View.svelte'),
  drawing: 'The chain, and the product written out',
  prediction: {
    ask: 'Four sigmoid units, all weights 1. How much of the gradient at the last unit reaches the first?',
    replies: {
      'About half': 'Each factor is below a quarter, and there are three.',
      'About a tenth':
        'That would be three factors near one half; a sigmoid’s slope is at most one quarter.',
      'About a hundredth': 'Yes: three factors of 0.20 to 0.22 make 0.0096.',
    },
  },
  challenges: [
    {
      id: 'explode',
      ask: 'Make the gradient at the first unit larger than at the last.',
      hint: 'A unit enlarges by a weight above 4, at an input near the middle of its interval.',
      solved: (_, chain) => Math.abs(ratio(chain)) > 1.001,
    },
    {
      id: 'balance',
      ask: 'With ten units, keep the gradient at the first unit between half and twice that at the last.',
      hint: 'Weights of 4 with z = 0 in every unit make each factor 1.',
      solved: ({ units }, chain) =>
        units === 10 && Math.abs(ratio(chain)) >= 0.5 && Math.abs(ratio(chain)) <= 2,
    },
    {
      id: 'saturate',
      ask: 'With every weight larger than 4 in size, make the gradient vanish: less than a millionth is left.',
      hint: 'A sigmoid is flat where z is far from 0.',
      solved: (_, chain) =>
        chain.weights.every((w) => Math.abs(w) > 4) && Math.abs(ratio(chain)) < 1e-6,
    },
  ],
});
