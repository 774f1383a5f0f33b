import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activationDerivative } from '../../../src/engine/closedForms';
import { migrate, presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { backpropagate, type Chain } from '../../../src/widgets/backprop-chain/chain';
import experiment from '../../../src/widgets/backprop-chain/experiment';
import {
  explodingInterval,
  explodingWidth,
} from '../../../src/widgets/backprop-chain/explodingInterval';
import type { ChainSettings } from '../../../src/widgets/backprop-chain/params';
import widget from '../../../src/widgets/backprop-chain/widget';
import { ownFolder, readFolder } from '../../golden/files';

const golden = readFolder(ownFolder).tables.scalar_chain;

function expectClose(actual: number[], expected: number[], relative: number) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `entry ${i}`).toBeLessThanOrEqual(
      relative * Math.abs(expected[i]!),
    );
  });
}

const say = sayFor();
const run = (preset: string) => experiment(presetSettings(widget, preset));
const valuesOf = (preset: string) => widget.values(presetSettings(widget, preset), run(preset));

describe('the scalar chain', () => {
  test.each(golden.map((chain, i) => [i, chain] as const))(
    'reproduces reference chain %i',
    (_, chain) => {
      const result = backpropagate({
        weights: chain.w,
        biases: chain.b,
        input: chain.a0,
        target: chain.target,
      });
      expectClose(result.activation, chain.a, 1e-12);
      expectClose(result.activationGradient, chain.sigmoid_prime, 1e-10);
      expectClose([result.loss, result.outputGradient], [chain.J, chain.dJ_da4], 1e-10);
      expectClose(result.biasGradient, chain.dJ_db, 1e-10);
      expectClose(result.weightGradient, chain.dJ_dw, 1e-10);
    },
  );

  test('agrees with central differences of the loss at random weights', () => {
    const finite = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 10 }),
        finite,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (units, input, target) => {
          const weights = units.map(([w]) => w);
          const biases = units.map(([, b]) => b);
          const loss = (change: (w: number[], b: number[]) => void) => {
            const [w, b] = [[...weights], [...biases]];
            change(w, b);
            return backpropagate({ weights: w, biases: b, input, target }).loss;
          };
          const chain = backpropagate({ weights, biases, input, target });
          const h = 1e-5;
          units.forEach((_, l) => {
            const byBias =
              (loss((_w, b) => (b[l]! += h)) - loss((_w, b) => (b[l]! -= h))) / (2 * h);
            const byWeight = (loss((w) => (w[l]! += h)) - loss((w) => (w[l]! -= h))) / (2 * h);
            // The loss is below 0.5, so its rounding, 1e-16, becomes 1e-11 of a difference quotient;
            // the quotient's own error is of the order of h².
            expect(Math.abs(byBias - chain.biasGradient[l]!)).toBeLessThan(1e-8);
            expect(Math.abs(byWeight - chain.weightGradient[l]!)).toBeLessThan(1e-8);
          });
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test('keeps the slope of a saturated unit, where 1 − σ(z) has no digits left', () => {
    const [above, below] = [40, -40].map((bias) =>
      backpropagate({ weights: [1], biases: [bias], input: 0, target: 0 }),
    ) as [Chain, Chain];
    expect(above.activation[0]).toBe(1);
    expect(above.activationGradient[0]).toBeCloseTo(Math.exp(-40), 30);
    expect(below.activationGradient[0]).toBe(above.activationGradient[0]);
  });

  test('refuses a chain without one bias for each weight', () => {
    expect(() => backpropagate({ weights: [1], biases: [], input: 0, target: 0 })).toThrow(
      '1 weights and 0 biases',
    );
  });
});

describe('where a sigmoid unit enlarges a gradient', () => {
  test.each([
    [5, 0.385],
    [6, 0.439],
    [8, 0.441],
    [20, 0.289],
    [100, 0.092],
  ])('the interval for |w| = %d is %d wide', (w, width) => {
    expect(explodingWidth(w)).toBeCloseTo(width, 3);
    expect(explodingWidth(-w)).toBe(explodingWidth(w));
  });

  test('there is none up to |w| = 4, and it is widest near 6.9', () => {
    expect(explodingInterval(4, -2)).toBeNull();
    expect(explodingInterval(-4, 2)).toBeNull();
    const weights = Array.from({ length: 2000 }, (_, i) => 4 + i / 100);
    const widest = weights.reduce((a, b) => (explodingWidth(a) > explodingWidth(b) ? a : b));
    expect(widest).toBeCloseTo(6.9, 0);
    expect(explodingWidth(widest)).toBeCloseTo(0.448, 3);
  });

  test('at its ends the factor is exactly 1, inside above, outside below', () => {
    for (const [w, b] of [
      [8, -4],
      [-8, 4],
      [5, 1],
    ] as const) {
      const { low, high } = explodingInterval(w, b)!;
      const factor = (h: number) => Math.abs(w) * activationDerivative('sigmoid', w * h + b);
      expect(factor(low)).toBeCloseTo(1, 12);
      expect(factor(high)).toBeCloseTo(1, 12);
      expect(factor((low + high) / 2)).toBeCloseTo(Math.abs(w) / 4, 12);
      expect(factor(low - 0.01)).toBeLessThan(1);
    }
  });
});

describe('backprop-chain, the widget', () => {
  test.each([
    ['problem', 9.6e-3],
    ['halves', 1.8e-3],
    ['critical', 1],
    ['exploding', 8],
    ['saturated', 1.2e-6],
    ['mixed', -9.2e-3],
  ])('preset %s leaves %d of the gradient at the first unit', (preset, ratio) => {
    expect((valuesOf(preset)['biasFirstToLast'] as number) / ratio).toBeCloseTo(1, 1);
  });

  test('problem and critical differ a hundredfold in what reaches the first unit', () => {
    const ratio = (preset: string) => valuesOf(preset)['biasFirstToLast'] as number;
    expect(ratio('critical') / ratio('problem')).toBeGreaterThan(100);
  });

  test('with |w| ≤ 1 the product of U units is at most 4 to the power −U, tightest at z = 0', () => {
    for (const units of [4, 10]) {
      const chain = experiment({ ...presetSettings(widget, 'problem'), units });
      expect(Math.abs(chain.biasGradient[0]!)).toBeLessThan(4 ** -units);
    }
  });

  test('sliders of single units count only while the switch is on', () => {
    const settings = { ...presetSettings(widget, 'problem'), w2: 5 };
    expect(experiment(settings)).toEqual(run('problem'));
    expect(experiment({ ...settings, each: true }).weights).toEqual([1, 5, 1, 1]);
  });

  test('switching to single units keeps the chain as it is, also of units added later', () => {
    const before: ChainSettings = presetSettings(widget, 'exploding');
    const after = widget.carry!(before, { ...before, each: true });
    expect(after.each).toBe(true);
    expect(experiment(after)).toEqual(experiment(before));
    expect(experiment({ ...after, units: 10 })).toEqual(experiment({ ...before, units: 10 }));
  });

  test('single units keep their own values while another control moves, and when they are switched off', () => {
    const before: ChainSettings = presetSettings(widget, 'mixed');
    for (const after of [
      { ...before, t: 0.5 },
      { ...before, each: false },
    ]) {
      expect(widget.carry!(before, after)).toEqual(after);
    }
  });

  test('each challenge is open at the problem and solved by a setting that solves it', () => {
    const solutions: Record<string, Partial<ChainSettings>> = {
      explode: widget.presets['exploding']!.params,
      balance: { ...widget.presets['critical']!.params, units: 10 },
      saturate: { w: 8, input: 1, units: 10 },
    };
    const problem: ChainSettings = presetSettings(widget, 'problem');
    for (const challenge of widget.challenges!) {
      const solution = { ...problem, ...solutions[challenge.id] };
      expect(challenge.solved(problem, experiment(problem)), challenge.id).toBe(false);
      expect(challenge.solved(solution, experiment(solution)), challenge.id).toBe(true);
    }
  });

  test('the description names the factors, what is left, and where a unit can enlarge', () => {
    const text = (preset: string) =>
      widget.describe(presetSettings(widget, preset), run(preset), say);
    expect(text('problem')).toContain('multiplied by 0.224, 0.219 and 0.197');
    expect(text('problem')).toContain('no unit can enlarge');
    expect(text('critical')).toContain('it keeps its size');
    expect(text('exploding')).toContain('it grows to 8 times its size');
    expect(text('exploding')).toContain('lies between 0.28 and 0.72');
  });
});

describe('links of version 1', () => {
  test('their a0 is the input', () => {
    expect(migrate(widget, { w: '8', a0: '0.5' }, 1)).toEqual({ w: '8', input: '0.5' });
    expect(migrate(widget, { w: '0.5' }, 1)).toEqual({ w: '0.5' });
  });
});
