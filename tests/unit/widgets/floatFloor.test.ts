import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import experiment, { depthsUpTo } from '../../../src/widgets/float-floor/experiment';
import {
  lostDepth,
  predictedDepth,
  rootMeanSquare,
  theoryFactorPerLayer,
  weightFactorPerLayer,
} from '../../../src/widgets/float-floor/floors';
import { firstLayerGradients } from '../../../src/widgets/float-floor/pass';
import {
  flushing,
  multiply,
  PRECISIONS,
  roundToFloat16,
} from '../../../src/widgets/float-floor/precision';
import widget from '../../../src/widgets/float-floor/widget';

const [float64, float32, float16] = PRECISIONS as [
  (typeof PRECISIONS)[0],
  (typeof PRECISIONS)[0],
  (typeof PRECISIONS)[0],
];

/** The value of a binary16 pattern, by the definition of the format. */
function decode(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >>> 10) & 0x1f;
  const fraction = pattern & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

describe('rounding to float16', () => {
  test('every one of the 65536 patterns is its own rounding', () => {
    for (let pattern = 0; pattern < 65536; pattern++) {
      const value = decode(pattern);
      if (!Object.is(roundToFloat16(value), value)) {
        expect(roundToFloat16(value), `pattern ${pattern}`).toBe(value);
      }
    }
  });

  test('between neighbours it takes the nearer, and on a tie the one with an even fraction', () => {
    for (let pattern = 0; pattern < 0x7bff; pattern++) {
      const [low, high] = [decode(pattern), decode(pattern + 1)];
      const middle = (low + high) / 2; // exact: one more bit than float16 has
      const even = pattern % 2 === 0 ? low : high;
      const tiny = (high - low) * 1e-6;
      const found = [middle, middle - tiny, middle + tiny].map(roundToFloat16);
      const wanted = [even, low, high];
      if (!found.every((value, i) => value === wanted[i])) {
        expect(found, `between patterns ${pattern} and ${pattern + 1}`).toEqual(wanted);
      }
      if (roundToFloat16(-middle) !== -even) expect(roundToFloat16(-middle)).toBe(-even);
    }
  });

  test.each([
    ['largest finite number', 65504, 65504],
    ['just below the tie with what would come next', 65519.99, 65504],
    ['that tie, which goes to the even side: infinity', 65520, Infinity],
    ['half of the smallest number, a tie with 0', 2 ** -25, 0],
    ['just above it', 2 ** -25 * (1 + 1e-12), 2 ** -24],
    ['a double of float32’s subnormal size', 1e-45, 0],
    ['the smallest double', 5e-324, 0],
  ])('%s', (_, given, expected) => {
    expect(roundToFloat16(given)).toBe(expected);
    expect(roundToFloat16(-given)).toBe(expected === 0 ? -0 : -expected);
  });

  test('NaN stays NaN', () => {
    expect(roundToFloat16(NaN)).toBeNaN();
  });
});

describe('matrix product in a format', () => {
  test('float32 rounds each product and each sum', () => {
    const a = Float64Array.from([1, 2 ** -24, 2 ** -24]);
    const b = Float64Array.from([1, 1, 1]);
    expect(multiply(a, b, [1, 3, 1], float32)[0]).toBe(1);
    expect(multiply(a, b, [1, 3, 1], float64)[0]).toBe(1 + 2 ** -23);
  });

  test('float16 keeps its sums in float32 and rounds what it stores', () => {
    const a = Float64Array.from([1, 2 ** -11, 2 ** -11]);
    const b = Float64Array.from([1, 1, 1]);
    expect(multiply(a, b, [1, 3, 1], float16)[0]).toBe(1 + 2 ** -10);
    expect(multiply(a.subarray(0, 2), b, [1, 2, 1], float16)[0]).toBe(1);
  });

  test('flushing makes subnormals 0 and leaves the smallest normal number', () => {
    const { round } = flushing(float32);
    expect(round(2 ** -126)).toBe(2 ** -126);
    expect(round(2 ** -127)).toBe(0);
  });
});

