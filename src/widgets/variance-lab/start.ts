import type { VarianceSettings } from './params';
import { fanInOf, fanOutOf } from './rules';

const FORWARD = 'y = w₁ x₁ + … + wₙ xₙ';
const DOWN = 'w₁ δ₁ + … + wₙ_out δₙ_out';

/** What a derivation starts from: its sums, and what their letters stand for. */
export function startOf(settings: VarianceSettings): { formulas: string[]; means: string } {
  const n = fanInOf(settings);
  const out = fanOutOf(settings);
  switch (settings.derivation) {
    case 'backward':
      return {
        formulas: ['δₗ = φ′(z) u', `u = ${DOWN}`],
        means: `the signal gradient of one unit that feeds n_out = ${out} units; δ is that of any of them`,
      };
    case 'glorot':
      return {
        formulas: [FORWARD, `δₗ = ${DOWN}`],
        means: `a linear layer with fan-in n = ${n} and fan-out n_out = ${out}; its weights have one variance in both sums`,
      };
    case 'convolution':
      return {
        formulas: [FORWARD, `δₗ = ${DOWN}`],
        means: `a linear convolution with n = K² C = ${n} products for each output, and n_out = ${out} for each input if it is in K² windows`,
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
