import { describe, expect, test } from 'vitest';
import { SpecError } from '../../../src/engine/spec/errors';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { TrainingSpec } from '../../../src/engine/types';
import { small } from './backend';

/** The specification with one field, named by its path, replaced. */
function withField(path: string, value: unknown): TrainingSpec {
  const copy = structuredClone(small) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  const at = keys.reduce((object, key) => object[key] as Record<string, unknown>, copy);
  at[last] = value;
  return copy as unknown as TrainingSpec;
}

describe('a wrong field is named, with its value and what is allowed', () => {
  test.each([
    ['network.width', -4, 'network.width is -4; allowed: a whole number from 1 to 4096.'],
    ['network.depth', 101, 'network.depth is 101; allowed: a whole number from 0 to 100.'],
    ['network.depth', 2.5, 'network.depth is 2.5; allowed: a whole number from 0 to 100.'],
    [
      'network.dept',
      3,
      'network.dept is 3, but network has no such field; allowed: kind, depth, width, ',
    ],
    ['task.toString', 1, 'task.toString is 1, but task has no such field; allowed: kind.'],
    ['constructor', {}, 'constructor is {}, but spec has no such field; allowed: network, task, '],
    [
      'network.firstInitializer',
      { kind: 'lsuv' },
      'network.firstInitializer is "lsuv"; allowed: every initializer but lsuv with the initializer leCunNormal; lsuv scales all hidden layers.',
    ],
    ['network.activation', 'sine', 'network.activation is "sine"; allowed: linear, sigmoid, '],
    [
      'network.initializer',
      { kind: 'normal' },
      'network.initializer.std is nothing; allowed: a number of at least 0.',
    ],
    [
      'network.initializer.kind',
      'xavier',
      'network.initializer.kind is "xavier"; allowed: zeros, constant, ',
    ],
    ['network.residual', 'preActivation', 'network.depth is 2; allowed: an odd number'],
    [
      'optimizer.learningRate',
      NaN,
      'optimizer.learningRate is NaN; allowed: a number of at least 0.',
    ],
    ['optimizer.momentum', 1, 'optimizer.momentum is 1; allowed: a number from 0 up to'],
    [
      'batchSize',
      1438,
      'batchSize is 1438; allowed: at most 1437, the size of the training part of digits.',
    ],
    ['batchSize', 0, 'batchSize is 0; allowed: a whole number from 1 to'],
    ['steps', 1e9, 'steps is 1000000000; allowed: a whole number from 0 to 100000.'],
    ['seed', -1, 'seed is -1; allowed: a whole number from 0 to 4294967295.'],
    [
      'task',
      { kind: 'recall', length: 10 },
      'task.kind is "recall"; allowed: digits, twoSpirals, linearRegression',
    ],
    ['schedule', {}, 'schedule is {}; allowed: an object with warmUp, decay, or some of them.'],
    ['schedule', 'cosine', 'schedule is "cosine"; allowed: an object.'],
    ['schedule', { warmUp: 0 }, 'schedule.warmUp is 0; allowed: a whole number from 1 to 100000.'],
    ['schedule', { decay: 'cosine' }, 'schedule.decay is "cosine"; allowed: an object.'],
    [
      'schedule',
      { decay: { kind: 'exponential' } },
      'schedule.decay.kind is "exponential"; allowed: cosine, step.',
    ],
    [
      'schedule',
      { decay: { kind: 'cosine', to: 1 } },
      'schedule.decay.to is 1; allowed: a number from 0 up to, but not including, 1.',
    ],
    [
      'schedule',
      { decay: { kind: 'step' } },
      'schedule.decay.every is nothing; allowed: a whole number from 1 to 100000.',
    ],
    [
      'schedule',
      { decay: { kind: 'step', every: 10, to: 0 } },
      'schedule.decay.to is 0, but schedule.decay has no such field; allowed: kind, every, factor.',
    ],
    ['clip', { kind: 'globalNorm', maxNorm: 0 }, 'clip.maxNorm is 0; allowed: a number above 0.'],
    ['penalty', { l2: -1 }, 'penalty.l2 is -1; allowed: a number of at least 0.'],
    ['penalty', { weightDecay: -1 }, 'penalty.weightDecay is -1; allowed: a number of at least 0.'],
    ['penalty', { tensors: ['W9'] }, 'penalty.tensors holds W9; allowed: W1, b1, W2, b2, W3, b3.'],
    ['loss', 'hinge', 'loss is "hinge"; allowed: softmaxCrossEntropy, meanSquaredError.'],
    ['loss', { kind: 'hinge' }, 'loss.kind is "hinge"; allowed: softmaxCrossEntropy, mean'],
    [
      'loss',
      { kind: 'meanSquaredError', reduction: 'max' },
      'loss.reduction is "max"; allowed: mean, sum.',
    ],
    [
      'loss',
      { kind: 'softmaxCrossEntropy', reduction: 'sum' },
      'loss.reduction is "sum", but loss has no such field; allowed: kind.',
    ],
    [
      'learningRate',
      0.1,
      'learningRate is 0.1, but spec has no such field; allowed: network, task, ',
    ],
  ])('%s = %j', (path, value, message) => {
    const attempt = (): unknown => resolveSpec(withField(path, value));
    expect(attempt).toThrow(SpecError);
    expect(attempt).toThrow(message);
  });

  test('lsuv beside another first initializer, or with a batch of one row', () => {
    const lsuv = { ...small.network, initializer: { kind: 'lsuv' } } as TrainingSpec['network'];
    const first = { ...lsuv, firstInitializer: { kind: 'zeros' } } as TrainingSpec['network'];
    expect(() => resolveSpec({ ...small, network: lsuv })).not.toThrow();
    expect(() => resolveSpec({ ...small, network: first })).toThrow(
      'network.firstInitializer is "zeros"; allowed: lsuv with the initializer lsuv;',
    );
    expect(() => resolveSpec({ ...small, network: lsuv, batchSize: 1 })).toThrow(
      'batchSize is 1; allowed: at least 2 with the initializer lsuv.',
    );
  });

  test('a network of too many parameters', () => {
    const network = { ...small.network, depth: 100, width: 4096 } as TrainingSpec['network'];
    expect(() => resolveSpec({ ...small, network })).toThrow('allowed: at most 20000000.');
  });

  test('a step that needs more than 1 GB', () => {
    const wide: TrainingSpec = {
      ...small,
      network: {
        kind: 'recurrent',
        cell: 'lstm',
        hiddenSize: 512,
        initializer: { kind: 'leCunNormal' },
        recurrentInitializer: { kind: 'orthogonal' },
        readout: 'last',
      },
      task: { kind: 'adding', length: 200 },
      batchSize: 512,
    };
    expect(() => resolveSpec(wide)).toThrow(
      'network needs at least 1.4 GB of memory for one training step; allowed: at most 1 GB.',
    );
    expect(() => resolveSpec({ ...wide, batchSize: 256 })).not.toThrow();
  });

  test('what is no object', () => {
    expect(() => resolveSpec(null as never)).toThrow('spec is null; allowed: an object.');
  });
});

test('defaults are filled in', () => {
  expect(resolveSpec(small)).toMatchObject({
    network: {
      bias: 0,
      outputInitializer: { kind: 'leCunNormal' },
      batchNorm: null,
      layerNorm: null,
      rmsNorm: null,
      preActivationNoise: null,
      residual: 'none',
      branchScale: 1,
    },
    loss: { kind: 'softmaxCrossEntropy' },
    optimizer: { kind: 'momentum', learningRate: 0.02, momentum: 0.9 },
    schedule: null,
    clip: null,
    penalty: null,
  });
  expect(
    resolveSpec({ ...small, schedule: { warmUp: 30, decay: { kind: 'cosine' } } }).schedule,
  ).toEqual({ warmUp: 30, decay: { kind: 'cosine', steps: null, to: 0 } });
  expect(
    resolveSpec({ ...small, schedule: { decay: { kind: 'step', every: 30 } } }).schedule,
  ).toEqual({ warmUp: null, decay: { kind: 'step', every: 30, factor: 0.1 } });
});
