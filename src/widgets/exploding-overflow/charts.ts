import type { LineChartSpec, Series } from '../../kit/charts/spec';
import { figures, seriesOf, type RanLane, type Run } from '../../kit/training';
import { isDeep, type OverflowSettings } from './params';
import { AMPLITUDE, growthPerStep, overflowStep } from './theory';
import { trainingIn } from '../../kit/words/networks';

type OverflowRun = Run<OverflowSettings>;

/**
 * Lines over the steps on a logarithmic axis. It ends with the longest line: a run that overflows has few
 * of the steps that it was given.
 */
const overSteps = (
  { lanes, say }: OverflowRun,
  label: string,
  points: (lane: RanLane) => Pick<Series, 'x' | 'y'>,
): LineChartSpec => ({
  kind: 'line',
  x: { label: trainingIn(say.words).step, scale: 'linear', integer: true },
  y: { label, scale: 'log' },
  series: seriesOf(lanes, points),
});

/**
 * The loss of each step. Of a linear model that diverges also that along the steepest direction,
 * A (1 − ηλ)^2k, as far as float32 holds it, and the step at which it is predicted to overflow.
 */
export function lossChart(run: OverflowRun): LineChartSpec {
  const { settings, steps, say } = run;
  const chart = overSteps(run, 'Loss', ({ result }) => ({ x: result.steps, y: result.loss }));
  const growth = growthPerStep(settings.rate);
  if (isDeep(settings) || growth <= 1) return chart;
  const predicted = overflowStep(growth);
  const end = Math.min(steps, Math.floor(predicted));
  const x = Array.from({ length: 51 }, (_, i) => Math.round((i * end) / 50));
  const theory: Series = {
    id: 'theory',
    label: 'theory: steepest direction alone',
    role: 'theory',
    x,
    y: x.map((step) => AMPLITUDE * growth ** (2 * step)),
  };
  const label = `rule of thumb: step ${say.count(Math.round(predicted))}`;
  return {
    ...chart,
    series: [...chart.series, theory],
    references: predicted <= steps ? [{ axis: 'x', at: predicted, label }] : [],
  };
}

/** ‖all gradients‖ at each frame. */
export const normChart = (run: OverflowRun): LineChartSpec =>
  overSteps(run, '‖all gradients‖', ({ result }) => ({
    x: result.frameSteps,
    y: result.globalNorm,
  }));

/** A deep network's gradient by layer; with it that of theory before the first update. */
export const gradientByLayer = (
  statistic: 'signalGradientNorm' | 'weightGradientNorm',
  factorOf: (settings: OverflowSettings) => number,
  caption: string,
) =>
  figures.byLayer<OverflowSettings>(statistic, {
    caption,
    lastFinite: true,
    theory: ({ lanes: [chosen], settings, say }) => {
      const factor = factorOf(settings);
      const label = `theory at step 0: × ${say.number(factor)} per layer backwards`;
      return figures.geometricTheory(chosen, statistic, factor, label);
    },
    shown: isDeep,
  });
