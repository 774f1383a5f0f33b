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
