import type { Axis, LineChartSpec } from '../../charts/spec';
import { seriesOf, type Run } from '../run';
import { meanLoss } from '../solving';
import { chanceReference, stepAxis } from './loss';

/** The mean of each network's latest losses, with chance and the level below which the task counts as solved. */
export const meanLossChart = <S>(
  run: Run<S>,
  solved: number,
  y: Pick<Axis, 'scale' | 'domain'>,
): LineChartSpec => ({
  kind: 'line',
  x: stepAxis(run),
  y: { label: 'Mean loss', ...y },
  series: seriesOf(run.lanes, ({ result }) => {
    const mean = meanLoss(result, 0);
    return { x: mean.steps, y: mean.loss, derived: 'mean' };
  }),
  references: [...chanceReference(run), { axis: 'y', at: solved, label: 'solved' }],
});
