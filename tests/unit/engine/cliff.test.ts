import { describe, expect, test } from 'vitest';
import { cliffDescent, cliffWall } from '../../../src/engine/closedForms';
import { createOracle } from '../../../src/engine/oracle/executor';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { defineStep } from '../../../src/engine/step/step';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { loadTask } from '../../../src/engine/tasks';
import type { TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

/** The start from which the descent meets the wall at step 40. */
const cliff = (clip?: TrainingSpec['clip']): TrainingSpec => ({
  network: { kind: 'oneUnit', weight: 5.2, bias: -2.3 },
  task: { kind: 'cliff' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  ...(clip ? { clip } : {}),
  batchSize: 1,
  steps: 60,
  seed: 1,
});
const clipped = cliff({ kind: 'globalNorm', maxNorm: 0.5 });

describe('the cliff', () => {
  test.each(['cpu', 'wasm', 'captured'] as const)(
    'on %s descends as the double-precision formula does, up to the wall',
    async (backend) => {
      const frames = await framesOf(cliff(), { backend, every: 1, statistics: ['parameters'] });
      cliffDescent(5.2, -2.3, 0.1, 39).forEach((state, step) => {
        const { losses, globalNorm, extra, weightGradientNorm } = frames[step]!;
        // Float32 has seven digits, of which the growing slope of the wall takes two.
        expect(losses[0]! / state.error).toBeCloseTo(1, 4);
        expect(globalNorm / state.gradientNorm).toBeCloseTo(1, 4);
        expect(weightGradientNorm[0]! / Math.abs(state.weightGradient)).toBeCloseTo(1, 4);
        expect(extra!['parameters']![0]).toBeCloseTo(state.weight, 5);
        expect(extra!['parameters']![1]).toBeCloseTo(state.bias, 5);
      });
      // On the wall one unit in the last place moves the gradient by percents.
      expect(frames[40]!.globalNorm).toBeGreaterThan(800);
      expect(frames[40]!.globalNorm).toBeLessThan(1100);
      const [weight, bias] = frames[41]!.extra!['parameters']!;
      expect(Math.hypot(weight! - 5, bias! + 2.5)).toBeGreaterThan(50);
      expect(frames.at(-1)!.final!.trainLoss).toBeCloseTo(0.09, 4);
    },
  );

  test.each(['cpu', 'captured'] as const)(
    'on %s does not throw a clipped gradient far',
    async (backend) => {
      const frames = await framesOf(clipped, { backend, every: 1, statistics: ['parameters'] });
      const theory = cliffDescent(5.2, -2.3, 0.1, 60, 0.5);
      frames.forEach(({ extra }, step) => {
        expect(extra!['parameters']![0]).toBeCloseTo(theory[step]!.weight, 2);
        expect(extra!['parameters']![1]).toBeCloseTo(theory[step]!.bias, 2);
      });
      expect(frames.at(-1)!.losses.at(-1)).toBeLessThan(0.02);
    },
  );

  test('reports the signal and the saturation of each of the 50 time steps', async () => {
    const bias = cliffWall(5)!;
    const network = { kind: 'oneUnit', weight: 5, bias } as const;
    const [frame] = await framesOf(
      { ...cliff(), network, steps: 0 },
      { statistics: ['saturation', 'preActivationMean', 'hiddenGradientNorm'] },
    );
    expect(frame!.signalGradientNorm).toHaveLength(50);
    expect(frame!.extra!['hiddenGradientNorm']).toHaveLength(50);
    // On the wall 0.5 is a fixed point, and the signal grows by wσ′(0.5) a step backwards in time.
    expect(frame!.extra!['preActivationMean']![9]).toBeCloseTo(0.5, 4);
    const slope = 5 * 0.2350037;
    const [first, second] = frame!.signalGradientNorm;
    expect(first! / second!).toBeCloseTo(slope, 3);
    expect(frame!.extra!['saturation']).toEqual(new Array(50).fill(0));
  });

  test('agrees with the tape of the oracle', async () => {
    const spec = resolveSpec(clipped);
    const shape = shapeOf({ kind: 'cliff' });
    const definition = defineStep(spec, shape);
    const collect = ['gradient', 'signalGradient'] as const;
    const oracle = createOracle({ spec, shape, definition, collect });
    oracle.load({ parameters: [Float32Array.of(5.2), Float32Array.of(-2.3)], state: [] });
    const batch = (await loadTask({ kind: 'cliff' })).batch(1, 0, 1);
    oracle.step(batch, '', definition.hyperAt(0), true);
    const { statistics } = await oracle.read();
    const [state] = cliffDescent(5.2, -2.3, 0.1, 0);
    const byName = (name: string): number =>
      statistics![
        oracle.slots.find((slot) => slot.kind === 'gradient' && slot.name === name)!.offset
      ]!;
    expect(byName('W')).toBeCloseTo(state!.weightGradient, 6);
    expect(byName('b')).toBeCloseTo(state!.biasGradient, 6);
  });

  test('is for the network of one unit, which is for it alone', () => {
    expect(() => resolveSpec({ ...small, task: { kind: 'cliff' } })).toThrow(
      'task.kind is "cliff"; allowed: digits, twoSpirals, linearRegression with a network of kind "mlp".',
    );
    expect(() => resolveSpec({ ...cliff(), task: { kind: 'digits' } })).toThrow(
      'task.kind is "digits"; allowed: cliff with a network of kind "oneUnit".',
    );
    expect(() => resolveSpec({ ...cliff(), batchSize: 2 })).toThrow('batchSize is 2; allowed: at');
    const network = { kind: 'oneUnit', weight: 'a', bias: 0 } as never;
    expect(() => resolveSpec({ ...cliff(), network })).toThrow('network.weight is "a"; allowed:');
  });
});
