import { fixedPoint, Rng, scalarChain } from '../../engine/closedForms';
import type { ActivationName } from '../../engine/types';

/** Which number is computed without a training. */
export type Formula =
  /** ∂L/∂b of one of some sigmoid units in a row, all of weight 1 and bias 0; input 1, target 0. */
  | { kind: 'sigmoidChainBiasGradient'; units: number; unit: number }
  /** χ at the fixed point of the variance. */
  | { kind: 'chi'; activation: ActivationName; weightStd: number; biasStd: number }
  /** Var y, drawn so many times, of y = Σ x_j w_j, x_j = ReLU(N(0, 1)), w_j ~ N(0, 1/terms). */
  | { kind: 'varianceOfSum'; terms: number; draws: number };

/** The number of a formula: one alone where nothing is random, else one for each seed 1 … `seeds`. */
export function computed(formula: Formula, seeds: number): number[] {
  switch (formula.kind) {
    case 'sigmoidChainBiasGradient':
      return [biasGradient(formula.units, formula.unit)];
    case 'chi':
      return [fixedPoint(formula.activation, formula.weightStd, formula.biasStd).chi];
    case 'varianceOfSum':
      return Array.from({ length: seeds }, (_, i) =>
        varianceOfSum(formula.terms, formula.draws, i + 1),
      );
  }
}

function biasGradient(units: number, unit: number): number {
  const all = (value: number) => new Array<number>(units).fill(value);
  return scalarChain(1, all(1), all(0), 0).biasGradient[unit - 1]!;
}

function varianceOfSum(terms: number, draws: number, seed: number): number {
  const rng = new Rng(seed);
  let [sum, square] = [0, 0];
  for (let i = 0; i < draws; i++) {
    let y = 0;
    for (let j = 0; j < terms; j++)
      y += (Math.max(0, rng.normal()) * rng.normal()) / Math.sqrt(terms);
    sum += y;
    square += y * y;
  }
  return square / draws - (sum / draws) ** 2;
}
