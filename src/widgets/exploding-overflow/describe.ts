import type { Say } from '../../kit/say';
import { outcome, values, type RanLane, type Run } from '../../kit/training';
import { isDeep, type OverflowSettings } from './params';
import { growthPerStep, overflowStep, signalFirstToLast } from './theory';
import { nonFiniteLossStep, risingShare } from './values';

/** What became of each network, and what theory says of the chosen one. */
export function describe({ lanes, settings, say }: Run<OverflowSettings>): string {
  const fullBatch = isDeep(settings) && settings.batch === 'all';
  const told = lanes.flatMap((lane) => [
    outcome(lane, say, { always: true, tell: () => fate(lane, say) }),
    ...(fullBatch && lane.result.final ? [descent(lane, say)] : []),
  ]);
  const theory = isDeep(settings)
    ? deepTheory(lanes[0]!, settings, say)
    : linearTheory(settings, say);
  return [...told, ...theory].join(' ');
}

function fate(lane: RanLane, say: Say): string {
  const { loss, steps, final } = lane.result;
  const broke = nonFiniteLossStep(lane);
  if (Number.isFinite(broke))
    return `the loss grew until, at step ${say.count(broke)}, it was not finite any more`;
  if (!final) return `loss ${say.number(loss.at(-1)!)} at step ${say.count(steps.at(-1)!)}`;
  const accuracy =
    final.trainAccuracy === null ? '' : `, accuracy ${say.percent(final.trainAccuracy)}`;
  return `every number stayed finite, loss ${say.number(final.trainLoss)} at the end${accuracy}`;
}

/** How often the loss rose although no batch differed from the one before. */
function descent(lane: RanLane, say: Say): string {
  const share = risingShare(lane);
  const how = share === 0 ? 'fell at every step' : `rose in ${say.percent(share)} of the steps`;
  return `The loss over all 1437 digits ${how}.`;
}

function deepTheory(lane: RanLane, settings: OverflowSettings, say: Say): string[] {
  if (lane.depth < 2) return [];
  return [
    `Before the first update the signal gradient of layer 1 is ${say.number(values.signalFirstToLast(lane))} times ` +
      `that of layer ${lane.depth} (theory: ${say.number(signalFirstToLast(settings))}), ` +
      `the weight gradient ${say.number(values.weightFirstToLast(lane))} times.`,
  ];
}

function linearTheory({ rate }: OverflowSettings, say: Say): string[] {
  const growth = growthPerStep(rate);
  const factor = `Along the steepest direction theory multiplies the error by ${say.number(-growth)} at each step`;
  return growth < 1
    ? [`${factor}: it swings from side to side and shrinks.`]
    : [
        `${factor}, and predicts the overflow near step ${say.count(Math.round(overflowStep(growth)))}.`,
      ];
}
