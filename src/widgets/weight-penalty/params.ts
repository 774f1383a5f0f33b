import { number, type SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';
import { NETWORKS, type NetworkName } from './networks';

/** Where each step takes more than all of a weight away, and twice as much or more. */
const overshoots = ({ kind, strength, learningRate }: Record<string, unknown>): boolean =>
  kind !== 'l1' && Math.abs(1 - Number(learningRate) * Number(strength)) > 1;

export const params = {
  network: parameters.oneOf(
    'Network and task',
    Object.fromEntries(
      Object.entries(NETWORKS).map(([name, { label }]) => [name, label]),
    ) as Record<NetworkName, string>,
  ),
  kind: parameters.oneOf('Penalty', {
    l2: 'L2: half the sum of the squares',
    l1: 'L1: the sum of the sizes',
    decoupled: 'decoupled decay',
  }),
  compare: parameters.oneOf('Beside no penalty', {
    clip: 'the penalty, and clipping without it',
    cures: 'the penalty, clipping, and an orthogonal start',
    kinds: 'all three kinds',
  }),
  strength: number({
    label: 'Strength',
    symbol: 'λ_w',
    help: 'Of the recurrent weights alone; biases and the other weights have no penalty.',
    ...{ min: 0.001, max: 1000, default: 0.1 },
    scale: 'log',
    divisions: 120,
    caution: (settings) =>
      overshoots(settings)
        ? 'ηλ_w is above 2, so |1 − ηλ_w| is above 1: each step throws the weights past 0, farther than they were before. The run goes on, and shows what becomes of them.'
        : undefined,
  }),
  learningRate: parameters.learningRate({
    ...{ min: 0.0005, max: 1, divisions: 120, default: NETWORKS.linear.brings.learningRate },
  }),
  gain: recurrent.recurrentGain({
    help: 'At 1 an orthogonal matrix keeps every length.',
    default: NETWORKS.linear.brings.gain,
  }),
  optimizer: parameters.optimizer(['sgd', 'momentum', 'adam'], { advanced: true }),
  batchSize: parameters.batchSize({ default: 16 }),
  steps: parameters.steps({ default: 500 }),
  seed: parameters.seed({ default: 13 }),
};

export type PenaltySettings = SettingsOf<typeof params>;

/** Another network brings its own learning rate and start along. */
export function carry(before: PenaltySettings, after: PenaltySettings): PenaltySettings {
  if (before.network === after.network) return after;
  return { ...after, ...NETWORKS[after.network].brings };
}
