import {
  contrast,
  defineTraining,
  figures,
  outcome,
  preset,
  values,
  type RanLane,
} from '../../kit/training';
import type { Say } from '../../kit/say';
import { mean } from '../../kit/spread';
import { lanesOf } from './lanes';
import { params } from './params';

/** So many of the last batches are averaged over. */
const LAST = 100;

/** The accuracies of the last batches; fewer of a recording, which keeps some points of its curves alone. */
const lastAccuracies = ({ result }: RanLane): number[] => {
  const from = (result.steps.at(-1) ?? 0) - LAST;
  return result.accuracy.filter((_, i) => result.steps[i]! > from);
};

/** The mean accuracy on the last batches, each normalized by its own statistics where the norm has any. */
const ownAccuracy = (lane: RanLane): number => mean(lastAccuracies(lane));

/** The same in words, of a run of which all of them are known. */
const toldOwn = (lane: RanLane, say: Say): string =>
  lastAccuracies(lane).length < LAST
    ? ''
    : `on the last ${say.count(LAST)} batches, by their own statistics, ${say.percent(ownAccuracy(lane))} read rightly; `;

export default defineTraining({
  id: 'norm-batch-size',
  version: 1,
  title: 'Batch norm on small batches',
  summary:
    'The same network with batch norm and with layer norm, on the same batches of 2 to 64 images: what is left of batch norm when the batch is small?',
  chapter: 'normalization',
  params,
  presets: {
    problem: preset('Two images', 'Five layers of ReLU.'),
    four: preset('Four', '', { batchSize: 4 }),
    sixteen: preset('Sixteen', '', { batchSize: 16 }),
    cure: preset('64', '', { batchSize: 64 }),
  },
  lanes: lanesOf,
  recorded: { points: 60, frames: 5 },
  figures: [figures.loss(), figures.byLayer('signalGradientNorm', { layers: 'hidden' })],
  values: { ...values, ownAccuracy },
  contrast: contrast('problem: testAccuracy', 'cure: testAccuracy', { larger: 2 }),
  tell: (lane, say) =>
    outcome(lane, say, {
      tell: ({ ended, state }) =>
        ended
          ? `${toldOwn(lane, say)}in use training accuracy ${say.percent(values.trainAccuracy(lane))}, test accuracy ${say.percent(values.testAccuracy(lane))}`
          : state,
    }),
});
