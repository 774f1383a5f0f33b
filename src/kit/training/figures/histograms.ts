import type { HistogramSpec } from '../../charts/spec';
import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { framesOf, type RanLane, type Run } from '../run';
import { framed, idOf, type Named } from './frame';

type HistogramStatistic = 'activationHistogram' | 'preActivationHistogram';

interface HistogramOptions<S> extends Named<S> {
  /** The first of the lanes (the default), or the last. */
  lane?: 'first' | 'last';
  /** Before the first update, or at the step shown (the default), which rests at the start, or at the `end`. */
  at?: 'start' | 'shown' | 'end';
}

/** How the entries of each layer of one lane are spread, a panel a layer over one range. */
export function histogramsByLayer<S>(
  statistic: HistogramStatistic,
  options: HistogramOptions<S> = {},
): TrainingFigure<S> {
  const words = ({ words }: Say) => trainingIn(words).histograms;
  return {
    ...framed(
      {
        id: idOf(statistic),
        title: (say) => words(say).title(trainingIn(say.words).statistic(statistic).name),
        caption: (say) => words(say).caption,
        ...(options.at !== 'start' && { time: options.at === 'end' ? 'end' : 'moment' }),
      },
      options,
    ),
    chart: (run) => histogramChart(run, statistic, options),
  };
}

function histogramChart<S>(
  { lanes, say }: Run<S>,
  statistic: HistogramStatistic,
  { lane: whose = 'first', at = 'shown' }: HistogramOptions<S>,
): HistogramSpec {
  const lane = lanes.at(whose === 'first' ? 0 : -1);
  const frame = at === 'start' ? 0 : -1;
  const counts = (lane && framesOf(lane.result, statistic).at(frame)) ?? [];
  const [low = 0, high = 1] = (lane && framesOf(lane.result, `${statistic}Range`).at(frame)) ?? [];
  const words = trainingIn(say.words);
  return {
    kind: 'histogram',
    x: { label: words.statistic(statistic).symbol, scale: 'linear', domain: [low, high] },
    panels: byLayer(lane, counts).map((bins, i) => ({
      label: words.layerNumber(say.count(i + 1)),
      role: 'accent',
      edges: Array.from(
        { length: bins.length + 1 },
        (_, edge) => low + ((high - low) * edge) / bins.length,
      ),
      counts: bins,
    })),
  };
}

/** The engine reports the counts of all layers in one list; an empty one before the first frame. */
function byLayer(lane: RanLane | undefined, counts: readonly number[]): number[][] {
  const layers = lane?.depth ?? 0;
  const bins = counts.length / layers;
  if (!Number.isInteger(bins) || bins === 0)
    return Array.from({ length: Math.max(1, layers) }, () => [0]);
  return Array.from({ length: layers }, (_, l) => counts.slice(l * bins, (l + 1) * bins));
}
