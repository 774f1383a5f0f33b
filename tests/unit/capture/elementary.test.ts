/** The executor's own elementary functions against double precision, over the whole float32 range. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCaptured, useCpu, type TestStep } from './steps.ts';

beforeAll(useCpu);

const count = 200_003;

/** Floats evenly spread over the bit patterns of [low, high], so that every magnitude is met. */
function spread(low: number, high: number): Float32Array {
  const toOrder = (x: number): number => {
    const bits = new Int32Array(Float32Array.of(x).buffer)[0]!;
    return bits < 0 ? -(bits & 0x7fffffff) : bits;
  };
  const [from, to] = [toOrder(low), toOrder(high)];
  return Float32Array.from({ length: count }, (_, i) => {
    const order = Math.round(from + ((to - from) * i) / (count - 1));
    return new Float32Array(Int32Array.of(order < 0 ? -order | 0x80000000 : order).buffer)[0]!;
  });
}

/** Distance of neighbouring floats at x. */
function ulp(x: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126)));
  return 2 ** (exponent - 23);
}

function erf(x: number): number {
  // Maclaurin series near 0, continued fraction beyond: 1e-15.
  if (Math.abs(x) > 6) return Math.sign(x);
  if (Math.abs(x) < 2.5) {
    let [term, sum] = [x, x];
    for (let n = 1; n < 80; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (Math.abs(x) + fraction);
  return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (Math.abs(x) + fraction));
}

interface Case {
  run: (x: tf.Tensor) => tf.Tensor;
  exact: (x: number) => number;
  range: [number, number];
  /** Largest error in units of the last place of the exact result. */
  ulps: number;
}

const cases: Record<string, Case> = {
  exp: { run: tf.exp, exact: Math.exp, range: [-110, 89.5], ulps: 1.0 },
  expm1: { run: tf.expm1, exact: Math.expm1, range: [-100, 89.5], ulps: 1.5 },
  log: { run: tf.log, exact: Math.log, range: [0, 3.4e38], ulps: 0.8 },
  log1p: { run: tf.log1p, exact: Math.log1p, range: [-0.9999999, 3e38], ulps: 1.5 },
  tanh: { run: tf.tanh, exact: Math.tanh, range: [-12, 12], ulps: 2.4 },
  sigmoid: { run: tf.sigmoid, exact: (x) => 1 / (1 + Math.exp(-x)), range: [-104, 104], ulps: 1.5 },
  softplus: {
    run: tf.softplus,
    exact: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    range: [-104, 1e6],
    ulps: 1.75,
  },
  // From 1 on the formula that tfjs has, whose own error is 1.5e-7.
  erf: { run: tf.erf, exact: erf, range: [1e-30, 5], ulps: 3.6 },
  elu: { run: tf.elu, exact: (x) => (x >= 0 ? x : Math.expm1(x)), range: [-90, 10], ulps: 0.9 },
  sin: { run: tf.sin, exact: Math.sin, range: [-1e4, 1e4], ulps: 0.51 },
  cos: { run: tf.cos, exact: Math.cos, range: [-1e4, 1e4], ulps: 0.51 },
};

async function apply(run: (x: tf.Tensor) => tf.Tensor, x: Float32Array): Promise<Float32Array> {
  const step: TestStep = {
    state: {},
    feeds: { x: [x.length] },
    step: (inputs) => ({ y: run(inputs['x']!) }),
  };
  return (await runCaptured(step, {}, () => ({ x }), 1))['y']!;
}

describe('elementary functions', () => {
  it.each(Object.entries(cases))(
    '%s is as exact as float32 allows',
    async (_, { run, exact, range, ulps }) => {
      const x = spread(...range);
      const y = await apply(run, x);
      let worst = 0;
      let where = 0;
      for (let i = 0; i < count; i++) {
        const expected = exact(x[i]!);
        const rounded = Math.fround(expected);
        if (y[i] === rounded) continue;
        const error = Math.abs(y[i]! - expected) / ulp(expected);
        if (!(error <= worst)) [worst, where] = [error, x[i]!];
      }
      expect(worst, `worst at ${where}`).toBeLessThan(ulps);
    },
  );

  it('keeps the signs of nothing and of everything', async () => {
    const x = Float32Array.of(0, Infinity, -Infinity, NaN, -1);
    const expected: [run: (x: tf.Tensor) => tf.Tensor, values: number[]][] = [
      [tf.exp, [1, Infinity, 0, NaN, Math.fround(Math.exp(-1))]],
      [tf.log, [-Infinity, Infinity, NaN, NaN, NaN]],
      [tf.tanh, [0, 1, -1, NaN, Math.fround(Math.tanh(-1))]],
      [tf.sigmoid, [0.5, 1, 0, NaN, Math.fround(1 / (1 + Math.E))]],
      [tf.relu, [0, Infinity, 0, NaN, 0]],
      [
        tf.softplus,
        [Math.fround(Math.LN2), Infinity, 0, NaN, Math.fround(Math.log1p(Math.exp(-1)))],
      ],
      [tf.erf, [0, 1, -1, NaN, Math.fround(erf(-1))]],
      [tf.elu, [0, Infinity, -1, NaN, Math.fround(Math.expm1(-1))]],
      [tf.sqrt, [0, Infinity, NaN, NaN, NaN]],
    ];
    for (const [run, values] of expected) {
      const y = await apply(run, x);
      values.forEach((value, i) => {
        if (Number.isFinite(value)) expect(y[i]).toBeCloseTo(value, 6);
        else expect(y[i]).toBe(value);
      });
    }
  });
});
