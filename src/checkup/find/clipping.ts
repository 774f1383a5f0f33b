import type { Run } from '../run/run.ts';
import { median } from '../run/statistics.ts';
import type { Found, Rule } from './finding.ts';

/** Thresholds by which trainers clip unless told otherwise. */
const defaults: Record<string, { threshold: number; name: string }> = {
  'huggingface-trainer': {
    threshold: 1,
    name: 'the default of the Hugging Face Trainer (max_grad_norm)',
  },
  'trainer-state': {
    threshold: 1,
    name: 'the default of the Hugging Face Trainer (max_grad_norm)',
  },
  deepspeed: { threshold: 1, name: 'the default of the Hugging Face Trainer (max_grad_norm)' },
  megatron: { threshold: 1, name: 'the default of Megatron (clip-grad)' },
};

interface Threshold {
  value: number;
  source: string;
  /** Times by which the median must exceed it. */
  times: number;
}

function thresholdOf({ given, stated, format }: Run, defaultTimes: number): Threshold | null {
  if (given.clip !== undefined) return { value: given.clip, source: 'given by you', times: 1 };
  if (stated.clipThreshold !== undefined)
    return {
      value: stated.clipThreshold,
      source: `stated in the file (${stated.clipSource})`,
      times: 1,
    };
  const usual = defaults[format];
  return usual ? { value: usual.threshold, source: usual.name, times: defaultTimes } : null;
}

/** Clipping at nearly every step: the threshold, not the gradient, sets the length of the step. */
export const clippedAlways: Rule = {
  ids: ['clipped-always'],
  missing: (run) =>
    run.clippedShare || (run.gradientNorm && thresholdOf(run, 1))
      ? null
      : run.gradientNorm
        ? 'the file states no threshold, and its trainer has no default'
        : 'the file has no norm of the gradient',
  find: (run, { clipped }) => {
    const { clippedShare, gradientNorm } = run;
    if (clippedShare && clippedShare.values.length >= 5) {
      const percent = Array.from(clippedShare.values).some((value) => value > 1) ? 100 : 1;
      const shares = clippedShare.values;
      const always = shares.filter((value) => value >= clipped.share * percent).length;
      if (always < clipped.share * shares.length) return [];
      const found: Found = {
        id: 'clipped-always',
        confidence: 'high',
        row: clippedShare.rows[0]!,
        evidence: {
          share: median(shares) / percent,
          rows: shares.length,
          source: `the column “${clippedShare.name}”`,
        },
        told: `“${clippedShare.name}”, the share of clipped updates, is at least ${100 * clipped.share}% in ${always} of ${shares.length} rows.`,
      };
      return [found];
    }
    const threshold = thresholdOf(run, clipped.defaultTimes);
    if (!gradientNorm || !threshold) return [];
    const norms = gradientNorm.values.filter(Number.isFinite);
    if (norms.length < 5) return [];
    const above = norms.filter((norm) => norm > threshold.value).length;
    const usual = median(norms);
    if (above < clipped.share * norms.length || usual < threshold.times * threshold.value)
      return [];
    const found: Found = {
      id: 'clipped-always',
      confidence: threshold.times > 1 ? 'medium' : 'high',
      row: gradientNorm.rows[0]!,
      evidence: {
        threshold: threshold.value,
        source: threshold.source,
        share: above / norms.length,
        median: usual,
        medianOverThreshold: usual / threshold.value,
        rows: norms.length,
      },
      told: `${above} of ${norms.length} finite norms lie above ${threshold.value}, ${threshold.source}; the median is ${(usual / threshold.value).toPrecision(3)} times as large.`,
    };
    return [found];
  },
};
