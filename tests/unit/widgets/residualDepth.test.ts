import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { residual } from '../../../src/kit/training';
import type { ResidualSettings } from '../../../src/widgets/residual-depth/params';
import { theoryOf } from '../../../src/widgets/residual-depth/theory';
import widget from '../../../src/widgets/residual-depth/widget';
import { train } from './training';

const settings = (preset: string, own: Partial<ResidualSettings> = {}): ResidualSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});
const lanes = (preset: string, own: Partial<ResidualSettings> = {}) =>
  widget.lanes(settings(preset, own), sayFor());

describe('the networks', () => {
  test('of the problem differ in depth alone, those of the cure in the sums alone', () => {
    expect(lanes('problem').map(({ differs }) => differs)).toEqual([
      undefined,
      'depth 11 instead of 31',
    ]);
    expect(lanes('cure').map(({ differs }) => differs)).toEqual([
      undefined,
      'residual connections around every two layers, activation after the sum instead of none',
    ]);
  });

  test('have a depth that every form can have, whatever the number of blocks', () => {
    for (const blocks of [1, 7, 30])
      for (const { spec } of lanes('forms', { blocks }))
        expect(spec.network).toMatchObject({ depth: 2 * blocks + 1 });
  });

  test('are scaled by their own depth', () => {
    const scales = lanes('preScaled').map(({ spec }) => spec.network);
    expect(scales).toMatchObject([11, 31, 61].map((depth) => ({ branchScale: depth ** -0.5 })));
    expect(residual.scaleOf('depth', 61)).toBe(1 / 61);
  });

  test('from zeros begin only the last map of each branch there', () => {
    const zeros = lanes('branches').find(({ name }) => name === 'zeros')!;
    expect(zeros.spec.network).toMatchObject({
      initializer: { kind: 'heNormal' },
      branchInitializer: { kind: 'zeros' },
    });
  });
});

describe('the theory', () => {
  const theory = (preset: string, own: Partial<ResidualSettings> = {}) =>
    lanes(preset, own).map(({ spec }) => theoryOf(spec));

  test('of plain ReLU layers is level, and grows by √(π/(π − 1)) a layer with batch norm', () => {
    const [bare] = theory('problem', { norm: 'none' });
    expect(bare!.gradient![0]).toBeCloseTo(1, 6);
    const [normed] = theory('problem');
    expect(normed!.gradient![0]! ** (1 / 30)).toBeCloseTo(Math.sqrt(Math.PI / (Math.PI - 1)), 10);
  });

  test('of pre-activation blocks of ReLU is √2 a block, and 1 + 1/L under the root with 1/√L', () => {
    const [, one] = theory('cure', { norm: 'none', form: 'preActivation' });
    expect(one!.gradient).toHaveLength(16);
    expect(one!.gradient![0]).toBeCloseTo(2 ** (15 / 2), 3);
    expect(one!.std!.at(-1)! / one!.std![0]!).toBeCloseTo(2 ** (15 / 2), 3);
    const [, scaled] = theory('cure', {
      ...{ norm: 'none', form: 'preActivation', branchScale: 'rootDepth' },
    });
    expect(scaled!.gradient![0]).toBeCloseTo((1 + 1 / 31) ** (15 / 2), 6);
  });

  test('of a branch of zeros is the identity', () => {
    const [, zeros] = theory('cure', { norm: 'none', form: 'preActivation', branchStart: 'zeros' });
    expect(new Set(zeros!.gradient)).toEqual(new Set([1]));
    expect(new Set(zeros!.std).size).toBe(1);
  });

  test('of single ReLU branches grows by the root of (1 + 0.564 m/r)² and so on, near 1.70 a block', () => {
    // (g − 1) m = r/√π and (g² − 1) v = (1 − 1/π) r² with r² = m² + v have the solution g = 1.7044.
    const [, single] = theory('cure', { norm: 'none', form: 'single', blocks: 30 });
    const std = single!.std!;
    expect(std.at(-1)! / std.at(-2)!).toBeCloseTo(1.7044, 3);
    expect(single!.gradient).toBeUndefined();
  });

  test('is what wide networks do, as drawn', async () => {
    for (const own of [
      { form: 'preActivation', branchScale: 'rootDepth' },
      { form: 'single', activation: 'tanh' },
    ] as const) {
      const chosen = settings('cure', {
        ...{ norm: 'none', blocks: 5, width: 64, steps: 1, batchSize: 128 },
        ...own,
      });
      const { named } = await train(widget, chosen);
      const found = named as unknown as Record<string, number[]>;
      const [, { gradient, std }] = widget
        .lanes(chosen, sayFor())
        .map(({ spec }) => theoryOf(spec)) as [unknown, { gradient: number[]; std: number[] }];
      // Sixty-four units: one draw strays by some ten percent.
      const whole = Number(named['cure.hiddenFirstToLast']) / gradient[0]!;
      expect(Math.abs(whole - 1)).toBeLessThan(0.25);
      found['cure.initialBlockStd']!.forEach((one, i) =>
        expect(Math.abs(one / std[i]! - 1)).toBeLessThan(0.25),
      );
    }
  });
});

test('a branch of zeros around single ReLU layers never moves', async () => {
  const { result } = await train(widget, settings('reluZeros', { steps: 5 }));
  const { weightGradientZeros } = result.lanes['d11']!;
  for (const frame of weightGradientZeros) {
    expect(frame.slice(1, 11)).toEqual(new Array(10).fill(1));
    expect(frame[0]).toBeLessThan(1);
  }
});

test('a forward pass that overflows is a result that says so', async () => {
  const { result } = await train(
    widget,
    settings('relu', { steps: 20, residualLearningRate: 0.03 }),
  );
  const broke = result.lanes['d61']!.firstNonFinite!;
  expect(broke).toMatchObject({ step: 1, phase: 'forward' });
  expect(broke.value).toMatch(/Infinity/);
  expect(widget.describe(settings('relu'), result, sayFor())).toMatch(
    /61 layers: diverged at step 1/,
  );
});
