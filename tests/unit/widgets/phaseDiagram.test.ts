import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import experiment from '../../../src/widgets/phase-diagram/experiment';
import type { PhaseSettings } from '../../../src/widgets/phase-diagram/params';
import { depthsOf, PLANE, placesOf, specOf } from '../../../src/widgets/phase-diagram/plan';
import { finished, trained, type PhaseResult } from '../../../src/widgets/phase-diagram/result';
import {
  chiAt,
  chiTable,
  criticalAt,
  criticalLine,
  criticalSigmaW,
  criticalWeights,
  depthScale,
  slopeSpread,
} from '../../../src/widgets/phase-diagram/theory';
import widget from '../../../src/widgets/phase-diagram/widget';

const service = createLocalEngineService('captured');
afterAll(() => service.close());

const say = sayFor();
const settings = (changes: Partial<PhaseSettings> = {}): PhaseSettings => ({
  ...presetSettings(widget, 'problem'),
  ...changes,
});

describe('the theory of tanh', () => {
  // Computed independently with a 1601-node trapezoid rule and 400 iterations of the variance.
  test.each([
    [0, [0.25, 0.64, 1, 1.034, 1.139, 1.363, 1.86, 2.377]],
    [0.05, [0.248, 0.632, 0.934, 1.025, 1.137, 1.362, 1.859, 2.377]],
    [0.3, [0.209, 0.496, 0.7, 0.87, 1.061, 1.327, 1.844, 2.367]],
    [1, [0.112, 0.27, 0.399, 0.538, 0.753, 1.096, 1.711, 2.278]],
  ])('χ at σ_b = %d', (sigmaB, expected) => {
    const columns = [0.5, 0.8, 1, 1.2, 1.5, 2, 3, 4];
    columns.forEach((sigmaW, k) =>
      expect(Math.abs(chiAt('tanh', sigmaW, sigmaB) - expected[k]!)).toBeLessThan(6e-4),
    );
  });

  test.each([
    [0.01, 1.042],
    [0.05, 1.1225],
    [0.1, 1.1934],
    [0.2, 1.3041],
    [0.3, 1.3956],
    [0.5, 1.5497],
    [0.8, 1.7424],
    [1, 1.8556],
  ])('σ_b = %d is critical at σ_w = %d', (sigmaB, sigmaW) => {
    expect(criticalSigmaW(sigmaB)).toBeCloseTo(sigmaW, 3);
    expect(chiAt('tanh', criticalSigmaW(sigmaB), sigmaB)).toBeCloseTo(1, 6);
  });

  test('the table for drawing agrees with the fixed point', () => {
    for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
      const chi = chiTable(activation);
      for (const sigmaW of [0.2, 0.9, 1.3, 2.5, 4])
        for (const sigmaB of [0.05, 0.5, 1])
          expect(chi(sigmaW, sigmaB) / chiAt(activation, sigmaW, sigmaB)).toBeCloseTo(1, 2);
    }
  });

  test('without biases the critical σ_w is 1', () => {
    expect(criticalSigmaW(0)).toBeCloseTo(1, 4);
  });
});

describe('the other activation functions', () => {
  test('χ of ReLU is half of σ_w², and 1 for He’s weights', () => {
    expect(chiAt('relu', Math.SQRT2, 0.3)).toBeCloseTo(1, 10);
    expect(chiAt('relu', 1, 0)).toBeCloseTo(0.5, 10);
    const { sigmaW } = criticalLine('relu', PLANE.sigmaB, 4);
    expect(new Set(sigmaW)).toEqual(new Set([Math.SQRT2]));
  });

  test('the plane holds no critical place of the sigmoid', () => {
    for (const sigmaB of PLANE.sigmaB)
      for (const sigmaW of [1, 2, 3, PLANE.sigmaW.at(-1)!])
        expect(chiAt('sigmoid', sigmaW, sigmaB)).toBeLessThan(1);
    // Where χ could be 1 the weights are too large for the plane, or no bias would do.
    for (const q of [0.01, 0.1, 1, 10]) {
      const { sigmaW, sigmaB } = criticalAt('sigmoid', q);
      expect(Number.isNaN(sigmaB) || sigmaW > 4).toBe(true);
    }
  });
});

