import type { VarianceSettings } from './params';
import { fanInOf, fanOutOf } from './rules';
import { UNIT_DRAWS, type Batch, type SumMoments } from './sampling';

type Part = 'forward' | 'backward' | 'both' | 'units';

interface Definition {
  /** In plain text: for charts, sentences, and as what a formula is called. */
  text: string;
  /** The draws that it is estimated from. */
  from: Part;
  of: (sums: Batch, settings: VarianceSettings) => number;
}

const variance = (sum: number, square: number, count: number) =>
  (square - (sum * sum) / count) / (count - 1);
const varSum = ({ y, ySquare, draws }: SumMoments) => variance(y, ySquare, draws);
const varProduct = ({ product, productSquare, terms }: SumMoments) =>
  variance(product, productSquare, terms);
const varWeight = ({ weight, weightSquare, terms }: SumMoments) =>
  variance(weight, weightSquare, terms);
const varInput = ({ input, inputSquare, terms }: SumMoments) => variance(input, inputSquare, terms);
const varZ = ({ z, zSquare, terms }: SumMoments) => variance(z, zSquare, terms);
const inputSquare = (sums: SumMoments) => sums.inputSquare / sums.terms;
/** E[w²] E[x²] − E[w]² E[x]². */
const moments = ({ weight, weightSquare, input, inputSquare, terms }: SumMoments) =>
  (weightSquare / terms) * (inputSquare / terms) - ((weight / terms) * (input / terms)) ** 2;
const inputMeanSquare = ({ input, terms }: SumMoments) => (input / terms) ** 2;
const varGradient = ({ slope, backward }: Batch) =>
  variance(slope.gradient, slope.gradientSquare, backward.draws);
const slopeSquare = ({ slope, backward }: Batch) => slope.slopeSquare / backward.draws;
/** Var(E[y | w]): the spread of the units' means, less what ten inputs leave open in each. */
const varUnitMeans = ({ units: { units, mean, meanSquare, within } }: Batch) =>
  variance(mean, meanSquare, units) - within / units / UNIT_DRAWS;
const meanOfVariances = ({ units }: Batch) => units.within / units.units;
/**
 * The standard deviation of Var(y | w) between units. The two halves of a unit's draws err
 * independently, so their covariance is the variance of what they estimate.
 */
const spreadOfVariances = ({ units: { units, first, second, firstSecond } }: Batch) =>
  Math.sqrt(Math.max(0, (firstSecond - (first * second) / units) / (units - 1)));

const define = <K extends string>(table: Record<K, Definition>) => table;

