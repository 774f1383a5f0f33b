import { describe, expect, test } from 'vitest';
import { loadDigits } from '../../../src/engine/tasks/digits';
import { presetValues } from '../../../src/kit/codec';
import { lanesOf, specOf } from '../../../src/widgets/exploding-overflow/specs';
import {
  AMPLITUDE,
  CRITICAL_RATE,
  growthPerStep,
  LARGEST_EIGENVALUE,
  overflowStep,
} from '../../../src/widgets/exploding-overflow/theory';
import widget from '../../../src/widgets/exploding-overflow/widget';
import { curvature } from './leastSquares';

describe('theory of the linear model', () => {
  test('λ and the share of the loss along its eigenvector are those of the data', async () => {
    const { train } = await loadDigits();
    const computed = curvature({
      x: train.x,
      y: train.y,
      examples: train.rows,
      inputs: train.inputSize,
      outputs: train.outputSize,
    });
    expect(computed.largestEigenvalue / LARGEST_EIGENVALUE).toBeCloseTo(1, 9);
    expect(computed.amplitude / AMPLITUDE).toBeCloseTo(1, 8);
  });

  test('power iteration finds λ and the amplitude of a problem solved by hand', () => {
    // Inputs ±2 and no mean: XᵀX is diag(8, 2), so the Hessian is diag(8, 2). The targets ±1 lie
    // along the input alone, and the loss at W = 0 is 1.
    const computed = curvature({ x: [2, -2], y: [1, -1], examples: 2, inputs: 1, outputs: 1 });
    expect(computed.largestEigenvalue).toBeCloseTo(8, 10);
    expect(computed.amplitude).toBeCloseTo(1, 8);
  });

  test.each([
    [0.9, 0.8, Infinity],
    [0.99, 0.98, Infinity],
    [1.01, 1.02, 2239],
    [1.05, 1.1, 465],
    [1.1, 1.2, 243],
    [1.25, 1.5, 109],
    [1.5, 2, 64],
    [2, 3, 40],
    [3, 5, 28],
  ])(
    'at %d × the critical rate the error grows by %d and overflows at step %d',
    (rate, growth, step) => {
      expect(growthPerStep(rate)).toBeCloseTo(growth, 12);
      if (step === Infinity) expect(overflowStep(growthPerStep(rate))).toBe(Infinity);
      else
        expect(Math.abs(overflowStep(growthPerStep(rate)) - step)).toBeLessThan(step / 1000 + 0.5);
    },
  );
});

describe('exploding-overflow, the specifications', () => {
  test('the stable twin differs in the learning rate alone', () => {
    const [problem, twin] = lanesOf(presetValues(widget, 'problem')).map(({ values }) =>
      specOf(values),
    );
    expect(twin!.optimizer.learningRate).toBeCloseTo(0.9 * CRITICAL_RATE, 12);
    expect({ ...twin, optimizer: null }).toEqual({ ...problem, optimizer: null });
  });

  test('the linear model is full-batch descent from zero', () => {
    const spec = specOf(presetValues(widget, 'problem'));
    expect(spec.batchSize).toBe(1437);
    expect(spec.network).toMatchObject({ depth: 0, outputInitializer: { kind: 'zeros' } });
  });

  test('every twin says what it changes, and changes something', () => {
    for (const preset of Object.keys(widget.presets)) {
      for (const compare of ['stable', 'loss', 'tanh', 'nothing'] as const) {
        const [first, twin] = lanesOf({ ...presetValues(widget, preset), compare });
        expect(first!.name).toBe('problem');
        if (twin === undefined) continue;
        expect(twin.differs, `${preset}, ${compare}`).toMatch(/ instead of /);
        expect(specOf(twin.values)).not.toEqual(specOf(first!.values));
      }
    }
  });
});
