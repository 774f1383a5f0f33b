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

/** A network, task and optimizer that runs have in common, and how one of them is drawn. */
interface Family {
  /** How often a program is of this family. */
  weight: number;
  draw: (random: Random) => Program;
}

interface Program {
  task: TaskSpec;
  optimizer: (typeof optimizers)[number];
  batchSize: number;
  clipped: boolean;
  every: number;
  loss?: 'meanSquaredError';
  /** One run's network and the factor on its usual learning rate. */
  run: (random: Random) => { network: MlpSpec | RecurrentSpec; rateFactor: number };
}

const plain = (random: Random): Pick<Program, 'optimizer' | 'batchSize' | 'clipped' | 'every'> => ({
  optimizer: pick(random, optimizers),
  batchSize: 32,
  clipped: random() < 0.25,
  every: pick(random, [1, 1, 2]),
});

const layers = (
  random: Random,
  depth: number,
  activation: ActivationName,
  initializer: InitializerSpec,
): MlpSpec => ({
  kind: 'mlp',
  depth,
  width: pick(random, [12, 16, 24]),
  activation,
  initializer,
});

const families: Family[] = [
  {
    // Anything that the engine has, sound or not.
    weight: 0.5,
    draw: (random) => {
      const kind = random();
      const recurs = kind > 0.75;
      const task: TaskSpec = recurs
        ? pick(random, [
            { kind: 'recall', length: 12 },
            { kind: 'adding', length: 15 },
            { kind: 'recall', length: 20 },
          ] as const)
        : kind < 0.5
          ? { kind: 'digits' }
          : kind < 0.65
            ? { kind: 'twoSpirals', noise: 0.05 }
            : { kind: 'linearRegression' };
      const network = recurs ? recurrent(random) : mlp(random);
      return {
        ...plain(random),
        task,
        ...(task.kind === 'digits' && random() < 0.15 ? { loss: 'meanSquaredError' as const } : {}),
        run: (each) => ({ network: started(network, each), rateFactor: pick(each, rateFactors) }),
      };
    },
  },
  {
    // Deep and saturating, or begun too small: the gradient vanishes towards the input.
    weight: 0.18,
    draw: (random) => {
      const depth = pick(random, [7, 10, 15, 21, 30]);
      const activation = pick(random, ['sigmoid', 'sigmoid', 'tanh', 'softplus', 'relu'] as const);
      const shape = layers(random, depth, activation, { kind: 'glorotNormal' });
      return {
        ...plain(random),
        task: pick(random, [{ kind: 'digits' }, { kind: 'twoSpirals', noise: 0.05 }] as const),
        run: (each) => ({
          network: {
            ...shape,
            initializer: { kind: 'glorotNormal', gain: pick(each, [0.1, 0.3, 0.5, 0.7, 1]) },
          },
          rateFactor: pick(each, [1, 1, 0.3, 3, 10]),
        }),
      };
    },
  },
  {
    // Tanh begun too large: the gradient grows towards the input.
    weight: 0.1,
    draw: (random) => {
      const shape = layers(random, pick(random, [15, 21, 30]), 'tanh', {
        kind: 'glorotNormal',
      });
      return {
        ...plain(random),
        task: pick(random, [{ kind: 'digits' }, { kind: 'twoSpirals', noise: 0.05 }] as const),
        run: (each) => ({
          network: {
            ...shape,
            initializer: { kind: 'glorotNormal', gain: pick(each, [1, 2, 3, 5, 8]) },
          },
          rateFactor: pick(each, [0.001, 0.01, 0.1, 1]),
        }),
      };
    },
  },
  {
    // Linear models around their critical rate: above it the gradient grows at a steady factor.
    weight: 0.14,
    draw: (random) => {
      const shape = layers(random, 0, 'linear', { kind: 'glorotNormal' });
      const optimizer = pick(random, ['sgd', 'sgd', 'momentum'] as const);
      // The critical rate lies near 1 for plain descent on these data, near 0.4 with momentum.
      const around = (optimizer === 'sgd' ? 1.2 : 0.4) / usualRate[optimizer];
      return {
        ...plain(random),
        optimizer,
        clipped: false,
        every: 1,
        task: { kind: 'linearRegression' },
        run: (each) => ({ network: shape, rateFactor: around * 10 ** (-0.6 + 1.2 * each()) }),
      };
    },
  },
  {
    // All examples in every step, around the largest stable rate: the loss swings.
    weight: 0.1,
    draw: (random) => {
      const activation = pick(random, ['tanh', 'relu', 'sigmoid'] as const);
      const shape = layers(random, pick(random, [1, 2, 3]), activation, { kind: 'glorotNormal' });
      return {
        ...plain(random),
        optimizer: pick(random, ['sgd', 'momentum'] as const),
        batchSize: 400,
        clipped: random() < 0.2,
        every: 1,
        task: { kind: 'twoSpirals', noise: 0.05 },
        run: (each) => ({ network: shape, rateFactor: 10 ** (-0.5 + 2.5 * each()) }),
      };
    },
  },
];

function family(random: Random): Family {
  let rest = random() * families.reduce((sum, { weight }) => sum + weight, 0);
  return families.find(({ weight }) => (rest -= weight) < 0) ?? families[0]!;
}

/** The runs of a calibration, drawn from one seed: the same number gives the same runs. */
export function plans(count: number, seed: number): Plan[] {
  const all: Plan[] = [];
  for (let program = 0; all.length < count; program++) {
    const random = randomFrom(seed * 1_000_003 + program);
    const { task, optimizer, batchSize, clipped, every, loss, run } = family(random).draw(random);
    for (let place = 0; place < RUNS_A_PROGRAM && all.length < count; place++) {
      const { network, rateFactor } = run(random);
      const shown = ROWS * every;
      all.push({
        index: all.length,
        program,
        shown,
        every,
        rateFactor,
        layersLogged: random() < 0.8,
        thresholdStated: random() < 0.7,
        spec: {
          network,
          task,
          ...(loss ? { loss } : {}),
          optimizer: {
            kind: optimizer,
            learningRate: usualRate[optimizer] * rateFactor,
          } as OptimizerSpec,
          ...(clipped
            ? { clip: { kind: 'globalNorm' as const, maxNorm: 10 ** (-3 + 4 * random()) } }
            : {}),
          batchSize,
          steps: 4 * shown,
          seed: Math.floor(random() * 10_000),
        },
      });
    }
  }
  return all;
}
