import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { RecurrentSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const recurrent = (network: Partial<RecurrentSpec>, length = 3): TrainingSpec => ({
  ...small,
  network: {
    kind: 'recurrent',
    cell: 'lstm',
    hiddenSize: 5,
    initializer: { kind: 'zeros' },
    recurrentInitializer: { kind: 'zeros' },
    readout: 'last',
    ...network,
  },
  task: { kind: 'recall', length },
  steps: 0,
});

async function statisticsOf(
  spec: TrainingSpec,
  statistics: string[],
): Promise<Record<string, number[]>> {
  const [frame] = await framesOf(spec, { statistics });
  return frame!.extra!;
}

describe('the gates of a cell', () => {
  test('have pre-activations of their own, which without weights are their biases', async () => {
    const lstm = { forgetBias: 4, inputBias: 2, outputBias: -1, candidateBias: 2 };
    expect(await statisticsOf(recurrent(lstm), ['preActivationMean', 'preActivationStd'])).toEqual({
      'preActivationMean.f': [4, 4, 4],
      'preActivationMean.i': [2, 2, 2],
      'preActivationMean.g': [2, 2, 2],
      'preActivationMean.o': [-1, -1, -1],
      'preActivationStd.f': [0, 0, 0],
      'preActivationStd.i': [0, 0, 0],
      'preActivationStd.g': [0, 0, 0],
      'preActivationStd.o': [0, 0, 0],
    });
    const gru = { cell: 'gruResetAfter', updateBias: 1, resetBias: 40, candidateBias: 2 } as const;
    const extra = await statisticsOf(recurrent({ ...gru, recurrentCandidateBias: 3 }), [
      'preActivationMean',
    ]);
    // r = σ(40) is 1 in float32, so n sees the whole b_n + b_hn.
    expect(extra).toEqual({
      'preActivationMean.r': [40, 40, 40],
      'preActivationMean.z': [1, 1, 1],
      'preActivationMean.n': [5, 5, 5],
    });
  });

  test('saturate by their own function: tanh at 2 does, σ at 2 does not', async () => {
    const lstm = recurrent({ forgetBias: 5, inputBias: 2, candidateBias: 2 });
    expect(await statisticsOf(lstm, ['saturation', 'deadUnits'])).toEqual({
      'saturation.f': [1, 1, 1],
      'saturation.i': [0, 0, 0],
      'saturation.g': [1, 1, 1],
      'saturation.o': [0, 0, 0],
      'deadUnits.f': [0, 0, 0],
      'deadUnits.i': [0, 0, 0],
      'deadUnits.g': [0, 0, 0],
      'deadUnits.o': [0, 0, 0],
    });
    const gru = recurrent({ cell: 'gruResetBefore', updateBias: 2, candidateBias: 2 });
    expect(await statisticsOf(gru, ['saturation'])).toEqual({
      'saturation.r': [0, 0, 0],
      'saturation.z': [0, 0, 0],
      'saturation.n': [1, 1, 1],
    });
  });

  test.each(['lstm', 'gruResetBefore', 'gruResetAfter'] as const)(
    'of %s: the signal gradient of one row and one time step is the gradient of the bias',
    async (cell) => {
      const spec = recurrent({ cell, initializer: { kind: 'glorotUniform' } }, 1);
      const extra = await statisticsOf({ ...spec, batchSize: 1 }, [
        'preActivationGradientNorm',
        'biasGradientNorm',
        'preActivationHistogram',
        'preActivationCosine',
      ]);
      const gates = cell === 'lstm' ? 'ifgo' : 'rzn';
      const bias = extra['biasGradientNorm']!;
      [...gates].forEach((gate, i) => {
        expect(extra[`preActivationGradientNorm.${gate}`]![0]).toBeCloseTo(bias[i]!, 10);
        expect(extra[`preActivationHistogram.${gate}`]!.reduce((a, b) => a + b)).toBe(5);
        expect(extra[`preActivationHistogramRange.${gate}`]).toHaveLength(2);
      });
      expect(Math.max(...bias.slice(0, gates.length))).toBeGreaterThan(0);
    },
  );

  test.each(['wasm', 'captured'] as const)(
    'are named in the post-mortem on %s',
    async (backend) => {
      const spec = recurrent({ initializer: { kind: 'normal', std: 8e37 } });
      const [frame] = await framesOf(
        { ...spec, task: { kind: 'delayedDigits', delay: 0 } },
        { backend, statistics: ['preActivationMean'] },
      );
      expect(frame!.firstNonFinite).toMatchObject({
        ...{ step: 0, phase: 'forward', layer: null, timeStep: 1 },
      });
      expect(frame!.firstNonFinite!.tensor).toMatch(/^z[ifgo]1$/);
    },
  );

  test('a plain RNN has none, and its z keeps its name', async () => {
    const extra = await statisticsOf(recurrent({ cell: 'rnn', bias: 3 }), [
      'preActivationMean',
      'saturation',
    ]);
    expect(extra).toEqual({ preActivationMean: [3, 3, 3], saturation: [1, 1, 1] });
  });
});

describe('biases of a recurrent network', () => {
  test('of the output layer, and its weights, start as they are told', async () => {
    const spec = recurrent({
      readoutBias: 3,
      outputInitializer: { kind: 'zeros' },
    });
    const [frame] = await framesOf(spec, { statistics: ['weightNorm'] });
    expect(frame!.losses[0]).toBeCloseTo(Math.log(4), 5);
    expect(frame!.extra!['weightNorm']!.at(-1)).toBe(0);
    // Three targets are 0 and one is 1.
    const [squared] = await framesOf({ ...spec, loss: 'meanSquaredError' });
    expect(squared!.losses[0]).toBeCloseTo((3 * 3 ** 2 + 2 ** 2) / 4, 5);
  });

  test.each([
    [
      { updateBias: 1 },
      'network.updateBias is 1; allowed: nothing with the cell "lstm", whose biases are inputBias, forgetBias, candidateBias, outputBias and readoutBias.',
    ],
    [
      { cell: 'rnn', forgetBias: 1 },
      'network.forgetBias is 1; allowed: nothing with the cell "rnn"',
    ],
    [
      { cell: 'gruResetBefore', recurrentCandidateBias: 0 },
      'recurrentCandidateBias is 0; allowed: n',
    ],
    [{ cell: 'gruResetAfter', bias: 0 }, 'network.bias is 0; allowed: nothing with the cell "gruR'],
    [{ outputInitializer: { kind: 'lsuv' } }, 'network.outputInitializer.kind is "lsuv"; allowed:'],
  ] as [Partial<RecurrentSpec>, string][])('foreign to the cell: %j', (network, message) => {
    expect(() => resolveSpec(recurrent(network))).toThrow(message);
  });
});
