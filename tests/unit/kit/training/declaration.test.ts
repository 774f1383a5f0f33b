import { describe, expect, test, vi } from 'vitest';
import type { LaneFrame } from '../../../../src/engine/types';
import { ablation, defineTraining, outcome, preset, values } from '../../../../src/kit/training';
import { digits } from '../../../../src/kit/training/specs';
import { int } from '../../../../src/kit/parameters';
import { lane, run, say, spec } from './lanes';

const lanesOf = vi.fn(({ depth }: { depth: number }) => [
  lane('problem', spec(depth)),
  lane('control', spec(2)),
]);
const widget = defineTraining({
  id: 'tried',
  version: 1,
  title: 'Tried',
  summary: '',
  chapter: '',
  params: { depth: int({ label: 'Depth', min: 1, max: 9, default: 4 }) },
  presets: { problem: preset('Problem', '') },
  lanes: lanesOf,
  figures: [],
  values: { ...values, layers: ({ depth }) => depth },
  contrast: {
    problem: { preset: 'problem', value: 'layers' },
    cure: { preset: 'problem', value: 'control.layers' },
    better: 'smaller',
    factor: 2,
  },
});
const final: LaneFrame['final'] = { trainLoss: 0.312, trainAccuracy: 0.5, testAccuracy: 0.25 };

describe('a declaration', () => {
  test('computes its lanes once a change of settings', () => {
    lanesOf.mockClear();
    const settings = { depth: 4 };
    const { lanes } = {
      lanes: { problem: run([lane('problem', spec(4))], [{}]).lanes[0]!.result },
    };
    widget.values(settings, { lanes });
    widget.describe(settings, { lanes }, say);
    widget.lanes(settings, say);
    expect(lanesOf).toHaveBeenCalledTimes(1);
    widget.lanes({ depth: 4 }, say);
    expect(lanesOf).toHaveBeenCalledTimes(2);
  });

  test('says what differs, read off the specifications', () => {
    expect(widget.lanes({ depth: 4 }, say).map(({ differs }) => differs)).toEqual([
      undefined,
      'depth 2 instead of 4',
    ]);
  });

  test('names the values of the problem alone, the others by their lane', () => {
    const { lanes } = run(lanesOf({ depth: 4 }), [{ final }, { final }]);
    const result = { lanes: Object.fromEntries(lanes.map((one) => [one.name, one.result])) };
    const named = widget.values({ depth: 4 }, result);
    expect(named).toMatchObject({
      layers: 4,
      finalLoss: 0.312,
      'control.layers': 2,
      'control.testAccuracy': 0.25,
      firstNonFiniteStep: Infinity,
    });
    const only = widget.values({ depth: 4 }, { lanes: { control: result.lanes['control']! } });
    expect(only).toHaveProperty('layers', 2);
  });
});

describe('the outcome of a network', () => {
  const told = (result: object, wish = {}) =>
    outcome(run([lane('Tanh', spec(3))], [result]).lanes[0]!, say, wish);
  const broken = { step: 7, phase: 'loss', tensor: 'loss', layer: null, value: 'NaN' };

  test('is its loss and accuracy, or where it is, or that it diverged', () => {
    expect(told({ final })).toBe('Tanh: training loss 0.312, test accuracy 25%.');
    expect(told({ final }, { accuracy: 'trainAccuracy' })).toContain('training accuracy 50%');
    expect(told({ steps: [0, 1000], loss: [2, 1.5] })).toBe('Tanh: batch loss 1.5 at step 1,000.');
    expect(told({ firstNonFinite: broken })).toBe('Tanh: diverged at step 7.');
    expect(told({ final: { ...final, testAccuracy: null } })).toBe('Tanh: training loss 0.312.');
  });

  test('can be told in another way, also of one that diverged', () => {
    const tell = ({ state, ended }: { state: string; ended: boolean }) => `${state}; ${ended}`;
    expect(told({ final }, { tell })).toContain('test accuracy 25%; true.');
    expect(told({ firstNonFinite: broken }, { tell })).toBe('Tanh: diverged at step 7.');
    expect(told({ firstNonFinite: broken }, { tell, always: true })).toBe(
      'Tanh: diverged at step 7; false.',
    );
  });
});

test('an ablation makes each change alone, then all of them', () => {
  const problem = digits(
    {
      ...{ depth: 3, width: 8, activation: 'sigmoid' },
      initializer: { kind: 'glorotNormal' },
      optimizer: { kind: 'sgd', learningRate: 1 },
    },
    { batchSize: 8, steps: 5, seed: 1 },
  );
  const lanes = ablation(problem, {
    label: 'Both',
    parts: {
      activationAlone: ['Tanh alone', { activation: 'tanh' }],
      optimizerAlone: ['Slower alone', { optimizer: { kind: 'sgd', learningRate: 0.1 } }],
    },
  });
  const of = ({ spec: { network, optimizer } }: (typeof lanes)[number]) => [
    'activation' in network && network.activation,
    optimizer.learningRate,
  ];
  expect(lanes.map((one) => [one.name, one.role, ...of(one)])).toEqual([
    ['activationAlone', 'control', 'tanh', 1],
    ['optimizerAlone', 'control', 'sigmoid', 0.1],
    ['cure', 'cure', 'tanh', 0.1],
  ]);
});