test('the sigmoid is critical far outside the plane', () => {
  // As q* grows, σ_w² → 15.04 √q*: with E φ² ≈ ½ no bias is left near q* ≈ 50, at σ_w ≈ 10.
  const sigmaW = criticalWeights('sigmoid', 0.05);
  expect(sigmaW).toBeGreaterThan(9.5);
  expect(sigmaW).toBeLessThan(11);
  expect(chiAt('sigmoid', sigmaW, 0.05)).toBeCloseTo(1, 6);
  expect(criticalWeights('tanh', 0.05)).toBe(criticalSigmaW(0.05));
});

describe('the spread of the slopes', () => {
  test('is 1 where all units are straight, and grows along the line', () => {
    expect(slopeSpread('tanh', 0.5, 0)).toBeCloseTo(1, 10);
    const along = [0.02, 0.1, 0.2, 0.3, 0.5].map((sigmaB) =>
      slopeSpread('tanh', criticalSigmaW(sigmaB), sigmaB),
    );
    expect(along).toEqual(along.toSorted((a, b) => a - b));
    expect(along[0]).toBeLessThan(1.05);
    expect(along.at(-1)).toBeGreaterThan(1.5);
  });

  test('of ReLU is 2: half of its slopes are 0', () => {
    expect(slopeSpread('relu', Math.SQRT2, 0)).toBe(2);
  });
});

test('the depth scale is the number of layers for a factor e', () => {
  expect(depthScale(Math.exp(-1 / 7))).toBeCloseTo(7, 10);
  expect(depthScale(Math.exp(1 / 7))).toBeCloseTo(7, 10);
  expect(depthScale(1)).toBe(Infinity);
});

describe('the plan', () => {
  test('draws weights and biases of the place’s variance', () => {
    const [place] = placesOf(settings());
    expect(specOf(settings(), place!, 7, 3)).toMatchObject({
      network: {
        depth: 7,
        initializer: { kind: 'leCunNormal', gain: 0.5 },
        bias: { std: 0.05 },
      },
      seed: 3,
    });
  });

  test('draws Gaussian or orthogonal weights of one variance', () => {
    const drawn = specOf(settings({ weights: 'orthogonal' }), placesOf(settings())[2]!, 7, 3);
    expect(drawn.network).toMatchObject({ initializer: { kind: 'orthogonal', gain: 1.1 } });
  });

  test('follows the critical line, for tanh alone', () => {
    for (const { sigmaW, sigmaB } of placesOf(settings({ path: 'critical' })))
      expect(chiAt('tanh', sigmaW, sigmaB)).toBeCloseTo(1, 6);
    const relu = placesOf(settings({ activation: 'relu', path: 'critical' }));
    expect(relu).toEqual(placesOf(settings({ activation: 'relu' })));
  });
});

describe('the survey', () => {
  const few = settings({ steps: 10, repeats: 2 });
  const total = depthsOf(few).length * placesOf(few).length * 2;

  test('yields the plane at once, then one network after another', async () => {
    const counts: number[] = [];
    let last: PhaseResult | null = null;
    for await (last of experiment(few, service, {})) {
      counts.push(finished(last));
      expect(last.plane.chi).toHaveLength(PLANE.sigmaB.length);
      expect(widget.progress!(few, last)).toEqual({ done: finished(last), total });
      for (const { chart } of widget.figures) expect(() => chart(few, last!, say)).not.toThrow();
      expect(widget.describe(few, last, say)).toMatch(/\.$/);
    }
    expect(counts).toEqual(Array.from({ length: total + 1 }, (_, i) => i));
    expect(last!.backend).toBe('captured');
    expect(last!.accuracy.flat().every((seeds) => seeds.length === 2)).toBe(true);
  });

  test('a backend that is asked for is used', async () => {
    const some = settings({ steps: 10 });
    let last: PhaseResult | null = null;
    for await (last of experiment(some, createLocalEngineService(), { backend: 'wasm' }))
      if (finished(last) > 0) break;
    expect(last!.backend).toBe('wasm');
  });

  test('another seed gives other networks', async () => {
    const of = async (seed: number) => {
      let last: PhaseResult | null = null;
      for await (last of experiment(settings({ steps: 30, seed }), service, {}));
      return last!.accuracy;
    };
    expect(await of(1)).not.toEqual(await of(2));
  });

  test('the trained depth is the greatest that reached half', () => {
    const { median, deepest } = trained(
      [
        [[0.9], [0.2], [0.4, 0.6, 0.7]],
        [[0.8], [0.3], [0.4, 0.45, 0.9]],
        [[0.1], [0.1], []],
      ],
      [5, 10, 20],
    );
    expect(deepest).toEqual([10, 0, 5]);
    expect(median[2]).toEqual([0.1, 0.1, NaN]);
  });
});
