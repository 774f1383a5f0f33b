import { describe, expect, test } from 'vitest';
import { fixedPoint } from '../../../src/engine/closedForms';
import { createLocalEngineService } from '../../../src/engine/node';
import type { BackendName, LaneFrame, MlpSpec, TrainingSpec } from '../../../src/engine/types';

const EXAMPLES = 1437;

const specOf = (network: Partial<MlpSpec>, batchSize: number): TrainingSpec => ({
  network: {
    kind: 'mlp',
    depth: 3,
    width: 32,
    activation: 'relu',
    initializer: { kind: 'heNormal' },
    ...network,
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize,
  steps: 0,
  seed: 1,
});

/** The only frame of a network as drawn. */
async function drawn(spec: TrainingSpec, backend: BackendName = 'captured'): Promise<LaneFrame> {
  const service = createLocalEngineService(backend);
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: Infinity }) });
  const statistics = ['deadUnits', 'activationCosine', 'preActivationCosine', 'activationSpread'];
  try {
    for await (const { lanes } of session.train({ run: spec }, { statistics }))
      return lanes['run']!;
    throw new Error('The run gave no frame.');
  } finally {
    session.close();
    service.close();
  }
}

describe('dead units', () => {
  test.each(['captured', 'wasm'] as const)(
    'the last frame counts them over the whole training part on %s',
    async (backend) => {
      const small = await drawn(specOf({ bias: -2 }, 32), backend);
      const whole = await drawn(specOf({ bias: -2 }, EXAMPLES), backend);
      expect(small.final?.deadUnits).toEqual(whole.extra?.['deadUnits']);
      const [onBatch, overall] = [small.extra!['deadUnits']![0]!, small.final!.deadUnits![0]!];
      expect(overall).toBeGreaterThan(0);
      expect(onBatch).toBeGreaterThan(overall);
    },
  );

  test('a large negative bias leaves no ReLU alive, and every tanh', async () => {
    const relu = await drawn(specOf({ bias: -100 }, 32));
    expect(relu.final?.deadUnits).toEqual([1, 1, 1]);
    const tanh = await drawn(specOf({ bias: -2, activation: 'tanh' }, 32));
    expect(tanh.final?.deadUnits).toEqual([0, 0, 0]);
  });
});

describe('the mean cosine of a batch', () => {
  const cosine = async (network: Partial<MlpSpec>) =>
    (await drawn(specOf(network, 32))).extra!['activationCosine']!;

  test('orthogonal linear layers keep it', async () => {
    const square: Partial<MlpSpec> = {
      activation: 'linear',
      width: 64,
      depth: 5,
      initializer: { kind: 'orthogonal' },
    };
    const layers = await cosine(square);
    expect(layers).toHaveLength(5);
    for (const value of layers) expect(value).toBeCloseTo(layers[0]!, 5);
    expect(layers[0]).toBeGreaterThan(-0.1);
    expect(layers[0]).toBeLessThan(0.9);
  });

  test('a large common bias makes every row alike, zeros alike to none', async () => {
    expect((await cosine({ bias: 1000 }))[0]).toBeCloseTo(1, 4);
    expect((await cosine({ bias: -1000 }))[0]).toBe(0);
  });

  test('linear layers have the same one before and after their activation', async () => {
    const { extra } = await drawn(specOf({ activation: 'linear' }, 32));
    expect(extra!['preActivationCosine']!.slice(0, 3)).toEqual(extra!['activationCosine']);
  });

  test('deep ReLU layers turn all inputs into one direction', async () => {
    const layers = await cosine({ depth: 20 });
    expect(layers.at(-1)).toBeGreaterThan(0.9);
    expect(layers.at(-1)).toBeGreaterThan(layers[0]!);
  });
});

