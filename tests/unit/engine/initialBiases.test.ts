import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { MlpSpec, RecurrentSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const residual = (changes: Partial<MlpSpec>): TrainingSpec => ({
  ...small,
  steps: 0,
  network: {
    kind: 'mlp',
    depth: 7,
    width: 16,
    activation: 'relu',
    initializer: { kind: 'heNormal' },
    residual: 'preActivation',
    ...changes,
  },
});

const recurrent = (changes: Partial<RecurrentSpec>): TrainingSpec => ({
  network: {
    kind: 'recurrent',
    cell: 'lstm',
    hiddenSize: 8,
    initializer: { kind: 'zeros' },
    recurrentInitializer: { kind: 'zeros' },
    readout: 'last',
    ...changes,
  },
  task: { kind: 'recall', length: 5 },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 16,
  steps: 0,
  seed: 1,
});

describe('the last map of a residual branch', () => {
  test('drawn as zeros leaves each block the identity', async () => {
    const [frame] = await framesOf(residual({ branchInitializer: { kind: 'zeros' } }), {
      statistics: ['activationStd'],
    });
    const [first, , afterOne, , afterTwo, , afterThree] = frame!.extra!['activationStd']!;
    expect(first).toBeGreaterThan(0);
    expect([afterOne, afterTwo, afterThree]).toEqual([first, first, first]);
    const [grown] = await framesOf(residual({}), { statistics: ['activationStd'] });
    expect(grown!.extra!['activationStd']!.at(-1)).toBeGreaterThan(1.5 * first!);
  });

  test('is refused where there is no branch, and beside LSUV', () => {
    const zeros = { kind: 'zeros' } as const;
    expect(() => resolveSpec(residual({ residual: 'none', branchInitializer: zeros }))).toThrow(
      'network.branchInitializer is "zeros"; allowed: nothing without residual',
    );
    expect(() =>
      resolveSpec(residual({ initializer: { kind: 'lsuv' }, branchInitializer: zeros })),
    ).toThrow('lsuv scales all hidden layers');
  });
});

describe('the bias of each gate', () => {
  const gradientsOf = async (changes: Partial<RecurrentSpec>): Promise<number[]> => {
    const name = changes.cell === undefined ? 'cellGradientNorm' : 'hiddenGradientNorm';
    const [frame] = await framesOf(recurrent(changes), { statistics: [name] });
    const norms = frame!.extra![name]!;
    expect(norms.length).toBeGreaterThan(2);
    return norms;
  };

  test('with all weights 0, the forget gate alone scales the cell’s gradient: σ(b_f) a step', async () => {
    for (const forgetBias of [0, 3]) {
      const norms = await gradientsOf({ forgetBias, outputBias: 1 });
      const gate = 1 / (1 + Math.exp(-forgetBias));
      for (let t = 1; t < norms.length; t++) expect(norms[t - 1]! / norms[t]!).toBeCloseTo(gate, 5);
    }
  });

  test('a GRU’s update gate scales its state’s gradient: σ(b_z) a step', async () => {
    const norms = await gradientsOf({ cell: 'gruResetBefore', updateBias: 2 });
    for (let t = 1; t < norms.length; t++)
      expect(norms[t - 1]! / norms[t]!).toBeCloseTo(1 / (1 + Math.exp(-2)), 5);
  });

  test('an output gate that is shut keeps the gradient from the cell', async () => {
    const [open, shut] = [
      await gradientsOf({ outputBias: 0 }),
      await gradientsOf({ outputBias: -8 }),
    ];
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    expect(shut.at(-1)! / open.at(-1)!).toBeCloseTo(sigmoid(-8) / sigmoid(0), 5);
  });
});
