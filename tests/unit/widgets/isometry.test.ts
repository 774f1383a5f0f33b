import { afterAll, describe, expect, test } from 'vitest';
import { Rng } from '../../../src/engine/closedForms';
import { createLocalEngineService } from '../../../src/engine/node';
import type { MlpSpec } from '../../../src/engine/types';
import { presetValues } from '../../../src/kit/codec';
import { accumulate, emptyResult } from '../../../src/kit/result';
import experiment from '../../../src/widgets/isometry/experiment';
import { jacobianSpectra, withLayer, emptySpectrum } from '../../../src/widgets/isometry/jacobian';
import {
  identity,
  matrix,
  multiply,
  qr,
  singularValues,
  transpose,
  type Matrix,
} from '../../../src/widgets/isometry/matrix';
import type { IsometryValues } from '../../../src/widgets/isometry/params';
import widget from '../../../src/widgets/isometry/widget';

const service = createLocalEngineService('captured');
afterAll(() => service.close());

const normal = (rows: number, columns: number, seed = 1): Matrix => {
  const rng = new Rng(seed);
  return matrix(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => rng.normal()),
  );
};
const orthogonal = (n: number, seed: number) => qr(normal(n, n, seed)).q;
const diagonal = (entries: number[]): Matrix => {
  const result = identity(entries.length);
  entries.forEach((value, i) => (result.values[i * entries.length + i] = value));
  return result;
};
const far = (a: Matrix, b: Matrix) =>
  Math.max(...a.values.map((value, i) => Math.abs(value - b.values[i]!)));

describe('the matrices', () => {
  test('QR gives orthonormal columns, a triangle, and the matrix back', () => {
    const a = normal(9, 6);
    const { q, r } = qr(a);
    expect(far(multiply(transpose(q), q), identity(6))).toBeLessThan(1e-14);
    expect(far(multiply(q, r), a)).toBeLessThan(1e-14);
    for (let i = 0; i < 6; i++) for (let j = 0; j < i; j++) expect(r.values[i * 6 + j]).toBe(0);
  });

  test('QR of a matrix without full rank is still one', () => {
    const a = multiply(normal(5, 2, 1), normal(2, 5, 2));
    const { q, r } = qr(a);
    expect(far(multiply(transpose(q), q), identity(5))).toBeLessThan(1e-14);
    expect(far(multiply(q, r), a)).toBeLessThan(1e-14);
  });

  test('singular values of U D Vᵀ are those of D', () => {
    const values = [7, 3, 1, 0.2, 0];
    const a = multiply(multiply(orthogonal(5, 1), diagonal(values)), orthogonal(5, 2));
    singularValues(a).forEach((found, i) => expect(found).toBeCloseTo(values[i]!, 13));
  });

  test('tiny singular values of a graded triangle keep their relative precision', () => {
    const scales = [1, 1e-20, 1e-40, 1e-60];
    const { r } = qr(normal(4, 4, 3));
    const graded = multiply(diagonal(scales), r);
    // The product of the singular values is the determinant, whatever their size.
    const logs = singularValues(graded).reduce((sum, value) => sum + Math.log(value), 0);
    const exact = scales.reduce((sum, s, i) => sum + Math.log(s * Math.abs(r.values[i * 5]!)), 0);
    expect(logs).toBeCloseTo(exact, 10);
  });
});

const network = (changes: Partial<MlpSpec> = {}): MlpSpec => ({
  kind: 'mlp',
  depth: 6,
  width: 8,
  activation: 'linear',
  initializer: { kind: 'leCunNormal' },
  ...changes,
});

function lastOf(spec: MlpSpec, seed = 1, inputs = 8): number[] {
  let values: number[] = [];
  for ({ values } of jacobianSpectra(spec, inputs, seed));
  return values;
}

