import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { table } from '../../../src/kit/charts/table';
import { english } from '../../../src/kit/charts/words';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { block, blockAt } from '../../../src/widgets/residual-block/block';
import type { BlockSettings } from '../../../src/widgets/residual-block/params';
import widget from '../../../src/widgets/residual-block/widget';

const at = (preset: string, own: Partial<BlockSettings> = {}): BlockSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});
const STEP = 1e-6;

describe('a block', () => {
  test.each(['sum', 'postActivation', 'preActivation'] as const)(
    'has the derivative that differences give: %s',
    (form) => {
      const weight = fc.double({ min: -3, max: 3, noNaN: true });
      fc.assert(
        fc.property(weight, weight, weight, weight, (x, w1, w2, b) => {
          const settings = at('problem', { form, activation: 'tanh', w1, w2, b });
          const here = blockAt(settings, x);
          const [up, down] = [blockAt(settings, x + STEP), blockAt(settings, x - STEP)];
          const quotient = (of: 'output' | 'plainOutput' | 'branch') =>
            (up[of] - down[of]) / (2 * STEP);
          // Outputs of at most 12 lose 1e-15 to rounding, over 2e-6; the cut-off is of the order 1e-12.
          expect(Math.abs(here.derivative - quotient('output'))).toBeLessThan(1e-7);
          expect(Math.abs(here.plainDerivative - quotient('plainOutput'))).toBeLessThan(1e-7);
          expect(Math.abs(here.branchDerivative - quotient('branch'))).toBeLessThan(1e-7);
        }),
        { seed: 1, numRuns: 200 },
      );
    },
  );

  test('can be above 1, at 1, below 1, at 0 and below 0', () => {
    const derivative = (preset: string) => block(at(preset)).derivative;
    expect(derivative('problem')).toBeGreaterThan(1);
    expect(derivative('identity')).toBe(1);
    expect(derivative('below')).toBeGreaterThan(0);
    expect(derivative('below')).toBeLessThan(1);
    expect(derivative('zero')).toBe(0);
    expect(derivative('negative')).toBe(-1);
  });

  test('of ReLU that is off passes nothing after the sum, and all of it inside the branch', () => {
    expect(block(at('postOff')).derivative).toBe(0);
    expect(block(at('cure')).derivative).toBe(1);
  });
});

test('a chain multiplies the derivatives at the signals that it makes', () => {
  const settings = at('problem', { blocks: 12, w2: -0.7, b: 0.2 });
  const last = (x: number) => block({ ...settings, x }).residual.signal.at(-1)!;
  const quotient = (last(1 + STEP) - last(1 - STEP)) / (2 * STEP);
  const { residual, plain } = block({ ...settings, x: 1 });
  expect(residual.signal).toHaveLength(13);
  expect(residual.product.at(-1)).toBeCloseTo(quotient, 8);
  expect(plain.product[1]).toBeCloseTo(block(settings).plainDerivative, 12);
});

test('says how the derivative stands to 1 and to 0', () => {
  const said = (preset: string) => widget.describe(at(preset), block(at(preset)), sayFor());
  expect(said('negative')).toContain(
    '1 + F′ is −1: below 0, so a gradient comes out with its sign',
  );
  expect(said('zero')).toContain('is 0: nothing of a gradient passes.');
  expect(said('identity')).toContain('is 1: a gradient passes as it is.');
});

test('no cell of its tables is without a number, whatever the drawing shades', () => {
  const settings = at('problem');
  for (const { chart } of widget.figures) {
    const cells = table(chart(settings, block(settings), sayFor('en')), english).rows.flat();
    expect(cells.filter((cell) => Number.isNaN(cell))).toEqual([]);
  }
});
