import { describe, expect, test } from 'vitest';
import { withDefaults, type TrainingSpec } from '../../../src/engine/types';
import { differences, ownSettings } from '../../../src/kit/differences';
import { specInWords } from '../../../src/kit/inWords/spec';
import { en } from '../../../src/kit/words/en';
import { bases, isValid, leftOut, placesOfSpec } from './everySpec';

const { mlp, rnn, lstm, gruResetBefore, oneUnit } = bases as Record<string, TrainingSpec>;

const withNetwork = (spec: TrainingSpec, fields: object): TrainingSpec =>
  ({ ...spec, network: { ...spec.network, ...fields } }) as TrainingSpec;

describe('differences are said in words', () => {
  test.each<[string, TrainingSpec, TrainingSpec, string[]]>([
    [
      'clipping',
      lstm!,
      { ...lstm!, clip: { kind: 'globalNorm', maxNorm: 1 } },
      ['clipping: global norm at 1 instead of none'],
    ],
    [
      'the ε of clipping',
      { ...lstm!, clip: { kind: 'globalNorm', maxNorm: 1, epsilon: 0 } },
      { ...lstm!, clip: { kind: 'globalNorm', maxNorm: 1, epsilon: 1e-6 } },
      ['ε of the clipping 10⁻⁶ instead of 0'],
    ],
    [
      'a schedule',
      mlp!,
      { ...mlp!, schedule: { warmUp: 4, decay: { kind: 'cosine', to: 0.1 } } },
      [
        'warm-up: over 4 steps instead of none',
        'decay of the learning rate: cosine over the rest of the run, down to 0.1 times the rate instead of none',
      ],
    ],
    [
      'a decay',
      { ...mlp!, schedule: { decay: { kind: 'step', every: 5 } } },
      { ...mlp!, schedule: { warmUp: 1, decay: { kind: 'step', every: 5, factor: 0.5 } } },
      [
        'warm-up: over 1 step instead of none',
        'decay of the learning rate: times 0.5 after every 5 steps instead of times 0.1 after every 5 steps',
      ],
    ],
    [
      'a penalty',
      rnn!,
      { ...rnn!, penalty: { l2: 0.3, tensors: ['Wh'] } },
      ['penalty: L2 0.3 on W_h instead of none'],
    ],
    [
      'decoupled decay',
      rnn!,
      { ...rnn!, penalty: { weightDecay: 0.3, tensors: ['Wh'] } },
      ['penalty: decoupled decay 0.3 on W_h instead of none'],
    ],
    ['a penalty of nothing', rnn!, { ...rnn!, penalty: { l1: 0.3, l2: 0, tensors: [] } }, []],
    [
      'a task',
      rnn!,
      { ...rnn!, task: { kind: 'recall', length: 30 } },
      ['task: recall over 30 time steps instead of recall over 5 time steps'],
    ],
    [
      'a task without classes',
      rnn!,
      { ...rnn!, task: { kind: 'adding', length: 50 } },
      [
        'loss mean squared error instead of cross-entropy',
        'task: adding over 50 time steps instead of recall over 5 time steps',
      ],
    ],
    [
      'a cell',
      withNetwork(rnn!, { activation: 'relu', bias: 1 }),
      withNetwork(lstm!, { forgetBias: 1 }),
      [
        'cell LSTM instead of plain RNN',
        'activation none instead of ReLU',
        'initial bias none instead of 1',
        'initial bias of the forget gate 1 instead of none',
      ],
    ],
    [
      'a cell alone',
      lstm!,
      gruResetBefore!,
      ['cell GRU (reset before the product) instead of LSTM'],
    ],
    [
      'an optimizer',
      mlp!,
      { ...mlp!, optimizer: { kind: 'momentum', learningRate: 0.1, momentum: 0.5 } },
      ['optimizer SGD with momentum instead of SGD', 'momentum 0.5 instead of none'],
    ],
    [
      'an optimizer as it is by default',
      mlp!,
      { ...mlp!, optimizer: { kind: 'rmsprop', learningRate: 0.1, decay: 0.9 } },
      ['optimizer RMSProp instead of SGD'],
    ],
    [
      'batch normalization',
      mlp!,
      withNetwork(mlp!, { batchNorm: { epsilon: 0.001 } }),
      [
        'batch normalization on instead of off',
        'ε of the batch normalization 0.001 instead of none',
      ],
    ],
    [
      'the first layer, which is drawn like the others',
      mlp!,
      withNetwork(mlp!, { initializer: { kind: 'zeros' }, bias: 'recentred' }),
      ['initialization zeros instead of Glorot normal', 'initial bias re-centred instead of 0'],
    ],
    [
      'the first layer, which is drawn in its own way',
      mlp!,
      withNetwork(mlp!, {
        initializer: { kind: 'orthogonal', gain: 2 },
        firstInitializer: { kind: 'glorotNormal' },
      }),
      [
        'initialization orthogonal (gain 2) instead of Glorot normal',
        'initialization of the first layer Glorot normal instead of like the others',
      ],
    ],
    [
      'a gain alone',
      withNetwork(mlp!, { initializer: { kind: 'heNormal', gain: 1.5 } }),
      withNetwork(mlp!, { initializer: { kind: 'heNormal' } }),
      ['initialization He normal (gain 1) instead of He normal (gain 1.5)'],
    ],
    ['a large seed', mlp!, { ...mlp!, seed: 4294967295 }, ['seed 4,294,967,295 instead of 1']],
    [
      'numbers that round to the same',
      { ...mlp!, optimizer: { kind: 'sgd', learningRate: 0.123412 } },
      { ...mlp!, optimizer: { kind: 'sgd', learningRate: 0.123443 } },
      ['learning rate 0.12344 instead of 0.12341'],
    ],
    [
      'kinds of networks by kind and size',
      { ...mlp!, seed: 2 },
      { ...withNetwork(lstm!, { hiddenSize: 16 }), optimizer: mlp!.optimizer },
      [
        'network: LSTM, hidden size 16 instead of multilayer perceptron, depth 3, width 4',
        'task: recall over 5 time steps instead of digits',
        'seed 1 instead of 2',
      ],
    ],
  ])('%s', (_what, from, to, phrases) => {
    expect(differences(from, to, en)).toEqual(phrases);
  });

  test('numbers are those of the language', () => {
    const german = { ...en, locale: 'de' };
    const faster = { ...mlp!, optimizer: { kind: 'sgd', learningRate: 0.25 } } as TrainingSpec;
    expect(differences(mlp!, { ...faster, steps: 1000 }, german)).toEqual([
      'learning rate 0,25 instead of 0,1',
      'steps 1.000 instead of 10',
    ]);
  });
});