describe('the Jacobian', () => {
  test.each(['linear', 'tanh'] as const)('is the product of its factors: %s', (activation) => {
    // The same network by finite differences and a plain product, where that is precise enough.
    const spec = network({ activation, depth: 2 });
    const direct = directValues(spec, 1, 8);
    lastOf(spec).forEach((value, i) => expect(value / direct[i]!).toBeCloseTo(1, 6));
  });

  test('of orthogonal layers has every singular value at the gain’s power', () => {
    const spec = network({ initializer: { kind: 'orthogonal', gain: 1.2 }, depth: 10 });
    // Weights are float32, so each layer is orthogonal to seven digits.
    for (const value of lastOf(spec, 1, 16)) expect(value / 1.2 ** 10).toBeCloseTo(1, 5);
  });

  test('of Gaussian layers keeps the mean square, and nothing else', () => {
    const depth = 30;
    const runs = Array.from({ length: 40 }, (_, seed) =>
      lastOf(network({ depth, width: 16 }), seed, 16),
    );
    const logSmallest = runs.map((values) => Math.log(values.at(-1)!));
    const mean = logSmallest.reduce((a, b) => a + b) / runs.length;
    // Newman 1986: the smallest exponent is ½(ψ(½) + ln(2/n)) a layer, with ψ(½) = −1.96351.
    const theory = (depth * (-1.96351 + Math.log(2 / 16))) / 2;
    expect(Math.abs(mean / theory - 1)).toBeLessThan(0.05);
  });

  test('of ReLU layers loses rank, and says exactly 0', () => {
    const values = lastOf(network({ activation: 'relu', depth: 8 }));
    expect(values.at(-1)).toBe(0);
    expect(values[0]).toBeGreaterThan(0);
  });

  test('is summed up by largest, median, mean square and smallest', () => {
    const spectrum = withLayer(emptySpectrum(), [4, 3, 1, 0]);
    expect(spectrum).toEqual({
      largest: [4],
      rms: [Math.sqrt(26 / 4)],
      median: [2],
      smallest: [0],
      last: [4, 3, 1, 0],
    });
  });
});

describe('the widget', () => {
  const values: IsometryValues = { ...presetValues(widget, 'problem'), depth: 4, steps: 10 };

  test('its spectrum is that of the very weights that train', async () => {
    const session = service.session({ pace: () => ({ steps: 10, milliseconds: 1000 }) });
    let result = emptyResult([]);
    for await (const frame of experiment(values, session)) result = accumulate(result, frame);
    session.close();
    expect(result.lanes['problem']?.extra['largest']).toHaveLength(1);
    expect(result.lanes['problem']?.extra['largest']?.[0]).toHaveLength(4);
    // The Jacobian of one linear layer is its weight matrix, whose norm the engine reports.
    const weights = service.session({ pace: () => ({ steps: 1, milliseconds: 1000 }) });
    const spec = { depth: 1, width: 8, initializer: { kind: 'leCunNormal' as const } };
    for await (const frame of weights.train(
      {
        one: {
          network: { kind: 'mlp', activation: 'linear', ...spec },
          task: { kind: 'digits' },
          optimizer: { kind: 'sgd', learningRate: 0.1 },
          batchSize: 8,
          steps: 0,
          seed: 1,
        },
      },
      { statistics: ['weightNorm'] },
    )) {
      const own = lastOf(network(spec), 1, 64);
      const norm = Math.hypot(...own);
      expect(frame.lanes['one']?.extra?.['weightNorm']?.[0]).toBeCloseTo(norm, 5);
    }
    weights.close();
  });

  test('says what came of both networks', async () => {
    const session = service.session({ pace: () => ({ steps: 10, milliseconds: 1000 }) });
    let result = emptyResult([]);
    for await (const frame of experiment(values, session)) result = accumulate(result, frame);
    session.close();
    expect(widget.describe(values, result)).toMatch(
      /^Gaussian: largest .* training accuracy .*%\. Orthogonal: largest singular value 1, median 1;/,
    );
  });
});

/** Singular values by the plain product and finite differences. */
function directValues(spec: MlpSpec, seed: number, inputs: number): number[] {
  const rng = new Rng(seed);
  const gaussian = (n: number, m: number) =>
    matrix(
      n,
      m,
      Array.from({ length: n * m }, () => Math.fround(rng.normal() / Math.sqrt(m))),
    );
  const layers = [gaussian(spec.width, inputs), gaussian(spec.width, spec.width)];
  const input = new Rng(seed ^ 0x5eed);
  const x = Array.from({ length: inputs }, () => input.normal());
  const forward = (at: number[]) =>
    layers.reduce(
      (h, w) => {
        const z = multiply(w, h);
        return spec.activation === 'tanh' ? { ...z, values: z.values.map(Math.tanh) } : z;
      },
      matrix(inputs, 1, at),
    ).values;
  const step = 1e-5;
  const jacobian = matrix(spec.width, inputs);
  for (let j = 0; j < inputs; j++) {
    const shifted = (by: number) => forward(x.map((value, i) => (i === j ? value + by : value)));
    const [up, down] = [shifted(step), shifted(-step)];
    for (let i = 0; i < spec.width; i++)
      jacobian.values[i * inputs + j] = (up[i]! - down[i]!) / (2 * step);
  }
  return singularValues(jacobian);
}
