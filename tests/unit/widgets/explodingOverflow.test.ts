import { describe, expect, test } from 'vitest';
import { chi } from '../../../src/engine/closedForms';
import { loadDigits } from '../../../src/engine/tasks/digits';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { canonical, migrate, presetSettings } from '../../../src/kit/codec';
import { emptyResult, upToStep } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import type { LaneResult, TrainingResult } from '../../../src/kit/widget';
import type { OverflowSettings } from '../../../src/widgets/exploding-overflow/params';
import {
  AMPLITUDE,
  CRITICAL_RATE,
  exactOverflowStep,
  growthPerStep,
  LARGEST_EIGENVALUE,
  overflowStep,
  signalFactor,
} from '../../../src/widgets/exploding-overflow/theory';
import widget from '../../../src/widgets/exploding-overflow/widget';
import { curvature } from './leastSquares';
import { train } from './training';

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

const lanesOf = (settings: OverflowSettings) => widget.lanes(settings, sayFor());

describe('exploding-overflow, the specifications', () => {
  test('the stable twin differs in the learning rate alone', () => {
    const [problem, twin] = lanesOf(presetSettings(widget, 'problem')).map(({ spec }) => spec);
    expect(twin!.optimizer.learningRate).toBeCloseTo(0.9 * CRITICAL_RATE, 12);
    expect({ ...twin, optimizer: null }).toEqual({ ...problem, optimizer: null });
  });

  test('where the weights are not too large the stable twin differs in the learning rate alone', () => {
    for (const preset of ['rising', 'risingOn', 'risingFurther']) {
      const [problem, twin] = lanesOf(presetSettings(widget, preset));
      expect(twin!.differs, preset).toMatch(/^learning rate 0\.1 instead of /);
      expect(twin!.label).not.toBe(problem!.label);
      const [first, second] = [problem!.spec, twin!.spec];
      expect(second.optimizer.learningRate).toBe(0.1);
      expect({ ...second, optimizer: null }).toEqual({ ...first, optimizer: null });
    }
  });

  test('the full batch changes the batch alone, and its stable twin the learning rate alone', () => {
    const rising = lanesOf(presetSettings(widget, 'rising'))[0]!.spec;
    const [full, twin] = lanesOf(presetSettings(widget, 'fullBatch'));
    expect(full!.spec).toEqual({ ...rising, batchSize: 1437 });
    expect(twin!.differs).toBe('learning rate 0.02 instead of 0.3');
    expect(twin!.spec).toEqual({
      ...full!.spec,
      optimizer: { kind: 'sgd', learningRate: 0.02 },
    });
  });

  test('a batch size of 32 is the default, so that no address of before changes', () => {
    const settings = presetSettings(widget, 'rising');
    expect(settings.batch).toBe('32');
    expect(canonical(widget.params, settings)).not.toContain('batch');
    expect(canonical(widget.params, { ...settings, batch: 'all' })).toContain('batch=all');
  });

  test('a network that is stable already has no stable twin', () => {
    expect(lanesOf({ ...presetSettings(widget, 'rising'), learningRate: 0.1 })).toHaveLength(1);
    expect(lanesOf({ ...presetSettings(widget, 'fullBatch'), learningRate: 0.1 })).toHaveLength(2);
    expect(lanesOf({ ...presetSettings(widget, 'fullBatch'), learningRate: 0.02 })).toHaveLength(1);
  });

  test('the linear model is full-batch descent from zero', () => {
    const { spec } = lanesOf(presetSettings(widget, 'problem'))[0]!;
    expect(spec.batchSize).toBe(1437);
    expect(spec.network).toMatchObject({ depth: 0, outputInitializer: { kind: 'zeros' } });
  });

  test('every twin says what it changes, and changes something', () => {
    for (const preset of Object.keys(widget.presets)) {
      for (const compare of ['stable', 'loss', 'tanh', 'nothing'] as const) {
        const [first, twin] = lanesOf({ ...presetSettings(widget, preset), compare });
        expect(first!.name).toBe('problem');
        if (twin === undefined) continue;
        expect(twin.differs, `${preset}, ${compare}`).toMatch(/ instead of /);
        expect(twin.spec).not.toEqual(first!.spec);
        expect(twin.label).not.toBe(first!.label);
      }
    }
  });
});

const run = (preset: string, change = {}) =>
  train(widget, { ...presetSettings(widget, preset), ...change });

