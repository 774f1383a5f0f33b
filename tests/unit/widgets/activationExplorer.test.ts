import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activationValue, chi, nextVariance, Rng } from '../../../src/engine/closedForms';
import type { ActivationName } from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import {
  derivations,
  disagreement,
  STEP,
} from '../../../src/widgets/activation-explorer/derivations';
import { conditionNumber, explore } from '../../../src/widgets/activation-explorer/explored';
import { labels, type ExplorerSettings } from '../../../src/widgets/activation-explorer/params';
import widget from '../../../src/widgets/activation-explorer/widget';

const say = sayFor();
const names = Object.keys(labels) as ActivationName[];
const at = (settings: Partial<ExplorerSettings>): ExplorerSettings => ({
  ...presetSettings(widget, 'problem'),
  ...settings,
});

describe('the derivations', () => {
  test.each(names)('every line of those of %s has the same value, away from a kink', (name) => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (z) => {
        fc.pre(Math.abs(z) > 2 * STEP);
        for (const derivation of derivations[name]) {
          // A quotient of numbers up to 6 loses 1e-16 · 6/2ε, and its own error is of the order ε².
          expect(disagreement(derivation, z), derivation.title).toBeLessThan(1e-9);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('a wrong line is found', () => {
    const [right] = derivations.tanh;
    const wrong = {
      ...right!,
      lines: [...right!.lines, { formula: '1 − tanh z', value: (z: number) => 1 - Math.tanh(z) }],
    };
    expect(disagreement(wrong, 1)).toBeGreaterThan(0.1);
  });

  test('the difference quotient halves the step of ReLU’s slope at its kink', () => {
    expect(explore(at({ activation: 'relu', z: 0 })).disagreement).toBeCloseTo(0.5, 10);
  });
});

describe('what the next layer receives', () => {
  test('ReLU has mean 1/√2π, half the mean square and a third of a condition of 32 inputs', () => {
    const relu = explore(at({ activation: 'relu' }));
    expect(relu.mean).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 6);
    expect(relu.variance).toBeCloseTo(0.5 - 1 / (2 * Math.PI), 6);
    expect(relu.gain).toBeCloseTo(Math.SQRT2, 6);
    expect(conditionNumber(32, relu)).toBeCloseTo(1 + 32 / (Math.PI - 1), 4);
  });

  test('the condition number is that of sampled inputs', () => {
    const [inputs, samples] = [8, 40_000];
    const rng = new Rng(7);
    let along = 0;
    let across = 0;
    for (let i = 0; i < samples; i++) {
      const h = Array.from({ length: inputs }, () => activationValue('sigmoid', rng.normal()));
      along += h.reduce((sum, one) => sum + one, 0) ** 2 / inputs / samples;
      across += (h[0]! - h[1]!) ** 2 / 2 / samples;
    }
    // Two variances of 40,000 samples: each is within about 1 %.
    const theory = conditionNumber(inputs, explore(at({ activation: 'sigmoid' })));
    expect(along / across / theory).toBeCloseTo(1, 1);
  });

  test.each(names)('the gain of %s keeps variance 1, and its slope is that of the map', (name) => {
    const { gain, varianceSlope } = explore(at({ activation: name }));
    const next = (q: number) => nextVariance(name, gain, 0, q);
    expect(next(1)).toBeCloseTo(1, 10);
    expect((next(1 + 1e-4) - next(1 - 1e-4)) / 2e-4).toBeCloseTo(varianceSlope, 5);
  });

  test.each(names)('χ of %s is that of the mean-field theory at its gain', (name) => {
    const explored = explore(at({ activation: name }));
    expect(explored.chi).toBeCloseTo(chi(name, explored.gain, 1), 10);
  });

  test('the gain that keeps the signal of tanh lets its gradient grow, more than others do', () => {
    const of = (activation: ExplorerSettings['activation']) => explore(at({ activation })).chi;
    expect(of('tanh')).toBeGreaterThan(1.17);
    expect(of('relu')).toBeCloseTo(1, 6);
    for (const name of ['elu', 'selu', 'gelu', 'silu'] as const)
      expect(of(name)).toBeLessThan(1.08);
  });

  test('errors of the variance die out for ELU and SELU and grow for GELU and SiLU', () => {
    const slope = (activation: ExplorerSettings['activation']) =>
      explore(at({ activation })).varianceSlope;
    expect(Math.max(slope('elu'), slope('selu'), slope('tanh'))).toBeLessThan(0.9);
    expect(Math.min(slope('gelu'), slope('silu'))).toBeGreaterThan(1.1);
    expect(slope('relu')).toBeCloseTo(1, 6);
  });
});

describe('activation-explorer, the widget', () => {
  test('the gate multiplies', () => {
    const { downstream, activationGradient } = explore(at({ z: 1, upstream: -2 }));
    expect(downstream).toBe(-2 * activationGradient);
  });

  test('each challenge is open at the problem and solved by a setting that solves it', () => {
    const solutions: Record<string, Partial<ExplorerSettings>> = {
      enlarge: { activation: 'selu', z: 1 },
      sign: { activation: 'gelu', z: -1.4 },
      kink: { activation: 'relu', z: 0 },
    };
    for (const { id, solved } of widget.challenges!) {
      expect(solved(at({}), explore(at({}))), id).toBe(false);
      const solution = at(solutions[id]!);
      expect(solved(solution, explore(solution)), id).toBe(true);
    }
  });

  test('the description names height, slope and what leaves the gate', () => {
    const text = widget.describe(at({}), explore(at({})), say);
    expect(text).toContain('h = 0.982, slope 0.0177. The unit is saturated there.');
    expect(text).toContain('An upstream gradient of 1 leaves the gate as 0.0177.');
    const kink = at({ activation: 'relu', z: 0 });
    expect(widget.describe(kink, explore(kink), say)).toContain('At this kink');
  });

  test('shades the saturated part and nothing else', () => {
    const chart = widget.figures[0]!.chart(at({}), explore(at({})), say);
    const band = chart.kind === 'line' ? chart.series[0]! : null;
    band!.x.forEach((z, i) => {
      // σ′ is below 9.75 % of 1/4 beyond ln(0.975/0.025) ≈ 3.66.
      expect(Number.isFinite(band!.band!.low[i]!), String(z)).toBe(Math.abs(z) > 3.664);
    });
  });
});