describe('the spread over a batch', () => {
  const spread = async (network: Partial<MlpSpec>) =>
    (await drawn(specOf(network, 32))).extra!['activationSpread']!;

  test('is 0 where all rows are alike, and takes no notice of what they share', async () => {
    expect(await spread({ initializer: { kind: 'zeros' }, bias: 1 })).toEqual([0, 0, 0]);
    const linear = { activation: 'linear', initializer: { kind: 'orthogonal' } } as const;
    const [plain, shifted] = [await spread(linear), await spread({ ...linear, bias: 3 })];
    plain.forEach((size, layer) => expect(shifted[layer]).toBeCloseTo(size, 4));
    expect(plain[0]).toBeGreaterThan(0.1);
  });

  test('falls in a sigmoid network by the factor of theory a layer, down to the last bit of float32', async () => {
    const layers = await spread({
      ...{ activation: 'sigmoid', depth: 20 },
      initializer: { kind: 'glorotNormal' },
    });
    const factor = (layers[7]! / layers[2]!) ** (1 / 5);
    expect(factor).toBeCloseTo(Math.sqrt(fixedPoint('sigmoid', 1, 0).chi), 1);
    // Numbers near one half lie 6e-8 apart.
    expect(layers.at(-1)).toBeLessThan(6e-8);
  });
});
describe('the accuracy by the batch’s own statistics', () => {
  const trained = async (
    changes: Partial<TrainingSpec>,
    network: Partial<MlpSpec> = { batchNorm: true },
    backend: BackendName = 'captured',
  ) => {
    const service = createLocalEngineService(backend);
    const session = service.session({ pace: () => ({ steps: 100, milliseconds: Infinity }) });
    let last: LaneFrame | null = null;
    try {
      const spec = { ...specOf({ width: 8, depth: 1, ...network }, 32), ...changes };
      const frames = session.train({ run: spec }, { statistics: ['ownAccuracy'] });
      for await (const { lanes } of frames) last = lanes['run']!;
      return last!;
    } finally {
      session.close();
      service.close();
    }
  };

  test('of one batch that is the whole part is that of the last batch', async () => {
    const { final, accuracies } = await trained({ batchSize: EXAMPLES, steps: 30 });
    expect(final!.ownTrainAccuracy).toBe(accuracies.at(-1));
    // The held-out part is smaller than such a batch, so there is none of it to judge by.
    expect(final!.ownTestAccuracy).toBeNaN();
  });

  test('leaves the run as it was: the accuracies in use are those of a run that is not asked', async () => {
    const [asked, plain] = await Promise.all([
      trained({ steps: 20 }),
      drawnAfter({ ...specOf({ width: 8, depth: 1, batchNorm: true }, 32), steps: 20 }),
    ]);
    const { trainAccuracy, testAccuracy, trainLoss } = asked.final!;
    expect({ trainAccuracy, testAccuracy, trainLoss }).toEqual(plain.final);
  });

  test.each(['wasm', 'cpu'] as const)('is the same on %s', async (backend) => {
    const [here, there] = await Promise.all([
      trained({ steps: 20, batchSize: 8 }),
      trained({ steps: 20, batchSize: 8 }, { batchNorm: true }, backend),
    ]);
    // Rounding may read single images of 1432 and 360 otherwise.
    expect(there.final!.ownTrainAccuracy).toBeCloseTo(here.final!.ownTrainAccuracy!, 2);
    expect(there.final!.ownTestAccuracy).toBeCloseTo(here.final!.ownTestAccuracy!, 2);
  });

  test('is that in use where the running statistics are those of every batch', async () => {
    // With a learning rate of 0, after 200 batches, what is left of the initial statistics is 0.9^200.
    const optimizer = { kind: 'sgd', learningRate: 0 } as const;
    const { final } = await trained({ optimizer, steps: 200, batchSize: 718 });
    expect(final!.ownTrainAccuracy).toBeCloseTo(final!.trainAccuracy!, 1.5);
  });

  test('is none of a network without batch norm, and refused of one that is no mlp', async () => {
    const { final } = await trained({ steps: 1 }, { layerNorm: true });
    expect(final).not.toHaveProperty('ownTrainAccuracy');
    const recurrent: Partial<TrainingSpec> = {
      network: {
        kind: 'recurrent',
        cell: 'rnn',
        hiddenSize: 4,
        initializer: { kind: 'leCunNormal' },
        recurrentInitializer: { kind: 'orthogonal' },
        readout: 'last',
      },
      task: { kind: 'recall', length: 3 },
    };
    await expect(trained(recurrent)).rejects.toThrow('it is for an mlp;');
  });
});

/** The last frame of a run that is asked for nothing. */
async function drawnAfter(spec: TrainingSpec): Promise<LaneFrame> {
  const service = createLocalEngineService('captured');
  const session = service.session({ pace: () => ({ steps: 100, milliseconds: Infinity }) });
  try {
    let last: LaneFrame | null = null;
    for await (const { lanes } of session.train({ run: spec })) last = lanes['run']!;
    return last!;
  } finally {
    session.close();
    service.close();
  }
}

test('the mean and the spread of each unit over the batch are those of its layer, taken apart', async () => {
  const service = createLocalEngineService('captured');
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: Infinity }) });
  const statistics = ['unitMean', 'unitStd', 'preActivationMean', 'preActivationStd'];
  try {
    for await (const { lanes } of session.train({ run: specOf({}, 32) }, { statistics })) {
      const { unitMean, unitStd, preActivationMean, preActivationStd } = lanes['run']!.extra!;
      expect([unitMean!.length, unitStd!.length]).toEqual([3 * 32, 3 * 32]);
      for (let layer = 0; layer < 3; layer++) {
        const of = (list: number[]) => list.slice(32 * layer, 32 * (layer + 1));
        const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
        const [means, stds] = [of(unitMean!), of(unitStd!)];
        expect(mean(means)).toBeCloseTo(preActivationMean![layer]!, 5);
        // The variance of all is the mean of the units' variances and the variance of their means.
        const variance =
          mean(stds.map((s) => s * s)) + mean(means.map((m) => (m - mean(means)) ** 2));
        expect(Math.sqrt(variance)).toBeCloseTo(preActivationStd![layer]!, 5);
      }
    }
  } finally {
    session.close();
    service.close();
  }
});
