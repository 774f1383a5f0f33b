import { describe, expect, test } from 'vitest';
import type { OptimizerSpec, TrainingSpec } from '../../../src/engine/types';
import { defineStep } from '../../../src/engine/step/step';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { framesOf } from './backend';
import { small } from './small';

const statistics = ['weightNorm'];

/** The norm of each weight matrix, frame by frame. */
const norms = async (spec: TrainingSpec): Promise<number[][]> =>
  (await framesOf(spec, { statistics, every: 1 })).map(({ extra }) => extra!['weightNorm']!);

describe('decoupled decay', () => {
  const rate = 0.1;
  const strength = 2;

  // The gradient of a network whose inputs to every weight matrix but the first are 0 leaves the weights as they are.
  test.each<OptimizerSpec['kind']>(['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'])(
    'multiplies a weight without a gradient by 1 − ηλ at each step of %s',
    async (kind) => {
      const network = {
        ...small.network,
        activation: 'relu',
        bias: -100,
      } as TrainingSpec['network'];
      const spec: TrainingSpec = {
        ...{ ...small, network, steps: 3 },
        optimizer: { kind, learningRate: rate },
        penalty: { weightDecay: strength },
      };
      const found = await norms(spec);
      for (const [step, [first]] of found.entries())
        expect(first! / (found[0]![0]! * (1 - rate * strength) ** step)).toBeCloseTo(1, 5);
    },
  );

  test('is the same as an L2 penalty of its strength under plain gradient descent, and not under Adam', async () => {
    const last = async (kind: 'sgd' | 'adam', field: 'l2' | 'weightDecay') =>
      (
        await norms({
          ...{ ...small, steps: 5 },
          optimizer: { kind, learningRate: 0.01 },
          penalty: { [field]: strength },
        })
      ).at(-1)!;
    const sgd = await last('sgd', 'weightDecay');
    (await last('sgd', 'l2')).forEach((norm, i) => expect(norm / sgd[i]!).toBeCloseTo(1, 5));
    const adam = await last('adam', 'weightDecay');
    expect(Math.abs((await last('adam', 'l2'))[0]! / adam[0]! - 1)).toBeGreaterThan(0.01);
  });

  test('acts on the named tensors alone, and is no part of the loss', async () => {
    const found = await framesOf(
      {
        ...{ ...small, steps: 1 },
        optimizer: { kind: 'sgd', learningRate: rate },
        penalty: { weightDecay: 1 / rate, tensors: ['W2'] },
      },
      { statistics: ['weightNorm', 'penalty'], every: 1 },
    );
    // All of W2 is taken away, so what is left of it is one update.
    const [first, second] = found.map(({ extra }) => extra!['weightNorm']!);
    expect(second![0]! / first![0]!).toBeGreaterThan(0.5);
    expect(second![1]! / first![1]!).toBeLessThan(0.5);
    expect(found[0]!.extra!['penalty']).toEqual([0]);
  });

  test('is a number for each step that follows the learning rate', () => {
    const spec = resolveSpec({ ...small, penalty: { weightDecay: strength } });
    const { hyper, valuesAt } = defineStep(spec, shapeOf(spec.task));
    expect(valuesAt(0)[hyper.indexOf('keptShare')]).toBe(
      1 - spec.optimizer.learningRate * strength,
    );
  });
});
