import {
  contrast,
  defineTraining,
  figures,
  outcome,
  preset,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params } from './params';

/** The accuracies of a network with batch norm if each batch is normalized by its own statistics; others have none. */
const own = (name: 'ownTrainAccuracy' | 'ownTestAccuracy') => (lane: RanLane) =>
  lane.spec.network.kind === 'mlp' && lane.spec.network.batchNorm
    ? (lane.result.final?.[name] ?? NaN)
    : undefined;
const ownTrainAccuracy = own('ownTrainAccuracy');
const ownTestAccuracy = own('ownTestAccuracy');

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
    hurried: preset('64, ten steps', 'Learning rate 0.3. The running statistics lag behind.', {
      batchSize: 64,
      steps: 10,
      learningRate: 0.3,
    }),
  },
  lanes: lanesOf,
  recorded: { points: 60, frames: 5 },
  figures: [figures.loss(), figures.byLayer('signalGradientNorm', { layers: 'hidden' })],
  statistics: ['ownAccuracy'],
  values: { ...values, ownTrainAccuracy, ownTestAccuracy },
  contrast: contrast('problem: testAccuracy', 'cure: testAccuracy', { larger: 2 }),
  tell: (lane, say) =>
    outcome(lane, say, {
      tell: ({ ended, state }) => {
        if (!ended) return state;
        const [train, test] = [ownTrainAccuracy(lane), ownTestAccuracy(lane)];
        const inUse = `training accuracy ${say.percent(values.trainAccuracy(lane))}, test accuracy ${say.percent(values.testAccuracy(lane))}`;
        return train === undefined || test === undefined
          ? inUse
          : `by running statistics, ${inUse}; by each batch’s own, ${say.percent(train)} and ${say.percent(test)}`;
      },
    }),
});
