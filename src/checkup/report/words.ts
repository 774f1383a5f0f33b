import type { FindingId } from '../find/finding.ts';
import type { Finding } from '../find/examine.ts';
import type { Role } from '../read/names.ts';
import type { Report } from './report.ts';
import { advice } from './advice.ts';

/** What a role is called. */
export const roleNames: Record<Role, string> = {
  step: 'step',
  epoch: 'epoch',
  loss: 'loss',
  gradientNorm: 'gradient norm',
  layerNorm: 'norm of a layer',
  learningRate: 'learning rate',
  lossScale: 'loss scale',
  clippedShare: 'share of clipped updates',
  clipThreshold: 'threshold of clipping',
  zeroShare: 'share of exact zeros, by layer',
  belowFloat16Share: 'share below float16, by layer',
  evaluationLoss: 'loss on validation data',
  other: 'not judged',
};

/** What is looked for, as the end of “looked for …”. */
export const soughtNames: Record<FindingId, string> = {
  'not-finite': 'numbers that are not finite for good',
  'overflow-skips': 'steps skipped by loss scaling',
  'loss-scale-collapse': 'a collapsing loss scale',
  'gradient-explodes': 'an exploding gradient',
  'gradient-spikes': 'spikes of the gradient',
  'gradient-vanishes': 'a vanishing gradient',
  'stalled-at-chance': 'a loss that stays at its start',
  'clipped-always': 'clipping at every step',
  'layers-vanish': 'a gradient that shrinks by layer',
  'layers-explode': 'a gradient that grows by layer',
  'layers-dead': 'layers without a gradient',
  'float16-underflow': 'underflow in float16',
  'rate-too-high': 'a learning rate that is too high',
};

/** A number with as many digits as are read at a glance. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return String(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

/** Where a finding begins: “step 230 (row 22, line 26)”. */
export function placeOf({ row, step, epoch, line }: Finding): string {
  if (row === null) return 'the whole file';
  const within = [`row ${row}`, ...(line === null ? [] : [`line ${line}`])].join(', ');
  if (step !== null) return `step ${short(step)} (${within})`;
  return epoch === null ? within : `epoch ${short(epoch)} (${within})`;
}

/** The evidence as pairs of words, long lists cut. */
export function evidencePairs({ evidence }: Finding): [name: string, value: string][] {
  return Object.entries(evidence).map(([name, value]) => [
    name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase(),
    Array.isArray(value)
      ? value
          .slice(0, 12)
          .map((one) => (typeof one === 'number' ? short(one) : one))
          .join(', ') + (value.length > 12 ? ', …' : '')
      : typeof value === 'number'
        ? short(value)
        : value,
  ]);
}

/** One sentence on the whole file. */
export function verdict({ reading, findings }: Report): string {
  if (reading.unreadable) return reading.unreadable.message;
  const faults = findings.filter(({ severity }) => severity === 'fault');
  const notes = findings.length - faults.length;
  const noted =
    notes === 0 ? '' : notes === 1 ? ', and one thing to know' : `, and ${notes} things to know`;
  if (faults.length === 0) return `Healthy, as far as this file tells${noted}.`;
  return `${faults.length === 1 ? 'One fault' : `${faults.length} faults`}${noted}: ${faults
    .map(({ id }) => lowerFirst(advice[id].title))
    .join('; ')}.`;
}

const lowerFirst = (text: string): string => text[0]!.toLowerCase() + text.slice(1);

/** What could not be checked, those with one reason together. */
export function uncheckedByReason({
  unchecked,
}: Pick<Report, 'unchecked'>): { because: string; sought: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const { id, because } of unchecked)
    reasons.set(because, [...(reasons.get(because) ?? []), soughtNames[id]]);
  return [...reasons].map(([because, sought]) => ({ because, sought }));
}