describe('exploding-overflow, trained', () => {
  test.each([
    [1.25, 104],
    [2, 39],
    [3, 27],
  ])(
    'at %d × the critical rate the first loss that is not finite is that of step %d',
    async (rate, step) => {
      const { result, named } = await run('double', { rate, steps: 150, compare: 'nothing' });
      expect(result.lanes['problem']!.firstNonFinite).toMatchObject({
        phase: 'loss',
        step,
        value: 'Infinity',
      });
      expect(named['nonFiniteLossStep']).toBe(step);
      expect(exactOverflowStep(growthPerStep(rate))).toBe(step);
      // The rule of thumb starts from an error of size 1 in a single element.
      expect(Math.abs(named['predictedOverflowStep']! / step - 1)).toBeLessThan(0.06);
    },
  );

  test('the loss follows the steepest direction once that has outgrown the others', async () => {
    const { result } = await run('double', { compare: 'nothing' });
    const { loss } = result.lanes['problem']!;
    const theory = (step: number) => AMPLITUDE * growthPerStep(2) ** (2 * step);
    for (const step of [10, 20, 35]) expect(loss[step]! / theory(step)).toBeCloseTo(1, 3);
  });

  test('problem and cure: above the critical rate the loss overflows, below it falls at every step', async () => {
    const problem = await run('problem', { rate: 1.1, steps: 240 });
    expect(problem.named['nonFiniteLossStep']).toBe(230);
    expect(problem.named['cure.nonFiniteLossStep']).toBe(Infinity);
    expect(problem.named['cure.finalLoss']).toBeLessThan(0.04);
    expect(problem.named['largestLoss']! / problem.named['cure.largestLoss']!).toBeGreaterThan(
      1e30,
    );
    expect(problem.named['cure.risingShare']).toBe(0);
  });

  test('squared error overflows a deep ReLU network that cross-entropy trains', async () => {
    const { result, named } = await run('losses', { steps: 60 });
    expect(named['nonFiniteLossStep']).toBeLessThanOrEqual(4);
    expect(result.lanes['control']!.firstNonFinite).toBeNull();
    expect(named['control.finalLoss']! / named['control.initialLoss']!).toBeLessThan(0.1);
  });

  test('cross-entropy overflows at 2 × He; tanh saturates and stays finite at any rate', async () => {
    const relu = await run('reluCrossEntropyDouble', { compare: 'nothing', steps: 20 });
    expect(relu.result.lanes['problem']!.firstNonFinite?.step).toBeLessThanOrEqual(5);
    const tanh = await run('tanh', { steps: 60 });
    expect(tanh.result.lanes['problem']!.firstNonFinite).toBeNull();
    expect(tanh.named['finalLoss']).toBeGreaterThan(Math.log(10));
  });

  test('a ReLU network overflows where a tanh network saturates: its gradient explodes, then vanishes', async () => {
    const { result, named } = await run('activations', { steps: 100 });
    expect(named['nonFiniteLossStep']).toBe(1);
    expect(result.lanes['control']!.firstNonFinite).toBeNull();
    expect(named['control.signalFirstToLast']).toBeGreaterThan(10);
    expect(named['control.lastFirstLayerSignal']).toBeLessThan(1e-6);
    expect(named['control.finalLoss']).toBeGreaterThan(Math.log(10));
  });

  test('at learning rate 1 a network of He’s weights dies: nothing at all reaches its first layer', async () => {
    const { result, named } = await run('risingOn', { compare: 'nothing' });
    expect(result.lanes['problem']!.firstNonFinite).toBeNull();
    expect(named['lastFirstLayerSignal']).toBe(0);
    expect(Math.abs(named['finalLoss']! - Math.log(10))).toBeLessThan(0.05);
  });

  test('with the full batch the loss leaps at a high rate and falls at every step at a low one', async () => {
    const { result, named } = await run('fullBatch', { steps: 60 });
    expect(named['risingShare']).toBeGreaterThan(0.1);
    expect(named['finalLoss']! / named['initialLoss']!).toBeLessThan(0.2);
    expect(named['cure.risingShare']).toBe(0);
    expect(named['cure.largestLoss']).toBe(named['cure.initialLoss']);
    // No batch differs: the loss of the last step is that of the whole training part.
    const twin = result.lanes['cure']!;
    expect(twin.loss.at(-1)! / twin.final!.trainLoss).toBeCloseTo(1, 5);
    const settings = { ...presetSettings(widget, 'fullBatch'), steps: 60 };
    const words = widget.describe(settings, result, sayFor());
    expect(words).toMatch(
      /The loss over all 1437 digits rose in 30% of the steps\..* fell at every/,
    );
  });

  test('the share of rising steps is no number where the first step overflows', async () => {
    const { named } = await run('activations', { compare: 'nothing', steps: 10 });
    expect(named['nonFiniteLossStep']).toBe(1);
    expect(named['risingShare']).toBeNaN();
  });

  test('another seed draws another deep network', async () => {
    const [one, two] = [
      await run('reluCrossEntropy', { steps: 2 }),
      await run('reluCrossEntropy', { steps: 2, seed: 2 }),
    ];
    expect(two.named['initialLoss']).not.toBe(one.named['initialLoss']);
  });
});

