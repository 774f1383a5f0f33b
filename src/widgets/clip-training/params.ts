import { number, type NumberParameter, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';
import { NETWORKS, type NetworkName } from './networks';

/** A threshold, which must be above 0: at 0 nothing would be left of a gradient. */
const threshold = (own: Pick<NumberParameter, 'label' | 'default'> & Partial<NumberParameter>) =>
  number({ min: 0.001, max: 100, scale: 'log', divisions: 100, ...own });

export const params = {
  network: parameters.oneOf(
    'Network',
    Object.fromEntries(
      Object.entries(NETWORKS).map(([name, { label }]) => [name, label]),
    ) as Record<NetworkName, string>,
  ),
  compare: parameters.oneOf('Beside no clipping', {
    norm: 'clipping by global norm',
    ways: 'three ways to clip',
    thresholds: 'three thresholds of the global norm',
  }),
  threshold: threshold({
    label: 'Threshold of norms',
    symbol: 'C',
    help: 'The longest gradient that is let through. It is above 0.',
    default: 1,
  }),
  valueThreshold: threshold({
    label: 'Threshold of values',
    help: 'The largest entry that is let through. It is above 0.',
    default: 0.05,
    when: { parameter: 'compare', is: ['ways'] },
  }),
  learningRate: parameters.learningRate({ default: NETWORKS.linear.learningRate, advanced: true }),
  batchSize: parameters.batchSize({ default: 16 }),
  steps: parameters.steps({ default: 250 }),
  seed: parameters.seed(),
};

export type ClipTrainingSettings = SettingsOf<typeof params>;

/** Another network brings its own learning rate along. */
export function carry(
  before: ClipTrainingSettings,
  after: ClipTrainingSettings,
): ClipTrainingSettings {
  if (before.network === after.network) return after;
  return { ...after, learningRate: NETWORKS[after.network].learningRate };
}
