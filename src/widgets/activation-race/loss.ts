import type { LineChartSpec } from '../../kit/charts/spec';
import { figures, runningMean, seriesOf, type Run } from '../../kit/training';
import type { LaneResult } from '../../kit/widget';

/** Steps that the loss curve averages over. */
export const WINDOW = 20;
/** Top of the loss axis. */
export const LOSS_TOP = 5;
/** Where the loss axis may begin: it reaches down as far as the losses do. */
const LOSS_FLOORS = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** The running mean of each network's loss, on an axis down to the lowest of them. */
export function meanLossChart<S>(run: Run<S>): LineChartSpec {
  const series = seriesOf(run.lanes, ({ result }) => ({
    x: result.steps,
    y: runningMean(result.steps, result.loss, WINDOW),
    derived: 'mean',
  }));
  const lowest = Math.min(...series.flatMap(({ y }) => y.filter((loss) => loss > 0)));
  const floor = LOSS_FLOORS.find((end) => end <= lowest) ?? LOSS_FLOORS.at(-1)!;
  return {
    kind: 'line',
    x: figures.stepAxis(run),
    y: { label: 'Loss', scale: 'log', domain: [floor, LOSS_TOP] },
    series,
    references: figures.chanceReference(run),
  };
}

/** Over the training part at the end, of the latest batches before; Infinity where it diverged. */
export function latestLoss(result: LaneResult): number {
  const { final, firstNonFinite } = result;
  const loss = firstNonFinite
    ? NaN
    : (final?.trainLoss ?? runningMean(result.steps, result.loss, WINDOW).at(-1) ?? NaN);
  return Number.isFinite(loss) ? loss : Infinity;
}
