import { activationDerivative, Rng } from '../../engine/closedForms';
import type { VarianceSettings } from './params';
import { fanInOf, fanOutOf, inputOf, weightVariance } from './rules';
import { backwardWindows, forwardWindow } from './windows';

/** What is added up over draws of a sum y = Σ w_i x_i. */
export interface SumMoments {
  /** Values of y. */
  draws: number;
  y: number;
  ySquare: number;
  /** Products, weights, inputs and z: one for each term of each y. */
  terms: number;
  product: number;
  productSquare: number;
  weight: number;
  weightSquare: number;
  input: number;
  inputSquare: number;
  z: number;
  zSquare: number;
}

/** What is added up over draws of δ_l = φ′(z) u. */
export interface SlopeMoments {
  gradient: number;
  gradientSquare: number;
  slopeSquare: number;
}

/** What is added up over units that keep their weights for `UNIT_DRAWS` inputs each. */
export interface UnitMoments {
  units: number;
  /** Unbiased variance over the inputs of a unit. */
  within: number;
  /** The same from the first half of them, from the second, and the product of the two. */
  first: number;
  second: number;
  firstSecond: number;
  /** Mean over the inputs of a unit. */
  mean: number;
  meanSquare: number;
}

/** One batch of draws. Sums that a derivation does not need stay zero. */
export interface Batch {
  forward: SumMoments;
  backward: SumMoments;
  slope: SlopeMoments;
  units: UnitMoments;
}

const emptyMoments = (): SumMoments => ({
  draws: 0,
  y: 0,
  ySquare: 0,
  terms: 0,
  product: 0,
  productSquare: 0,
  weight: 0,
  weightSquare: 0,
  input: 0,
  inputSquare: 0,
  z: 0,
  zSquare: 0,
});

export const emptyBatch = (): Batch => ({
  forward: emptyMoments(),
  backward: emptyMoments(),
  slope: { gradient: 0, gradientSquare: 0, slopeSquare: 0 },
  units: { units: 0, within: 0, first: 0, second: 0, firstSecond: 0, mean: 0, meanSquare: 0 },
});

/** Inputs that a unit which keeps its weights sees; even, so that it has halves. */
export const UNIT_DRAWS = 10;
/** Units that keep their weights, for each draw of a fresh one. */
const UNITS_PER_DRAW = 0.2;

/** The correlation of w and x where they are correlated: ρ² = 0.19. */
const CORRELATION = Math.sqrt(0.19);
const REST = 0.9;

/** A sum of products of random weights and inputs, as the settings have them. */
class SumSampler {
  readonly #settings: VarianceSettings;
  readonly #rng: Rng;
  readonly #std: number;
  readonly #shift: number;
  readonly #input: VarianceSettings['input'];
  readonly #zStd: number;
  readonly #dependence: VarianceSettings['dependence'];

  constructor(settings: VarianceSettings, rng: Rng, input: VarianceSettings['input']) {
    const { derivation, zVariance, dependence, weightMean } = settings;
    this.#settings = settings;
    this.#rng = rng;
    this.#std = Math.sqrt(weightVariance(settings));
    this.#shift = weightMean / Math.sqrt(fanInOf(settings));
    this.#input = input;
    this.#zStd = derivation === 'gain' ? Math.sqrt(zVariance) : 1;
    this.#dependence = derivation === 'total' || derivation === 'convolution' ? 'none' : dependence;
  }

  /** One value of y with so many terms, added to the sums; `kept` holds the weights of its unit. */
  draw(sums: SumMoments, terms: number, kept?: Float64Array): number {
    const rng = this.#rng;
    const { correlation } = this.#settings;
    const shared = correlation > 0 ? Math.sqrt(correlation) * rng.normal() : 0;
    const own = Math.sqrt(1 - correlation);
    let y = 0;
    for (let i = 0; i < terms; i++) {
      const unit = shared + own * rng.normal();
      const z = this.#zStd * unit;
      const x = inputOf(this.#input, z);
      const w = this.#std * this.#weight(kept ? kept[i]! : rng.normal(), unit) + this.#shift;
      const product = w * x;
      y += product;
      sums.product += product;
      sums.productSquare += product * product;
      sums.weight += w;
      sums.weightSquare += w * w;
      sums.input += x;
      sums.inputSquare += x * x;
      sums.z += z;
      sums.zSquare += z * z;
    }
    sums.y += y;
    sums.ySquare += y * y;
    sums.draws += 1;
    sums.terms += terms;
    return y;
  }

  /** A weight of mean 0 and mean square 1, from a normal number and the z of its input. */
  #weight(normal: number, z: number): number {
    switch (this.#dependence) {
      case 'none':
        return normal;
      case 'correlated':
        return CORRELATION * z + REST * normal;
      case 'aligned':
        return Math.abs(normal) * Math.sign(z);
    }
  }
}

