import { activationValue, erf, Rng } from '../../engine/closedForms';
import type { VarianceValues } from './params';

/** What is added up over one batch of draws of a unit y = Σ w_i x_i with n inputs. */
export interface BatchSums {
  /** Values of y. */
  draws: number;
  y: number;
  ySquare: number;
  /** Products, weights, inputs and z: n for each y. */
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

export const emptySums = (): BatchSums => ({
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

/** The correlation of w and x where they are correlated: ρ² = 0.19. */
const CORRELATION = Math.sqrt(0.19);
const REST = 0.9;

/** x, made from a z ~ N(0, 1). */
function inputOf(kind: VarianceValues['input'], z: number): number {
  switch (kind) {
    case 'normal':
      return z;
    case 'uniform':
      return (1 + erf(z * Math.SQRT1_2)) / 2;
    case 'shifted':
      return 1 + 0.1 * z;
    default:
      return activationValue(kind, z);
  }
}

/** The variance of a weight that a derivation ends with, times n. */
export const scaledVariance = ({ derivation }: Pick<VarianceValues, 'derivation'>): number =>
  derivation === 'he' ? 2 : 1;

/**
 * Draws one unit after another and adds up what the derivation's lines need. Weights have the
 * standard deviation √(1/n), or √(2/n) in He's derivation, whatever their dependence.
 */
export class UnitSampler {
  readonly #values: VarianceValues;
  readonly #rng: Rng;
  readonly #std: number;
  readonly #shift: number;
  readonly #kept: Float64Array;

  constructor(values: VarianceValues) {
    this.#values = values;
    this.#rng = new Rng(values.seed);
    this.#std = Math.sqrt(scaledVariance(values) / values.fanIn);
    this.#shift = values.weightMean / Math.sqrt(values.fanIn);
    this.#kept = new Float64Array(values.fanIn);
  }

  /** New weights, where the draws of one batch share them. */
  drawWeights(): void {
    for (let i = 0; i < this.#kept.length; i++) this.#kept[i] = this.#rng.normal();
  }

  /** Adds `count` draws of y to the sums. */
  add(sums: BatchSums, count: number): void {
    const { fanIn, input, correlation, dependence, keepWeights } = this.#values;
    const rng = this.#rng;
    const common = Math.sqrt(correlation);
    const own = Math.sqrt(1 - correlation);
    for (let draw = 0; draw < count; draw++) {
      const shared = common > 0 ? common * rng.normal() : 0;
      let y = 0;
      for (let i = 0; i < fanIn; i++) {
        const z = shared + own * rng.normal();
        const x = inputOf(input, z);
        const g = keepWeights ? this.#kept[i]! : rng.normal();
        const unit =
          dependence === 'none'
            ? g
            : dependence === 'correlated'
              ? CORRELATION * z + REST * g
              : Math.abs(g) * Math.sign(z);
        const w = this.#std * unit + this.#shift;
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
    }
    sums.draws += count;
    sums.terms += count * fanIn;
  }
}