describe('first-layer gradient', () => {
  const drawn = {
    x: Float64Array.from([0.5, 1, -1, 0.25]),
    labels: Int32Array.from([0, 2]),
    hidden: [
      Float64Array.from([0.4, -0.6, 0.9, 0.3]),
      Float64Array.from([-0.2, 0.8, 0.5, 0.7]),
      Float64Array.from([0.6, 0.1, -0.4, 1.1]),
    ],
    output: Float64Array.from([0.3, -0.5, 0.2, 0.9, -0.7, 0.4]),
    width: 2,
    batch: 2,
    classes: 3,
  };

  /** Mean softmax cross-entropy of the network of `depth` layers, written out without the pass. */
  function loss(first: Float64Array, depth: number, phi: (z: number) => number): number {
    const hidden = [first, ...drawn.hidden.slice(1, depth)];
    let total = 0;
    for (let c = 0; c < 2; c++) {
      let h = [drawn.x[2 * c]!, drawn.x[2 * c + 1]!];
      for (const w of hidden) {
        h = [0, 1].map((r) => phi(w[2 * r]! * h[0]! + w[2 * r + 1]! * h[1]!));
      }
      const o = [0, 1, 2].map(
        (k) => drawn.output[2 * k]! * h[0]! + drawn.output[2 * k + 1]! * h[1]!,
      );
      total += Math.log(o.reduce((sum, v) => sum + Math.exp(v), 0)) - o[drawn.labels[c]!]!;
    }
    return total / 2;
  }

  test.each([
    ['sigmoid', (z: number) => 1 / (1 + Math.exp(-z))],
    ['tanh', Math.tanh],
  ] as const)('%s: float64 agrees with central differences at depths 1 to 3', (name, phi) => {
    const depths = [1, 2, 3];
    const gradients = firstLayerGradients(drawn, depths, name, 1, float64);
    const h = 1e-6;
    depths.forEach((depth, at) => {
      drawn.hidden[0]!.forEach((_, i) => {
        const shifted = (by: number) => drawn.hidden[0]!.map((w, k) => (k === i ? w + by : w));
        const quotient = (loss(shifted(h), depth, phi) - loss(shifted(-h), depth, phi)) / (2 * h);
        expect(Math.abs(gradients[at]![i]! - quotient)).toBeLessThan(1e-9);
      });
    });
  });

  test('fewer depths give the same gradients for those that remain', () => {
    const all = firstLayerGradients(drawn, [1, 2, 3], 'sigmoid', 1, float32);
    expect(firstLayerGradients(drawn, [2], 'sigmoid', 1, float32)).toEqual([all[1]]);
    expect(firstLayerGradients(drawn, [1, 3], 'sigmoid', 1, float32)).toEqual([all[0], all[2]]);
  });

  test('a loss scale multiplies the gradient and nothing else', () => {
    const plain = firstLayerGradients(drawn, [1, 2, 3], 'sigmoid', 1, float64).at(-1)!;
    const scaled = firstLayerGradients(drawn, [1, 2, 3], 'sigmoid', 1024, float64).at(-1)!;
    scaled.forEach((g, i) => expect(g / 1024).toBe(plain[i]));
  });
});

