import type { Axis, LineChartSpec, Series } from '../../charts/spec';
import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { counting, framesOf, seriesOf, type RanLane, type Run, type Statistic } from '../run';
import { framed, idOf, type Named } from './frame';

interface ByLayerOptions<S> extends Named<S> {
  /**
   * Before the first update, or at the step shown (the default), which rests at the start; `end` where it is
   * to rest at the end, as what breaks or has been trained does.
   */
  at?: 'start' | 'shown' | 'end';
  /** Up to the output layer (the default), or the hidden layers alone. */
  layers?: 'all' | 'hidden';
  /** Shows a run that broke by its last finite frame, and says at which step that was. */
  lastFinite?: boolean;
  /** What the axis measures; default the statistic's symbol. */
  axis?: Partial<Axis>;
  /** `both` (the default) marks each layer. */
  mark?: Series['mark'];
  /** Closed forms over it. */
  theory?: (run: Run<S>) => Series[];
}

/** A statistic of every layer, or of every time step of a recurrent network. */
export function byLayer<S>(
  statistic: Statistic,
  options: ByLayerOptions<S> = {},
): TrainingFigure<S> {
  const words = ({ words }: Say) => trainingIn(words).byLayer;
  const atStart = options.at === 'start';
  return {
    ...framed(
      {
        id: idOf(statistic),
        title: (say) => words(say).title(trainingIn(say.words).statistic(statistic).name, atStart),
        caption: (say) => words(say).caption(trainingIn(say.words).statistic(statistic), atStart),
        ...(!atStart && { time: options.at === 'end' ? 'end' : 'moment' }),
      },
      options,
    ),
    chart: (run) => layerChart(run, statistic, options),
  };
}

/** The chart of the figure `byLayer`. */
export function layerChart<S>(
  run: Run<S>,
  statistic: Statistic,
  { at = 'shown', layers = 'all', lastFinite, axis, mark = 'both', theory }: ByLayerOptions<S>,
): LineChartSpec {
  const { lanes, say } = run;
  const words = trainingIn(say.words);
  const recurrent = lanes.some((lane) => isOverTime(lane, statistic));
  const hidden = layers === 'hidden';
  const shown = (lane: RanLane): { y: number[]; step?: number } | undefined => {
    const frames = framesOf(lane.result, statistic);
    if (at === 'start') return { y: frames[0] ?? [] };
    if (!lastFinite) return { y: frames.at(-1) ?? [] };
    const index = frames.findLastIndex((frame) => frame.every(Number.isFinite));
    return index === -1
      ? undefined
      : { y: frames[index]!, step: lane.result.frameSteps[index] ?? NaN };
  };
  const most = Math.max(2, ...lanes.map(({ depth }) => (hidden ? depth : depth + 1)));
  return {
    kind: 'line',
    x: {
      label: recurrent ? words.timeStep : hidden ? words.layer : words.layerOrOutput,
      scale: 'linear',
      ...(recurrent ? {} : { domain: [1, most] as [number, number] }),
      integer: true,
    },
    y: { label: words.statistic(statistic).symbol, scale: 'log', ...axis },
    series: [
      ...seriesOf(lanes, (lane) => {
        const frame = shown(lane);
        if (frame === undefined) return undefined;
        const y = hidden ? frame.y.slice(0, lane.depth) : frame.y;
        const label =
          frame.step === undefined
            ? {}
            : { label: words.atStep(lane.label, say.count(frame.step)) };
        return { mark, x: counting(y.length), y, ...label };
      }),
      ...(theory?.(run) ?? []),
    ],
  };
}

/** Whether a statistic has an entry a time step: those of a recurrent network do, but for its weights. */
const isOverTime = ({ spec }: RanLane, statistic: Statistic): boolean =>
  spec.network.kind === 'recurrent' && !statistic.startsWith('weight');

/**
 * What a constant factor a layer predicts of a norm before the first update: from that of the last hidden
 * layer backwards. Nothing before a first frame, or where there is one hidden layer.
 */
export function geometricTheory(
  lane: RanLane | undefined,
  statistic: Statistic,
  factor: number,
  label: string,
): Series[] {
  if (lane === undefined || lane.depth < 2) return [];
  const last = framesOf(lane.result, statistic)[0]?.[lane.depth - 1];
  if (last === undefined) return [];
  const layers = counting(lane.depth);
  return [
    {
      id: 'theory',
      label,
      role: 'theory',
      x: layers,
      y: layers.map((layer) => last * factor ** (lane.depth - layer)),
    },
  ];
}