/**
 * Draws what the derivation is about, one new unit and one new example after another, and adds up
 * what its lines need. All weights have the variance of the rule in force, whatever their dependence.
 */
export class UnitSampler {
  readonly #settings: VarianceSettings;
  readonly #rng: Rng;
  readonly #forward: SumSampler;
  readonly #backward: SumSampler;
  readonly #kept: Float64Array;

  constructor(settings: VarianceSettings) {
    const both = settings.derivation === 'glorot' || settings.derivation === 'convolution';
    this.#settings = settings;
    this.#rng = new Rng(settings.seed);
    this.#forward = new SumSampler(settings, this.#rng, both ? 'normal' : settings.input);
    this.#backward = new SumSampler(settings, this.#rng, 'normal');
    this.#kept = new Float64Array(settings.fanIn);
  }

  /** A batch of so many draws; it yields after each, so that others may have a turn. */
  *batch(draws: number): Generator<void, Batch> {
    const { derivation } = this.#settings;
    const batch = emptyBatch();
    for (let draw = 0; draw < draws; draw++) {
      if (derivation !== 'backward') this.#drawForward(batch.forward);
      if (derivation === 'backward' || derivation === 'glorot' || derivation === 'convolution')
        this.#drawBackward(batch);
      yield;
    }
    const units = derivation === 'total' ? Math.max(2, Math.round(UNITS_PER_DRAW * draws)) : 0;
    for (let unit = 0; unit < units; unit++) {
      this.#drawUnit(batch.units);
      yield;
    }
    return batch;
  }

  #drawForward(sums: SumMoments): void {
    const settings = this.#settings;
    const terms =
      settings.derivation === 'convolution'
        ? forwardWindow(settings, this.#rng) * settings.channels
        : settings.fanIn;
    this.#forward.draw(sums, terms);
  }

  #drawBackward({ backward, slope }: Batch): void {
    const settings = this.#settings;
    const terms =
      settings.derivation === 'convolution'
        ? backwardWindows(settings, this.#rng) * settings.channels
        : fanOutOf(settings);
    const sum = this.#backward.draw(backward, terms);
    const factor =
      settings.derivation === 'backward'
        ? activationDerivative(settings.slope, this.#rng.normal())
        : 1;
    const gradient = factor * sum;
    slope.gradient += gradient;
    slope.gradientSquare += gradient * gradient;
    slope.slopeSquare += factor * factor;
  }

  /** A unit draws its weights once and then sees `UNIT_DRAWS` inputs. */
  #drawUnit(sums: UnitMoments): void {
    const kept = this.#kept;
    for (let i = 0; i < kept.length; i++) kept[i] = this.#rng.normal();
    const ys = Array.from({ length: UNIT_DRAWS }, () =>
      this.#forward.draw(emptyMoments(), kept.length, kept),
    );
    const all = meanAndVariance(ys);
    const first = meanAndVariance(ys.slice(0, UNIT_DRAWS / 2)).variance;
    const second = meanAndVariance(ys.slice(UNIT_DRAWS / 2)).variance;
    sums.units += 1;
    sums.within += all.variance;
    sums.first += first;
    sums.second += second;
    sums.firstSecond += first * second;
    sums.mean += all.mean;
    sums.meanSquare += all.mean ** 2;
  }
}

function meanAndVariance(found: readonly number[]): { mean: number; variance: number } {
  const mean = found.reduce((sum, y) => sum + y, 0) / found.length;
  const squares = found.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return { mean, variance: squares / (found.length - 1) };
}
