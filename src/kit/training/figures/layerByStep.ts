import type { Axis, HeatMapSpec } from '../../charts/spec';
import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { counting, framesOf, type RanLane, type Run, type Statistic } from '../run';
import { framed, type Named } from './frame';

interface LayerByStepOptions<S> extends Named<S> {
  /** The first of the lanes (the default), or the last: what it is compared with. */
  lane?: 'first' | 'last';
  /** `shared` (the default) gives every map the steps of the longest run, `own` each its own until it broke. */
  steps?: 'shared' | 'own';
  /** What the axis of the layers measures; default the layer. */
  axis?: Partial<Axis>;
  /** log10 at the cold end, neutral and hot end. */
  scale?: HeatMapSpec['scale'];
}

/** A statistic of every layer at every frame of one lane, while it trains; layer 1 is the lowest row. */
export function layerByStep<S>(
  statistic: Statistic,
  options: LayerByStepOptions<S> = {},
): TrainingFigure<S> {
  const beside = options.lane === 'last';
  const words = ({ words }: Say) => trainingIn(words).layerByStep;
  return {
    ...framed(
      {
        id: beside ? 'map-beside' : 'map',
        title: (say) => words(say).title,
        caption: (say) =>
          beside
            ? words(say).beside
            : words(say).caption(trainingIn(say.words).statistic(statistic).name),
        time: 'course',
      },
      options,
    ),
    chart: (run) => mapOf(run, run.lanes.at(beside ? -1 : 0), statistic, options),
  };
}

function mapOf<S>(
  { steps, say }: Run<S>,
  lane: RanLane | undefined,
  statistic: Statistic,
  { steps: whose = 'shared', axis, scale }: LayerByStepOptions<S>,
): HeatMapSpec {
  const words = trainingIn(say.words);
  const frames = lane ? framesOf(lane.result, statistic) : [];
  const count = frames[0]?.length ?? (lane?.depth ?? 0) + 1;
  const rows = counting(count);
  const broke = whose === 'own' ? lane?.result.firstNonFinite?.step : undefined;
  return {
    kind: 'heat',
    x: { label: words.step, scale: 'linear', domain: [0, broke ?? steps], integer: true },
    y: { label: words.layer, scale: 'linear', integer: true, ...axis },
    rows,
    columns: lane?.result.frameSteps ?? [],
    values: rows.map((_, row) => frames.map((frame) => frame[row] ?? NaN)),
    ...(scale && { scale }),
    valueLabel: words.statistic(statistic).symbol,
  };
}
