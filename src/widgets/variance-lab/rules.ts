import { activationDerivative, activationValue, erf, gaussianMean } from '../../engine/closedForms';
import type { VarianceSettings } from './params';

/** x, made from z. */
export function inputOf(kind: VarianceSettings['input'], z: number): number {
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

/** Fan-in n of the layer. */
export const fanInOf = ({ derivation, fanIn, kernel, channels }: VarianceSettings): number =>
  derivation === 'convolution' ? kernel ** 2 * channels : fanIn;

/** Fan-out n_out of the layer. */
export const fanOutOf = ({ derivation, fanOut, kernel, channels }: VarianceSettings): number =>
  derivation === 'convolution' ? kernel ** 2 * channels : fanOut;

/** The variance of a weight that the derivation ends with. */
function derivedVariance(settings: VarianceSettings): number {
  const n = fanInOf(settings);
  const out = fanOutOf(settings);
  switch (settings.derivation) {
    case 'he':
      return 2 / n;
    case 'gain':
      return 1 / (n * gaussianMean((z) => inputOf(settings.input, z) ** 2));
    case 'backward':
      return 1 / (out * gaussianMean((z) => activationDerivative(settings.slope, z) ** 2));
    case 'glorot':
      return 2 / (n + out);
    default:
      return 1 / n;
  }
}

const hasRule = ({ derivation }: VarianceSettings) =>
  derivation === 'backward' || derivation === 'glorot';

/** The variance of a weight about its mean, by the rule in force. */
export function weightVariance(settings: VarianceSettings): number {
  const { rule, fanIn: n, fanOut: out } = settings;
  if (!hasRule(settings)) return derivedVariance(settings);
  switch (rule) {
    case 'derived':
      return derivedVariance(settings);
    case 'lecun':
      return 1 / n;
    case 'he':
      return 2 / n;
    case 'fanOut':
      return 1 / out;
    case 'glorot':
      return 2 / (n + out);
  }
}

const RULE_TEXT: Record<Exclude<VarianceSettings['rule'], 'derived'>, string> = {
  lecun: '1/n',
  he: '2/n',
  fanOut: '1/n_out',
  glorot: '2/(n + n_out)',
};
/** Rules that agree for a square layer. */
const LINEAR = [RULE_TEXT.lecun, RULE_TEXT.fanOut, RULE_TEXT.glorot];

/** The variance that the backward derivation ends with, written out. */
export function backwardVarianceText({ slope }: VarianceSettings): string {
  if (slope === 'linear') return '1/n_out';
  return slope === 'relu' ? '2/n_out' : '1/(n_out E[φ′²])';
}

/** What a line asks of the variance of the weights, and what it got where that is another rule. */
export function chosenVariance(asked: string, settings: VarianceSettings): string {
  const taken = takenVariance(settings) ?? asked;
  if (taken === asked) return `Var(w) = ${asked}, by our choice.`;
  const square = settings.fanIn === settings.fanOut;
  return square && LINEAR.includes(taken) && LINEAR.includes(asked)
    ? `Var(w) = ${asked}. Here it is ${taken}, the same for n = n_out.`
    : `Var(w) = ${asked}. Here it is ${taken}.`;
}

/** The variance of the weights, written out, where the derivation leaves it open. */
function takenVariance(settings: VarianceSettings): string | undefined {
  if (!hasRule(settings)) return undefined;
  if (settings.rule !== 'derived') return RULE_TEXT[settings.rule];
  return settings.derivation === 'glorot' ? RULE_TEXT.glorot : undefined;
}