test('among many networks each has its own words, for what any two differ in', () => {
  const initializer = { kind: 'leCunNormal', gain: Math.SQRT2 };
  const other = { kind: 'leCunNormal' };
  const slow = { optimizer: { kind: 'adam', learningRate: 0.003, beta1: 0.9 } } as const;
  expect(
    ownSettings(
      [
        { ...withNetwork(mlp!, { activation: 'relu', initializer }), ...slow },
        withNetwork(mlp!, { initializer: other, firstInitializer: initializer }),
        withNetwork(mlp!, { initializer: other }),
      ],
      en,
    ),
  ).toEqual([
    [
      'activation ReLU',
      'initialization LeCun normal (gain 1.414)',
      'optimizer Adam',
      'learning rate 0.003',
    ],
    [
      'activation tanh',
      'initialization LeCun normal (gain 1)',
      'initialization of the first layer LeCun normal (gain 1.414)',
      'optimizer SGD',
      'learning rate 0.1',
    ],
    [
      'activation tanh',
      'initialization LeCun normal (gain 1)',
      'optimizer SGD',
      'learning rate 0.1',
    ],
  ]);
  expect(ownSettings([mlp!, mlp!], en)).toEqual([[], []]);
});

/** What no reader should meet: JSON, a name out of the code, or a value that is none. */
const unfit = /[{}[\]"`_]|\b[a-z]+[A-Z]|undefined|null|NaN|Infinity|true|false|object|^ | $| {2}/;

/** Two specifications that are the same run, whether or not a penalty of nothing was asked for. */
function key(spec: TrainingSpec): string {
  const resolved = withDefaults(spec);
  const { penalty } = resolved;
  const penalizes =
    penalty !== null && (penalty.l1 !== 0 || penalty.l2 !== 0 || penalty.weightDecay !== 0);
  return JSON.stringify({ ...resolved, penalty: penalizes ? penalty : null });
}

/** Fields that bring other fields along: another kind of optimizer has numbers of its own … */
const several = ['spec.optimizer', 'spec.schedule', 'spec.task'].concat(
  ['batchNorm', 'layerNorm', 'rmsNorm', 'preActivationNoise'].map(
    (norm) => `spec.network[mlp].${norm}`,
  ),
);

describe('every field that the engine checks', () => {
  const told = new Set<string>();
  const untold = new Set<string>();
  // A task belongs to one kind of network; kinds are compared below.
  const places = (base: TrainingSpec) =>
    placesOfSpec(base).filter(({ path }) => path !== 'spec.network');

  test.each(Object.entries(bases))('is told, each alone: %s', (_name, base) => {
    for (const { path, values } of places(base)) {
      const kept = [...new Map(values.map((spec) => [key(spec), spec])).values()];
      (kept.length > 1 ? told : untold).add(path);
      for (const [i, to] of kept.entries()) {
        const from = kept[i === 0 ? kept.length - 1 : i - 1]!;
        if (from === to) continue;
        const phrases = differences(from, to, en);
        if (several.includes(path)) expect(phrases, path).not.toEqual([]);
        else expect(phrases, path).toHaveLength(1);
        expect(differences(to, from, en), path).toHaveLength(phrases.length);
        for (const phrase of phrases) {
          expect(phrase, path).not.toMatch(unfit);
        }
      }
      for (const spec of kept) {
        const names = specInWords(spec, en, false).map(({ what }) => what);
        expect(names, 'names of fields').toEqual([...new Set(names)]);
      }
      const own = ownSettings(kept, en);
      expect(new Set(own.map(String)).size, path).toBe(kept.length);
      for (const setting of own.flat()) expect(setting, path).not.toMatch(unfit);
    }
  });

  test.each(Object.entries(bases))('that is left out is as it is by default: %s', (_name, base) => {
    const seen = new Set<string>();
    for (const spec of places(base).flatMap(({ values }) => values)) {
      for (const { path, value, given } of leftOut(spec, withDefaults(spec))) {
        const field = `${path} ${JSON.stringify(value)}`;
        if (seen.has(field)) continue;
        seen.add(field);
        expect(value, `default of ${path}`).toBeDefined();
        if (isValid(given)) expect(differences(spec, given, en), path).toEqual([]);
      }
    }
  });

  test('was varied in one of these specifications', () => {
    expect([...untold].filter((path) => !told.has(path))).toEqual([]);
    expect(told.size).toBeGreaterThan(100);
  });

  test('is told of networks of different kinds by kind and size', () => {
    for (const [from, to] of [
      [mlp!, rnn!],
      [rnn!, oneUnit!],
      [oneUnit!, mlp!],
    ] as const) {
      const [network, ...rest] = differences(from, to, en);
      expect(network).toMatch(/^network: .* instead of /);
      expect(rest.join()).not.toContain('none');
      for (const phrase of [network!, ...rest]) expect(phrase).not.toMatch(unfit);
    }
  });
});