describe('exploding-overflow, gradients by layer', () => {
  test('ReLU weights of c times He multiply the signal by c a layer, tanh weights by √χ', () => {
    const settings = presetSettings(widget, 'losses');
    for (const weightScale of [0.5, 1, 1.5, 4]) {
      const general = Math.sqrt(chi('relu', weightScale * Math.SQRT2, 1));
      expect(signalFactor({ ...settings, weightScale })).toBeCloseTo(general, 9);
    }
    // Schoenholz et al. 2017: with σ_w below 1 tanh forgets, and χ at q* = 0 is σ_w².
    expect(signalFactor({ ...settings, model: 'tanh', weightScale: 0.5 })).toBeCloseTo(0.5, 9);
    expect(signalFactor({ ...settings, model: 'tanh', weightScale: 4 })).toBeGreaterThan(1);
  });

  test('at step 0 the signal grows as theory says, and the weight gradient is the same in every layer', async () => {
    const { named } = await run('reluCrossEntropy', { steps: 10 });
    // Ten seeds of width 32 spread by less than twofold on either side.
    expect(named['signalFirstToLast']! / named['theorySignalFirstToLast']!).toBeGreaterThan(0.5);
    expect(named['signalFirstToLast']! / named['theorySignalFirstToLast']!).toBeLessThan(2);
    expect(named['weightFirstToLast']).toBeGreaterThan(0.4);
    expect(named['weightFirstToLast']).toBeLessThan(2);
  });

  const lane = (signals: number[][]): LaneResult => ({
    ...emptyResult(['problem']).lanes['problem']!,
    steps: signals.map((_, step) => step),
    loss: signals.map(() => 1),
    frameSteps: signals.map((_, step) => step),
    signalGradientNorm: signals,
    weightGradientNorm: signals,
  });
  const settings = { ...presetSettings(widget, 'reluCrossEntropy'), depth: 2, weightScale: 2 };
  const chart = (id: string, given: OverflowSettings, result: TrainingResult) =>
    widget.figures.find((figure) => figure.id === id)!.chart(given, result, sayFor());
  const signals = (result: TrainingResult) =>
    (chart('signal-gradient', settings, result) as LineChartSpec).series;

  test('the figure draws the step shown, and theory from the start', () => {
    const result = {
      lanes: {
        problem: lane([
          [4, 2, 1],
          [9, 5, 3],
        ]),
      },
    };
    const [now, theory] = signals(result);
    expect(now).toMatchObject({ x: [1, 2, 3], y: [9, 5, 3] });
    expect(now!.label).toMatch(/step 1$/);
    expect(theory).toMatchObject({ x: [1, 2], y: [4, 2] });
    const [then] = signals(upToStep(result, 0));
    expect(then).toMatchObject({ y: [4, 2, 1] });
    expect(then!.label).toMatch(/step 0$/);
  });

  test('of a run that broke the figure draws the last finite step, and says which it is', () => {
    const result = {
      lanes: {
        problem: lane([
          [4, 2, 1],
          [NaN, NaN, Infinity],
        ]),
      },
    };
    const [shown] = signals(result);
    expect(shown).toMatchObject({ y: [4, 2, 1] });
    expect(shown!.label).toMatch(/step 0$/);
  });

  test('the map has a row for each layer and a column for each step, what is not finite included', () => {
    const result = {
      lanes: {
        problem: lane([
          [4, 2, 1],
          [NaN, NaN, Infinity],
        ]),
      },
    };
    expect(chart('map', settings, result)).toMatchObject({
      rows: [1, 2, 3],
      columns: [0, 1],
      values: [
        [4, NaN],
        [2, NaN],
        [1, Infinity],
      ],
    });
  });

  test('before the first frame both maps are there, and empty', () => {
    const result = emptyResult(['problem', 'control']);
    for (const id of ['map', 'map-beside'])
      expect(chart(id, presetSettings(widget, 'losses'), result)).toMatchObject({ columns: [] });
  });
});

describe('links of version 1', () => {
  test('their gain is the scale of the weights', () => {
    expect(migrate(widget, { model: 'relu', gain: '2' }, 1)).toEqual({
      model: 'relu',
      'weight-scale': '2',
    });
    expect(migrate(widget, { rate: '1.1' }, 1)).toEqual({ rate: '1.1' });
  });
});
