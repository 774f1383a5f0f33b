import type { VarianceValues } from './params';
import { fanInOf, fanOutOf } from './rules';

const FORWARD = 'y = w₁ x₁ + … + wₙ xₙ';
const BACKWARD = 's = w₁ δ₁ + … + wₘ δₘ';

/** What a derivation starts from: its sums, and what their letters stand for. */
export function startOf(values: VarianceValues): { formulas: string[]; means: string } {
  const n = fanInOf(values);
  const m = fanOutOf(values);
  switch (values.derivation) {
    case 'backward':
      return {
        formulas: ['δₗ = φ′(z) s', BACKWARD],
        means: `the signal gradient of one unit that feeds m = ${m} units; δ is that of any of them`,
      };
    case 'glorot':
      return {
        formulas: [FORWARD, 'δₗ = w₁ δ₁ + … + wₘ δₘ'],
        means: `a linear layer with fan-in n = ${n} and fan-out m = ${m}; its weights have one variance in both sums`,
      };
    case 'convolution':
      return {
        formulas: [FORWARD, 'δₗ = w₁ δ₁ + … + wₘ δₘ'],
        means: `a linear convolution with n = k² c = ${n} products for each output, and m = ${m} for each input if it is in k² windows`,
      };
    case 'total':
      return {
        formulas: [FORWARD],
        means: `one unit with n = ${n} inputs; Var(y | w) is taken over the inputs, with the weights kept`,
      };
    default:
      return {
        formulas: [FORWARD],
        means: `the pre-activation of one unit with n = ${n} inputs`,
      };
  }
}
