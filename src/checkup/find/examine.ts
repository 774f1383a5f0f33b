import type { Run } from '../run/run.ts';
import { clippedAlways } from './clipping.ts';
import { severities, type FindingId, type Found, type Rule, type Severity } from './finding.ts';
import { gradientExplodes, gradientSpikes, gradientVanishes } from './gradientNorm.ts';
import { float16Underflow, layersDead, layersGeometric } from './layerRules.ts';
import { rateTooHigh, stalledAtChance } from './loss.ts';
import { notFinite } from './notFinite.ts';
import { lossScaleCollapse, overflowSkips } from './overflow.ts';
import { thresholds, type Thresholds } from './thresholds.ts';

const rules: Rule[] = [
  notFinite,
  lossScaleCollapse,
  gradientExplodes,
  rateTooHigh,
  layersGeometric,
  layersDead,
  gradientVanishes,
  stalledAtChance,
  float16Underflow,
  clippedAlways,
  overflowSkips,
  gradientSpikes,
];

export interface Finding extends Found {
  severity: Severity;
  step: number | null;
  epoch: number | null;
  /** Line of the file. */
  line: number | null;
}

export interface Examination {
  /** Faults first, each kind in the order in which they begin. */
  findings: Finding[];
  /** What was looked for and could be. */
  checked: FindingId[];
  /** What the file cannot answer, and why. */
  unchecked: { id: FindingId; because: string }[];
}

/** Looks for every fault in a run. A run without findings is healthy as far as `checked` reaches. */
export function examine(run: Run, limits: Thresholds = thresholds): Examination {
  const checked: FindingId[] = [];
  const unchecked: Examination['unchecked'] = [];
  const findings: Finding[] = [];
  for (const rule of rules) {
    const because = rule.missing(run);
    if (because !== null) {
      unchecked.push(...rule.ids.map((id) => ({ id, because })));
      continue;
    }
    checked.push(...rule.ids);
    findings.push(...rule.find(run, limits).map((found) => located(found, run)));
  }
  const faultsFirst = (a: Finding, b: Finding): number =>
    Number(a.severity === 'note') - Number(b.severity === 'note');
  return { findings: findings.sort(faultsFirst), checked, unchecked };
}

function located(found: Found, run: Run): Finding {
  const { row } = found;
  return {
    ...found,
    severity: severities[found.id],
    step: row === null ? null : run.stepOf(row),
    epoch: row === null ? null : run.epochOf(row),
    line: row === null ? null : run.lineOf(row),
  };
}
