import { randomFrom } from './random';
import type {
  ActivationName,
  InitializerSpec,
  MlpSpec,
  OptimizerSpec,
  RecurrentSpec,
  TaskSpec,
  TrainingSpec,
} from '../../engine/types';
import { activationNames } from '../../engine/types';

/** A run that is to be labelled: how it is trained, and how its log is written. */
export interface Plan {
  index: number;
  /** Runs of one program share what is captured. */
  program: number;
  spec: TrainingSpec;
  /** Steps that the log shows; the run itself is four times as long. */
  shown: number;
  /** Steps between two rows of the log. */
  every: number;
  /** By what its learning rate differs from one that is usual for its optimizer. */
  rateFactor: number;
  /** Which of the log's numbers are left out, as many trainers do. */
  layersLogged: boolean;
  thresholdStated: boolean;
}

/** Runs that share one network, task and optimizer. */
const RUNS_A_PROGRAM = 10;
const ROWS = 60;

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)]!;

const optimizers = ['sgd', 'sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const;
/** A learning rate that trains a sound network of the book's size. */
const usualRate: Record<(typeof optimizers)[number], number> = {
  sgd: 0.1,
  momentum: 0.02,
  nesterov: 0.02,
  rmsprop: 0.002,
  adam: 0.003,
  adamw: 0.003,
};
const rateFactors = [1, 1, 1, 0.3, 0.03, 3, 10, 30, 100];

function mlp(random: Random): MlpSpec {
  const depth = pick(random, [1, 2, 3, 5, 7, 10, 15, 21, 30]);
  const odd = depth % 2 === 1 && depth > 2;
  const residual = odd
    ? pick(random, ['none', 'none', 'single', 'postActivation', 'preActivation'] as const)
    : pick(random, ['none', 'none', 'none', 'single'] as const);
  return {
    kind: 'mlp',
    depth,
    width: pick(random, [12, 16, 24]),
    activation: pick(random, activationNames),
    initializer: { kind: 'glorotNormal' },
    residual,
    ...(random() < 0.15 ? { batchNorm: true } : {}),
  };
}

function recurrent(random: Random): RecurrentSpec {
  return {
    kind: 'recurrent',
    cell: pick(random, ['rnn', 'rnn', 'lstm', 'gruResetBefore', 'gruResetAfter'] as const),
    hiddenSize: 12,
    initializer: { kind: 'glorotUniform' },
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
  };
}

/** How a run begins: sound in half of the cases, else too small, too large, or with dead units. */
function started(network: MlpSpec | RecurrentSpec, random: Random): MlpSpec | RecurrentSpec {
  const gain = pick(random, [1, 1, 1, 1, 0.1, 0.3, 0.6, 1.5, 2, 4]);
  if (network.kind === 'recurrent')
    return { ...network, recurrentInitializer: { kind: 'orthogonal', gain } };
  const kinds: InitializerSpec[] = [
    { kind: soundFor(network.activation), gain },
    { kind: 'orthogonal', gain },
    { kind: 'normal', std: pick(random, [0.01, 0.05, 0.4]) },
  ];
  const initializer = pick(random, [kinds[0]!, kinds[0]!, kinds[1]!, kinds[2]!]);
  const bias =
    network.activation === 'relu' && random() < 0.3 ? { bias: pick(random, [-1, -2, -4]) } : {};
  return { ...network, initializer, ...(network.batchNorm ? {} : bias) };
}

const soundFor = (activation: ActivationName): 'heNormal' | 'glorotNormal' =>
  /relu|elu|gelu|silu/i.test(activation) ? 'heNormal' : 'glorotNormal';

/** The runs of a calibration, drawn from one seed: the same number gives the same runs. */
export function plans(count: number, seed: number): Plan[] {
  const all: Plan[] = [];
  for (let program = 0; all.length < count; program++) {
    const random = randomFrom(seed * 1_000_003 + program);
    const kind = random();
    const task: TaskSpec =
      kind < 0.55
        ? { kind: 'digits' }
        : kind < 0.7
          ? { kind: 'twoSpirals', noise: 0.05 }
          : kind < 0.8
            ? { kind: 'linearRegression' }
            : pick(random, [
                { kind: 'recall', length: 12 },
                { kind: 'adding', length: 15 },
                { kind: 'recall', length: 20 },
              ] as const);
    const network = kind < 0.8 ? mlp(random) : recurrent(random);
    const optimizer = pick(random, optimizers);
    const clipped = random() < 0.25;
    const every = pick(random, [1, 1, 2]);
    for (let run = 0; run < RUNS_A_PROGRAM && all.length < count; run++) {
      const rateFactor = pick(random, rateFactors);
      const shown = ROWS * every;
      all.push({
        index: all.length,
        program,
        shown,
        every,
        rateFactor,
        layersLogged: random() < 0.7,
        thresholdStated: random() < 0.7,
        spec: {
          network: started(network, random),
          task,
          ...(task.kind === 'digits' && random() < 0.1
            ? { loss: 'meanSquaredError' as const }
            : {}),
          optimizer: {
            kind: optimizer,
            learningRate: usualRate[optimizer] * rateFactor,
          } as OptimizerSpec,
          ...(clipped
            ? { clip: { kind: 'globalNorm' as const, maxNorm: 10 ** (-3 + 4 * random()) } }
            : {}),
          batchSize: 32,
          steps: 4 * shown,
          seed: Math.floor(random() * 10_000),
        },
      });
    }
  }
  return all;
}
