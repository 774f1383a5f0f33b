import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import {
  descend,
  gradientNorm,
  START,
  STEPS,
  stepsUntil,
  weightsAt,
} from '../../../src/widgets/narrow-valley/valley';
import widget from '../../../src/widgets/narrow-valley/widget';

const settings = fc.record({
  conditionNumber: fc.double({ min: 1, max: 200, noNaN: true }),
  rate: fc.double({ min: 0.05, max: 1.15, noNaN: true }),
});
const preset = (name: string) => descend(presetSettings(widget, name));

/** Gradient descent by the Hessian itself, which has κ along (1, 1) and 1 along (1, −1). */
function walk(conditionNumber: number, rate: number): [number, number][] {
  const own = (conditionNumber + 1) / 2;
  const mixed = (conditionNumber - 1) / 2;
  const learningRate = (2 * rate) / conditionNumber;
  const path: [number, number][] = [weightsAt(START.across, START.along)];
  for (let step = 0; step < STEPS; step++) {
    const [first, second] = path.at(-1)!;
    path.push([
      first - learningRate * (own * first + mixed * second),
      second - learningRate * (mixed * first + own * second),
    ]);
  }
  return path;
}

describe('the narrow valley', () => {
  test('has the path that gradient descent takes by the Hessian of two weights', () => {
    fc.assert(
      fc.property(settings, ({ conditionNumber, rate }) => {
        const valley = descend({ conditionNumber, rate });
        walk(conditionNumber, rate).forEach(([first, second], step) => {
          const [x, y] = weightsAt(valley.across[step]!, valley.along[step]!);
          // The rounding of a step is multiplied by at most 1.3 in each step after it.
          const room = 1e-12 * 1.3 ** step;
          expect(Math.abs(x - first)).toBeLessThan(room);
          expect(Math.abs(y - second)).toBeLessThan(room);
        });
      }),
    );
  });

  test('is coloured by the length of the gradient, the difference quotients of the loss', () => {
    const loss = (steep: number, first: number, second: number) =>
      (steep * (first + second) ** 2 + (first - second) ** 2) / 4;
    const weight = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(settings, weight, weight, ({ conditionNumber: steep }, first, second) => {
        const gap = 1e-4;
        const slopes = [
          loss(steep, first + gap, second) - loss(steep, first - gap, second),
          loss(steep, first, second + gap) - loss(steep, first, second - gap),
        ].map((difference) => difference / (2 * gap));
        expect(gradientNorm(steep, first, second)).toBeCloseTo(Math.hypot(...slopes), 5);
      }),
    );
  });

  test('is crossed at each step above half the critical rate, and not below', () => {
    const sides = (name: string) => preset(name).across.map(Math.sign);
    expect(sides('problem').slice(0, 4)).toEqual([1, -1, 1, -1]);
    expect(sides('slow').slice(0, 4)).toEqual([1, 1, 1, 1]);
  });

  test('is left for good above the critical rate, though the error along it shrinks', () => {
    const { across, along } = preset('over');
    expect(Math.abs(across.at(-1)!)).toBeGreaterThan(100 * START.across);
    expect(along.at(-1)!).toBeLessThan(START.along);
    expect(stepsUntil(0.01, preset('over'))).toBe(Infinity);
  });

  test('counts the steps until a hundredth is left in both directions', () => {
    fc.assert(
      fc.property(settings, ({ conditionNumber, rate }) => {
        const valley = descend({ conditionNumber, rate });
        const steps = stepsUntil(0.01, valley);
        fc.pre(steps <= STEPS && steps > 1);
        const left = (step: number) =>
          Math.max(
            Math.abs(valley.across[step]!) / START.across,
            Math.abs(valley.along[step]!) / START.along,
          );
        expect(left(steps)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
        expect(left(steps - 1)).toBeGreaterThan(0.01 * (1 - 1e-9));
      }),
    );
  });

  test('is crossed soonest where both directions have one factor', () => {
    const best = (kappa: number) => descend({ conditionNumber: kappa, rate: kappa / (kappa + 1) });
    expect(best(50).steepFactor).toBeCloseTo(-best(50).flatFactor, 12);
    const challenge = widget.challenges![0]!;
    const at = (conditionNumber: number, rate: number) =>
      challenge.solved({ conditionNumber, rate }, descend({ conditionNumber, rate }));
    expect([at(50, 50 / 51), at(50, 0.9), at(10, 10 / 11)]).toEqual([true, false, false]);
  });
});
