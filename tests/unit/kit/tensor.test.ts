import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { isOfExample, statisticKinds } from '../../../src/engine/step/slots';
import { defineStep } from '../../../src/engine/step/step';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { symbolOf, tensorInWords } from '../../../src/kit/inWords/tensor';
import { en } from '../../../src/kit/words/en';
import { bases } from './everySpec';

const told = (tensor: string, at: { layer?: number; timeStep?: number } = {}): string =>
  tensorInWords({ layer: null, ...at, tensor }, en, String);

describe('the tensor of a post-mortem', () => {
  test.each([
    ['z5', { layer: 5 }, 'the pre-activations of layer 5'],
    ['h12', { layer: 12 }, 'the activations of layer 12'],
    ['gradient of z5', { layer: 5 }, 'the signal gradient of layer 5'],
    ['gradient of W1', { layer: 1 }, 'the weight gradient of layer 1'],
    ['clipped gradient of W1', { layer: 1 }, 'the clipped weight gradient of layer 1'],
    ['gradient of b3', { layer: 3 }, 'the gradient of the biases of layer 3'],
    ['gamma2', { layer: 2 }, 'the scales γ of layer 2'],
    ['runningVariance1', { layer: 1 }, 'the running variances of layer 1'],
    [
      'W1.secondMoment',
      { layer: 1 },
      'the optimizer’s mean of the squared gradients, of the weights of layer 1',
    ],
    ['z7', { timeStep: 7 }, 'the pre-activations at time step 7 of the sequence'],
    [
      'zf7',
      { timeStep: 7 },
      'the pre-activations of the forget gate at time step 7 of the sequence',
    ],
    [
      'gradient of zn7',
      { timeStep: 7 },
      'the signal gradient of the candidate at time step 7 of the sequence',
    ],
    ['gradient of c7', { timeStep: 7 }, 'the gradient of the cell at time step 7 of the sequence'],
    ['gradient of Wh', { layer: 1 }, 'the gradient of the weights W_h'],
    ['Whf', { layer: 1 }, 'the weights W_hf'],
    ['bhn', { layer: 1 }, 'the biases b_hn'],
    ['output', {}, 'the output'],
    ['a tensor that is finite', {}, 'a tensor that is finite'],
  ] as const)('%s is told in words', (tensor, at, words) => {
    expect(told(tensor, at)).toBe(words);
  });

  test.each(Object.entries(bases))('is in words, whatever a step of %s computes', (_, base) => {
    for (const kind of ['adam', 'momentum'] as const) {
      const spec = resolveSpec({ ...base, optimizer: { kind, learningRate: 0.1 } });
      const definition = defineStep(spec, shapeOf(spec.task));
      const kinds = statisticKinds.filter((one) => one !== 'timeStepGradient' && !isOfExample(one));
      for (const { name, layer } of definition.slotsOf(kinds))
        for (const tensor of [name, `gradient of ${name}`, `clipped gradient of ${name}`])
          expect(tensorInWords({ tensor, layer }, en, String), tensor).toMatch(
            /^the [^_\d.]+( [Wb]_[a-z]+)?( of layer \d+)?$/,
          );
    }
  });
});

test('a parameter’s symbol is the one that formulas have', () => {
  expect(['Wh', 'Whf', 'bhn', 'by', 'W3', 'W12', 'gamma2', 'b', 'W'].map(symbolOf)).toEqual([
    'W_h',
    'W_hf',
    'b_hn',
    'b_y',
    'W₃',
    'W₁₂',
    'γ₂',
    'b',
    'W',
  ]);
});
