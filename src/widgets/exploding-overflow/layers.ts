/** Gradients layer by layer: signal and weight gradient at the step shown, and layer by step. */
import { fixedPoint } from '../../engine/closedForms';
import type { HeatMapSpec, LineChartSpec, Series } from '../../kit/charts/spec';
import { formatNumber } from '../../kit/format';
import type { LaneResult, TrainingResult } from '../../kit/widget';
import type { OverflowValues } from './params';
import { ran } from './ran';
import { lanesOf } from './specs';

export type LayerStatistic = 'signalGradientNorm' | 'weightGradientNorm';

const SYMBOLS: Record<LayerStatistic, string> = {
  signalGradientNorm: '‖∂L/∂z‖',
  weightGradientNorm: '‖∂L/∂W‖',
};

/**
 * √χ of a wide network drawn like the chosen one: the factor by which one hidden layer multiplies
 * ‖∂L/∂z‖ on its way back, before any update. Weights c times He's have variance 2c²/fanIn, so
 * χ = 2c² · ½ = c² for ReLU; for tanh χ is taken at the fixed point of the variance (Schoenholz et al. 2017).
 */
export function factorBackwards({ model, weightScale }: OverflowValues): number {
  if (model === 'relu') return weightScale;
  return Math.sqrt(fixedPoint('tanh', weightScale, 0).chi);
}

/**
 * The same for ‖∂L/∂W‖. A weight gradient is the signal gradient times the activation below, and in
 * a ReLU network that grows forwards by the factor by which the signal grows backwards: no change.
 * Tanh activations at the fixed point have one size.
 */
const weightFactorBackwards = (values: OverflowValues): number =>
  values.model === 'relu' ? 1 : factorBackwards(values);

/** ‖·‖ of layer 1 over that of the last hidden layer L, before the first update. */
export function firstToLast(
  { depth }: OverflowValues,
  lane: LaneResult,
  statistic: LayerStatistic,
): number {
  const norms = lane[statistic][0] ?? [];
  return (norms[0] ?? NaN) / (norms[depth - 1] ?? NaN);
}

/** The latest frame in which every layer's norm is finite; a run that broke has none after it. */
export function lastFiniteFrame(
  lane: LaneResult,
  statistic: LayerStatistic,
): { step: number; norms: number[] } | undefined {
  const index = lane[statistic].findLastIndex((norms) => norms.every(Number.isFinite));
  return index === -1
    ? undefined
    : { step: lane.frameSteps[index] ?? NaN, norms: lane[statistic][index]! };
}

/** One norm a layer at the step shown, and how wide theory expects the chosen network to spread it. */
export function layerChart(
  values: OverflowValues,
  result: TrainingResult,
  statistic: LayerStatistic,
): LineChartSpec {
  const measured = ran(values, result).flatMap(({ lane, of }): Series[] => {
    const frame = lastFiniteFrame(of, statistic);
    if (frame === undefined) return [];
    return [
      {
        id: lane.name,
        label: `${lane.label}, step ${frame.step}`,
        role: lane.role,
        mark: 'both',
        x: frame.norms.map((_, i) => i + 1),
        y: frame.norms,
      },
    ];
  });
  return {
    kind: 'line',
    x: {
      label: 'Layer (the last one is the output)',
      scale: 'linear',
      domain: [1, values.depth + 1],
      integer: true,
    },
    y: { label: SYMBOLS[statistic], scale: 'log' },
    series: [...measured, ...theory(values, result, statistic)],
  };
}

/** From the last hidden layer of the chosen network backwards, before the first update. */
function theory(
  values: OverflowValues,
  result: TrainingResult,
  statistic: LayerStatistic,
): Series[] {
  const { depth } = values;
  const last = result.lanes['problem']?.[statistic][0]?.[depth - 1];
  if (last === undefined || depth < 2) return [];
  const factor =
    statistic === 'signalGradientNorm' ? factorBackwards(values) : weightFactorBackwards(values);
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  return [
    {
      id: 'theory',
      label: `theory at step 0: × ${formatNumber(factor)} a layer backwards`,
      role: 'theory',
      x: layers,
      y: layers.map((layer) => last * factor ** (depth - layer)),
    },
  ];
}

/**
 * ‖∂L/∂z‖ of each layer at each frame, one map a lane. Each has its own steps: beside a run of
 * hundreds of steps the few of one that broke could not be seen.
 */
export function layerMaps(values: OverflowValues, result: TrainingResult): HeatMapSpec[] {
  const rows = Array.from({ length: values.depth + 1 }, (_, i) => i + 1);
  return lanesOf(values).map(({ name }): HeatMapSpec => {
    const lane = result.lanes[name];
    const frames = lane?.signalGradientNorm ?? [];
    const broke = lane?.firstNonFinite?.step;
    return {
      kind: 'heat',
      x: { label: 'Step', scale: 'linear', domain: [0, broke ?? values.steps], integer: true },
      y: { label: 'Layer', scale: 'linear', integer: true },
      rows,
      columns: lane?.frameSteps ?? [],
      values: rows.map((_, row) => frames.map((frame) => frame[row] ?? NaN)),
      scale: [-8, 0, 8],
      valueLabel: SYMBOLS.signalGradientNorm,
    };
  });
}