/** Everything that a line or a sentence may speak of. */
const QUANTITIES = define({
  varY: { text: 'Var(y)', from: 'forward', of: ({ forward }) => varSum(forward) },
  productVariance: {
    text: 'n Var(w x)',
    from: 'forward',
    of: ({ forward }, settings) => fanInOf(settings) * varProduct(forward),
  },
  momentForm: {
    text: 'n (E[w²] E[x²] − E[w]² E[x]²)',
    from: 'forward',
    of: ({ forward }, settings) => fanInOf(settings) * moments(forward),
  },
  varianceForm: {
    text: 'n Var(w) Var(x)',
    from: 'forward',
    of: ({ forward }, settings) => fanInOf(settings) * varWeight(forward) * varInput(forward),
  },
  secondMomentForm: {
    text: 'n Var(w) E[x²]',
    from: 'forward',
    of: ({ forward }, settings) => fanInOf(settings) * varWeight(forward) * inputSquare(forward),
  },
  halfForm: {
    text: 'n Var(w) · ½ Var(z)',
    from: 'forward',
    of: ({ forward }, settings) => (fanInOf(settings) * varWeight(forward) * varZ(forward)) / 2,
  },
  varX: { text: 'Var(x)', from: 'forward', of: ({ forward }) => varInput(forward) },
  varZ: { text: 'Var(z)', from: 'forward', of: ({ forward }) => varZ(forward) },
  varianceRatio: {
    text: 'Var(y) / Var(z)',
    from: 'forward',
    of: ({ forward }) => varSum(forward) / varZ(forward),
  },
  meanY: { text: 'E[y]', from: 'forward', of: ({ forward }) => forward.y / forward.draws },

  varGradient: { text: 'Var(δₗ)', from: 'backward', of: varGradient },
  slopeSum: {
    text: 'E[φ′²] Var(u)',
    from: 'backward',
    of: (sums) => slopeSquare(sums) * varSum(sums.backward),
  },
  slopeProducts: {
    text: 'E[φ′²] n_out Var(w δ)',
    from: 'backward',
    of: (sums, settings) => slopeSquare(sums) * fanOutOf(settings) * varProduct(sums.backward),
  },
  slopeMoments: {
    text: 'E[φ′²] n_out (E[w²] E[δ²] − E[w]² E[δ]²)',
    from: 'backward',
    of: (sums, settings) => slopeSquare(sums) * fanOutOf(settings) * moments(sums.backward),
  },
  slopeForm: {
    text: 'E[φ′²] n_out Var(w) Var(δ)',
    from: 'backward',
    of: (sums, settings) =>
      slopeSquare(sums) * fanOutOf(settings) * varWeight(sums.backward) * varInput(sums.backward),
  },
  backwardForm: {
    text: 'n_out Var(w) Var(δ)',
    from: 'backward',
    of: ({ backward }, settings) => fanOutOf(settings) * varWeight(backward) * varInput(backward),
  },
  varDelta: { text: 'Var(δ)', from: 'backward', of: ({ backward }) => varInput(backward) },
  backwardFactor: {
    text: 'Var(δₗ) / Var(δ)',
    from: 'backward',
    of: (sums) => varGradient(sums) / varInput(sums.backward),
  },

  forwardFactor: {
    text: 'Var(y) / Var(x)',
    from: 'both',
    of: ({ forward }) => varSum(forward) / varInput(forward),
  },
  factorSum: {
    text: 'Var(y) / Var(x) + Var(δₗ) / Var(δ)',
    from: 'both',
    of: (sums) =>
      varSum(sums.forward) / varInput(sums.forward) + varGradient(sums) / varInput(sums.backward),
  },
  two: { text: '2', from: 'both', of: () => 2 },

  withinUnits: { text: 'E[Var(y | w)]', from: 'units', of: meanOfVariances },
  betweenUnits: { text: 'Var(E[y | w])', from: 'units', of: varUnitMeans },
  bothParts: {
    text: 'E[Var(y | w)] + Var(E[y | w])',
    from: 'units',
    of: (sums) => meanOfVariances(sums) + varUnitMeans(sums),
  },
  meanForm: {
    text: 'n Var(w) E[x]²',
    from: 'units',
    of: ({ forward }, settings) =>
      fanInOf(settings) * varWeight(forward) * inputMeanSquare(forward),
  },
  bothForms: {
    text: 'n Var(w) Var(x) + n Var(w) E[x]²',
    from: 'units',
    of: ({ forward }, settings) =>
      fanInOf(settings) * varWeight(forward) * (varInput(forward) + inputMeanSquare(forward)),
  },
  unitSpread: { text: 'the spread of Var(y | w)', from: 'units', of: spreadOfVariances },
});

export type Quantity = keyof typeof QUANTITIES;

const DRAWN: Record<VarianceSettings['derivation'], Part[]> = {
  lecun: ['forward'],
  he: ['forward'],
  gain: ['forward'],
  backward: ['backward'],
  glorot: ['forward', 'backward', 'both'],
  convolution: ['forward', 'backward', 'both'],
  total: ['forward', 'units'],
};

/** A quantity in plain text. */
export const textOf = (quantity: Quantity): string => QUANTITIES[quantity].text;

/** The quantities that a derivation's draws tell. */
export const quantitiesOf = ({ derivation }: Pick<VarianceSettings, 'derivation'>): Quantity[] =>
  (Object.keys(QUANTITIES) as Quantity[]).filter((name) =>
    DRAWN[derivation].includes(QUANTITIES[name].from),
  );

/** An estimate of a quantity from sums over draws. */
export const estimateOf = (quantity: Quantity, sums: Batch, settings: VarianceSettings): number =>
  QUANTITIES[quantity].of(sums, settings);
