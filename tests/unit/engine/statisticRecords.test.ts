/** Each statistic is one number of what its record says, and the README says the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../../src/engine/spec/defaults';
import { statistics } from '../../../src/engine/statistics/all';
import type { Per } from '../../../src/engine/statistics/statistic';
import type { MlpSpec, RecurrentSpec, TrainingSpec } from '../../../src/engine/types';
import { root } from '../../config/root';
import { framesOf, small } from './backend';

const bins = 40;
const depth = 3;
const width = 4;
const length = 5;

const mlp: TrainingSpec = {
  ...small,
  network: {
    kind: 'mlp',
    depth,
    width,
    activation: 'tanh',
    initializer: { kind: 'leCunNormal' },
  },
  clip: { kind: 'globalNorm', maxNorm: 1 },
  penalty: { l2: 0.01 },
  steps: 0,
};

const recurrent = (cell: RecurrentSpec['cell']): TrainingSpec => ({
  ...mlp,
  network: {
    kind: 'recurrent',
    cell,
    hiddenSize: width,
    initializer: { kind: 'leCunNormal' },
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
  },
  task: { kind: 'recall', length },
});

const oneUnit: TrainingSpec = {
  ...mlp,
  network: { kind: 'oneUnit', weight: 1, bias: 0 },
  task: { kind: 'cliff' },
  batchSize: 1,
};

/** How many there are of each; null where this network has none, or its own number of them. */
const counts: Record<string, [TrainingSpec, Record<Per, number | null>]> = {
  mlp: [
    mlp,
    {
      'hidden layer or time step': depth,
      'layer or time step': depth + 1,
      'time step': null,
      bias: depth + 1,
      'weight matrix': depth + 1,
      'recurrent matrix': null,
      bin: null,
      'singular value': null,
      'path length': null,
      parameter: null,
      'input unit': 64,
      'hidden unit': depth * width,
      unit: depth * width + 10,
      'output unit': 10,
      network: 1,
    },
  ],
  residual: [
    { ...mlp, network: { ...(mlp.network as MlpSpec), residual: 'single' } },
    {
      'hidden layer or time step': depth,
      'layer or time step': depth + 1,
      'time step': null,
      bias: depth + 1,
      'weight matrix': depth + 1,
      'recurrent matrix': null,
      bin: null,
      'singular value': null,
      'path length': depth,
      parameter: null,
      'input unit': 64,
      'hidden unit': depth * width,
      unit: depth * width + 10,
      'output unit': 10,
      network: 1,
    },
  ],
  rnn: [
    recurrent('rnn'),
    {
      'hidden layer or time step': length,
      'layer or time step': length,
      'time step': null,
      bias: 2,
      'weight matrix': 3,
      'recurrent matrix': 1,
      bin: length * bins,
      'singular value': null,
      'path length': null,
      parameter: null,
      'input unit': null,
      'hidden unit': null,
      unit: null,
      'output unit': null,
      network: 1,
    },
  ],
  oneUnit: [
    oneUnit,
    {
      'hidden layer or time step': 50,
      'layer or time step': 50,
      'time step': null,
      bias: 1,
      'weight matrix': 1,
      'recurrent matrix': null,
      bin: 50 * bins,
      'singular value': null,
      'path length': null,
      parameter: 2,
      'input unit': null,
      'hidden unit': null,
      unit: null,
      'output unit': null,
      network: 1,
    },
  ],
};

/** All statistics that a network has, at the start. */
async function reported({ network, ...rest }: TrainingSpec): Promise<Record<string, number[]>> {
  const [frame] = await framesOf(
    { network, ...rest },
    { statistics: namesFor({ network, ...rest }) },
  );
  return frame!.extra!;
}

const namesFor = (spec: TrainingSpec): string[] =>
  statistics
    .filter(({ needs }) => needs(withDefaults(spec).network) !== null)
    .map(({ name }) => name);

describe.each(Object.entries(counts))('in a network of kind %s', (_kind, [spec, expected]) => {
  test('each statistic has as many numbers as there are of what it is one of', async () => {
    const extra = await reported(spec);
    const found = statistics.flatMap(({ name, per }) => {
      const list = extra[name];
      return list && expected[per] !== null ? [[name, list.length]] : [];
    });
    const wanted = statistics.flatMap(({ name, per }) =>
      extra[name] && expected[per] !== null ? [[name, expected[per]]] : [],
    );
    expect(found.length).toBeGreaterThan(5);
    expect(found).toEqual(wanted);
  });
});

test('a histogram has 40 bins a layer, a spectrum the width of each', async () => {
  const extra = await reported(mlp);
  expect(extra['activationHistogram']).toHaveLength(depth * bins);
  expect(extra['preActivationHistogram']).toHaveLength((depth + 1) * bins);
  expect(extra['jacobianSingularValues']).toHaveLength(depth * width);
  expect(extra['hiddenJacobianSingularValues']).toHaveLength((depth - 1) * width);
});

test('what a gate of an LSTM has is one number a time step', async () => {
  const extra = await reported(recurrent('lstm'));
  for (const name of ['cellStd', 'cellGradientNorm', 'saturation.f', 'preActivationMean.o'])
    expect(extra[name], name).toHaveLength(length);
  expect(extra['spectralNorm']).toHaveLength(4);
});

test('the README lists every statistic beside what it is one number of', () => {
  const readme = readFileSync(`${root}src/engine/README.md`, 'utf8');
  const table = readme.slice(
    readme.indexOf('one number for each'),
    readme.indexOf('An LSTM and a GRU'),
  );
  const rows = [...table.matchAll(/^\| ((?:`\w+` ?)+)\s*\| (.*)$/gm)].flatMap(([, names, text]) =>
    [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => [name!, text!] as const),
  );
  const said = new Map(rows);
  expect([...said.keys()].sort()).toEqual(statistics.map(({ name }) => name).sort());
  for (const { name, per } of statistics)
    expect(said.get(name), name).toMatch(new RegExp(`^${per}\\b`));
});
