import { describe, expect, test } from 'vitest';
import { cliffDescent, cliffPoint, cliffWall } from '../../../src/engine/closedForms';
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
    const shape = shapeOf(spec.task);
    const definition = defineStep(spec, shape);
    const collect = ['gradient', 'signalGradient'] as const;
    const oracle = createOracle({ spec, shape, definition, collect });
    oracle.load({ parameters: [Float32Array.of(5.2), Float32Array.of(-2.3)], state: [] });
    const batch = (await loadTask(spec.task)).batch(1, 0, 1);
    oracle.step(batch, '', definition.valuesAt(0), true);
    const { statistics } = await oracle.read();
    const [state] = cliffDescent(5.2, -2.3, 0.1, 0);
    const byName = (name: string): number =>
      statistics![
        oracle.slots.find((slot) => slot.kind === 'gradient' && slot.name === name)!.offset
      ]!;
    expect(byName('W')).toBeCloseTo(state!.weightGradient, 6);
    expect(byName('b')).toBeCloseTo(state!.biasGradient, 6);
  });

  describe('from several starts at once', () => {
    const starts = 6;
    const many = (clip?: TrainingSpec['clip']): TrainingSpec => ({
      ...cliff(clip),
      network: { kind: 'oneUnit', weight: 4.9, bias: -2.2, weightSpread: 0.5, biasSpread: 0.4 },
      task: { kind: 'cliff', starts },
      loss: { kind: 'meanSquaredError', reduction: 'sum' },
      steps: 30,
    });
    const places = async (spec: TrainingSpec, backend: 'cpu' | 'wasm' | 'captured') =>
      (await framesOf(spec, { backend, every: 30, statistics: ['parameters'] })).map(
        ({ extra, losses }) => ({ at: extra!['parameters']!, loss: losses.at(-1)! }),
      );

    test.each([
      ['cpu', 'globalNorm'],
      ['wasm', 'globalNorm'],
      ['captured', 'globalNorm'],
      ['captured', 'perTensorNorm'],
      ['captured', 'value'],
      ['captured', undefined],
    ] as const)('each descends on %s as it does alone, clipped by %s', async (backend, kind) => {
      // So low that it bites at most places.
      const clip =
        kind === 'value' ? { kind, maxValue: 0.02 } : kind && { kind, maxNorm: 0.02, epsilon: 0 };
      const [first, last] = await places(many(clip), backend);
      let total = 0;
      for (let i = 0; i < starts; i++) {
        const [weight, bias] = [first!.at[i]!, first!.at[starts + i]!];
        expect(Math.abs(weight - 4.9)).toBeLessThan(0.5);
        expect(Math.abs(bias + 2.2)).toBeLessThan(0.4);
        const alone = await places(
          { ...cliff(clip), network: { kind: 'oneUnit', weight, bias }, steps: 30 },
          backend,
        );
        expect(last!.at[i]).toBeCloseTo(alone[1]!.at[0]!, 5);
        expect(last!.at[starts + i]).toBeCloseTo(alone[1]!.at[1]!, 5);
        total += alone[1]!.loss;
      }
      expect(last!.loss).toBeCloseTo(total, 5);
      expect(new Set(first!.at).size).toBe(2 * starts);
    });

    test('agrees with the tape of the oracle', async () => {
      const spec = resolveSpec(many({ kind: 'globalNorm', maxNorm: 0.02 }));
      const shape = shapeOf(spec.task);
      const definition = defineStep(spec, shape);
      const oracle = createOracle({ spec, shape, definition, collect: ['clippedGradient'] });
      const [weights, biases] = [
        Float32Array.of(4.5, 5, 5.2, 5.3, 4.6, 4.8),
        Float32Array.of(-2, -2.1, -2.3, -2.5, -2.2, -2.4),
      ];
      oracle.load({ parameters: [weights, biases], state: [] });
      oracle.step((await loadTask(spec.task)).batch(1, 0, 1), '', definition.valuesAt(0), true);
      const { statistics } = await oracle.read();
      const of = (name: string) => oracle.slots.find((slot) => slot.name === name)!.offset;
      weights.forEach((weight, i) => {
        const { weightGradient, biasGradient } = cliffPoint(weight, biases[i]!);
        const factor = Math.min(1, 0.02 / Math.hypot(weightGradient, biasGradient));
        expect(statistics![of('W') + i]).toBeCloseTo(factor * weightGradient, 6);
        expect(statistics![of('b') + i]).toBeCloseTo(factor * biasGradient, 6);
      });
    });

    test('sums the errors, since a mean would divide each gradient', () => {
      expect(() => resolveSpec({ ...cliff(), task: { kind: 'cliff', starts: 2 } })).toThrow(
        'loss is nothing; allowed: { "kind": "meanSquaredError", "reduction": "sum" } with several starts',
      );
      expect(() => resolveSpec({ ...many(), task: { kind: 'cliff', starts: 0 } })).toThrow(
        'task.starts is 0; allowed: a whole number from 1 to 10000.',
      );
    });
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