describe('float-floor, the widget', () => {
  const valuesAt = (preset: string) => {
    const settings = presetSettings(widget, preset);
    return widget.values(settings, experiment(settings)) as Record<string, number>;
  };

  test('float16 loses the first layer near 10 sigmoid layers, float32 near 70, float64 not by 80', () => {
    const values = valuesAt('problem');
    expect(values['float16LostDepth']).toBeGreaterThanOrEqual(9);
    expect(values['float16LostDepth']).toBeLessThanOrEqual(13);
    expect(values['float32LostDepth']).toBeGreaterThanOrEqual(65);
    expect(values['float32LostDepth']).toBeLessThanOrEqual(75);
    expect(values['float64LostDepth']).toBe(Infinity);
  });

  test('float64 loses the first layer too, within a few percent of the depth that theory predicts', () => {
    const values = valuesAt('deep');
    expect(values['float64LostDepth']! / values['float64PredictedDepth']!).toBeGreaterThan(0.93);
    expect(values['float64LostDepth']! / values['float64PredictedDepth']!).toBeLessThan(1.07);
  });

  test('theory: √χ of a sigmoid network is 0.236, of a tanh network 1', () => {
    expect(theoryFactorPerLayer({ activation: 'sigmoid' })).toBeCloseTo(0.2361, 4);
    expect(theoryFactorPerLayer({ activation: 'tanh' })).toBeCloseTo(1, 9);
    const tanh = presetSettings(widget, 'cure');
    expect(predictedDepth(tanh, experiment(tanh), 'float32')).toBe(Infinity);
  });

  test('the predicted depth is one layer and the factors down to half of the smallest number', () => {
    const settings = presetSettings(widget, 'problem');
    const result = experiment(settings);
    const first = rootMeanSquare(result, 'float64')[0]!;
    const factors = Math.log((2 * first) / 2 ** -149) / -Math.log(theoryFactorPerLayer(settings));
    expect(predictedDepth(settings, result, 'float32')).toBeCloseTo(1 + factors, 9);
    const flushed = predictedDepth({ ...settings, flush: true }, result, 'float32');
    // From half of 2^−149 to 2^−126 there are 24 doublings.
    const doubling = Math.LN2 / -Math.log(theoryFactorPerLayer(settings));
    expect(flushed).toBeCloseTo(1 + factors - 24 * doubling, 9);
  });

  test('up to 110 networks have every depth, more are spaced evenly up to the largest', () => {
    expect(depthsUpTo(12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(depthsUpTo(110)).toHaveLength(110);
    expect(depthsUpTo(560).slice(0, 3)).toEqual([6, 12, 18]);
    expect(depthsUpTo(600).at(-1)).toBe(600);
  });

  test('where no entry is small, the precisions agree to their own digits', () => {
    const { precisions } = experiment(presetSettings(widget, 'problem'));
    // One rounding is 2^-24 or 2^-11 of a number; a pass over two layers makes a few dozen.
    expect(precisions.float32.norm[1]! / precisions.float64.norm[1]!).toBeCloseTo(1, 5);
    expect(precisions.float16.norm[1]! / precisions.float64.norm[1]!).toBeCloseTo(1, 2);
  });

  test('each layer multiplies the gradient by about 0.23, below the bound of a quarter', () => {
    const factors = [1, 2, 3, 4, 5].map((seed) =>
      weightFactorPerLayer(experiment({ ...presetSettings(widget, 'problem'), seed })),
    );
    for (const factor of factors) {
      expect(factor).toBeGreaterThan(0.2);
      expect(factor).toBeLessThan(0.25);
    }
  });

  test('scaling the loss by 2¹² gives float16 about six layers more', () => {
    const gained =
      valuesAt('scaled')['float16LostDepth']! - valuesAt('unscaled')['float16LostDepth']!;
    // 12 ln 2 / −ln 0.23 = 5.7
    expect(gained).toBeGreaterThanOrEqual(4);
    expect(gained).toBeLessThanOrEqual(8);
  });

  test('scaling too far overflows float16, and the values and words say so', () => {
    const settings = presetSettings(widget, 'overscaled');
    const result = experiment(settings);
    expect(widget.values(settings, result)['float16OverflowDepth']).toBe(1);
    expect(widget.describe(settings, result, sayFor())).toContain(
      'the scaled gradient overflows from depth 1 on',
    );
  });

  test('flushing subnormals loses the first layer earlier', () => {
    for (const name of ['float16', 'float32'] as const) {
      const lost = (preset: string) => lostDepth(experiment(presetSettings(widget, preset)), name)!;
      expect(lost('flushed'), name).toBeLessThan(lost('problem'));
    }
  });

  test('problem and cure: with tanh the deepest gradient is 10³⁰ times as large', () => {
    const deepest = (preset: string) => valuesAt(preset)['deepestFloat64Norm']!;
    expect(deepest('cure') / deepest('problem')).toBeGreaterThan(1e30);
  });

  test('another seed draws other networks', () => {
    const settings = presetSettings(widget, 'unscaled');
    expect(experiment({ ...settings, seed: 2 })).not.toEqual(experiment(settings));
  });

  test('each challenge is open at the problem and solved by a setting that solves it', () => {
    const problem = presetSettings(widget, 'problem');
    const solutions: Record<string, Partial<typeof problem>> = {
      sixteen: { lossScale: 12 },
      earlier: { flush: true },
    };
    for (const challenge of widget.challenges!) {
      const solution = { ...problem, ...solutions[challenge.id] };
      expect(challenge.solved(problem, experiment(problem)), challenge.id).toBe(false);
      expect(challenge.solved(solution, experiment(solution)), challenge.id).toBe(true);
    }
  });
});
