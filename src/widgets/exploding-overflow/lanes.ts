import type { TrainingSpec } from '../../engine/types';
import type { Say } from '../../kit/say';
import { digits } from '../../kit/training';
import type { Lane, LaneRole } from '../../kit/widget';
import { isDeep, type OverflowSettings } from './params';
import { CRITICAL_RATE, EXAMPLES } from './theory';
import { specIn } from '../../kit/words/networks';

/** Examples of a batch; one of the whole training part is the full batch. */
const BATCHES = { 32: 32, all: EXAMPLES };

/** The stable twin's learning rate of the linear model, as a multiple of the critical one. */
const STABLE_RATE = 0.9;
/**
 * That of a deep network whose weights are not too large: only the rate is left to lower. With the
 * full batch the loss falls at every step at this rate.
 */
const STABLE_LEARNING_RATE = { 32: 0.1, all: 0.02 };

/** The twin's settings; undefined where none is asked for or it would be the chosen network again. */
export function twinOf(settings: OverflowSettings): OverflowSettings | undefined {
  const change = changeOf(settings);
  return change && { ...settings, ...change };
}

function changeOf(settings: OverflowSettings): Partial<OverflowSettings> | undefined {
  const { model, loss, compare } = settings;
  switch (compare) {
    case 'stable':
      return stabilizing(settings);
    case 'loss':
      if (model === 'linear') return undefined;
      return { loss: loss === 'meanSquaredError' ? 'softmaxCrossEntropy' : 'meanSquaredError' };
    case 'tanh':
      return model === 'relu' ? { model: 'tanh' } : undefined;
    case 'nothing':
      return undefined;
  }
}

/** The one setting that a stable twin has lower; undefined where the chosen one is as low. */
function stabilizing(settings: OverflowSettings): Partial<OverflowSettings> | undefined {
  if (!isDeep(settings)) return settings.rate > STABLE_RATE ? { rate: STABLE_RATE } : undefined;
  if (settings.weightScale > 1) return { weightScale: 1 };
  const learningRate = STABLE_LEARNING_RATE[settings.batch];
  return settings.learningRate > learningRate ? { learningRate } : undefined;
}

/** The settings that the network of a lane would be the chosen one of. */
export const settingsOf = (settings: OverflowSettings, lane: string): OverflowSettings =>
  lane === 'problem' ? settings : twinOf(settings)!;

/** What is trained side by side: the chosen network, then its twin. */
export function lanesOf(settings: OverflowSettings, say: Say): Lane[] {
  const twin = twinOf(settings);
  const beside = settings.compare === 'stable' ? 'cure' : 'control';
  const networks = [
    { name: 'problem', role: roleOf(settings), settings },
    ...(twin ? [{ name: beside, role: beside, settings: twin } as const] : []),
  ];
  const labels = networks.map((network) => labelOf(network.settings, say));
  return networks.map(({ name, role, settings }, i) => {
    const spec = specOf(settings);
    // What tells the two apart has to be in their names.
    const rate = labels[0] === labels[1] ? `, η = ${say.number(spec.optimizer.learningRate)}` : '';
    return { name, label: `${labels[i]}${rate}`, role, spec };
  });
}

/** Below the critical rate the chosen linear model is no problem, only one more that converges. */
const roleOf = ({ model, rate }: OverflowSettings): LaneRole =>
  model === 'linear' && rate < 1 ? 'control' : 'problem';

function labelOf({ model, rate, weightScale, loss }: OverflowSettings, say: Say): string {
  if (model === 'linear') return `${say.number(rate)} × critical rate`;
  const drawn = `${say.number(weightScale)} × ${model === 'relu' ? 'He' : 'Glorot'}`;
  const { losses } = specIn(say.words);
  const minimized = loss === 'meanSquaredError' ? losses[loss].mean : losses[loss];
  return `${model === 'relu' ? 'ReLU' : 'Tanh'}, ${drawn}, ${minimized}`;
}

/** The run of one network; the linear model is full-batch gradient descent from W = 0. */
function specOf(settings: OverflowSettings): TrainingSpec {
  const { model, depth, weightScale, loss, learningRate, rate, batch, steps, seed } = settings;
  if (model === 'linear') {
    return {
      network: {
        kind: 'mlp',
        ...{ depth: 0, width: 1, activation: 'linear' },
        initializer: { kind: 'zeros' },
        outputInitializer: { kind: 'zeros' },
      },
      task: { kind: 'linearRegression' },
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: rate * CRITICAL_RATE },
      batchSize: EXAMPLES,
      steps,
      seed,
    };
  }
  const kind = model === 'relu' ? 'heNormal' : 'glorotNormal';
  return digits(
    {
      ...{ depth, width: 32, activation: model },
      initializer: { kind, gain: weightScale },
      loss,
      optimizer: { kind: 'sgd', learningRate },
    },
    { batchSize: BATCHES[batch], steps, seed },
  );
}
