import { describe, expect, test } from 'vitest';
import { initialize, Rng } from '../../../src/engine/closedForms';
import {
  identity,
  matrix,
  multiply,
  qr,
  singularValues,
  transpose,
  type Matrix,
} from '../../../src/engine/statistics/jacobian/matrix';
import { jacobianSpectra } from '../../../src/engine/statistics/jacobian/spectra';
import type { ResolvedMlp } from '../../../src/engine/spec/resolved';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { activationValue } from '../../../src/engine/theory/activations';
import type { MlpSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

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

/** A network as drawn, and an input for it. */
function drawn(changes: Partial<MlpSpec> = {}, seed = 1, inputs = 8) {
  const spec: MlpSpec = {
    kind: 'mlp',
    depth: 6,
    width: 8,
    activation: 'linear',
    initializer: { kind: 'leCunNormal' },
    ...changes,
  };
  const network = resolveSpec({ ...small, network: spec }).network as ResolvedMlp;
  const rng = new Rng(seed);
  const normals = (length: number) => Float64Array.from({ length }, () => 0.3 * rng.normal());
  const weights = Array.from({ length: network.depth }, (_, i) => {
    const fanIn = i === 0 ? inputs : network.width;
    return matrix(
      network.width,
      fanIn,
      initialize(network.initializer, [network.width, fanIn], rng),
    );
  });
  const biases = weights.map(() => normals(network.width));
  const input = normals(inputs);
  return {
    network,
    weight: (l: number) => weights[l - 1]!,
    bias: (l: number) => biases[l - 1]!,
    input,
  };
}

const spectra = (linearized: ReturnType<typeof drawn>, from: 0 | 1 = 0) => [
  ...jacobianSpectra(linearized, from),
];
const lastOf = (changes: Partial<MlpSpec>, seed = 1, inputs = 8): number[] =>
  spectra(drawn(changes, seed, inputs)).at(-1)!;

/** The last hidden state by the formulas, from x or from h_1. */
function forward({ network, weight, bias }: ReturnType<typeof drawn>, at: number[], from: 0 | 1) {
  const { residual, branchScale, activation, depth } = network;
  const phi = (z: number[]) => z.map((value) => activationValue(activation, value));
  const affine = (l: number, h: number[]) =>
    [...multiply(weight(l), matrix(h.length, 1, h)).values].map((v, i) => v + bias(l)[i]!);
  const sum = (h: number[], branch: number[]) => h.map((v, i) => v + branchScale * branch[i]!);
  let h = at;
  if (from === 0) h = residual === 'preActivation' ? affine(1, at) : phi(affine(1, at));
  for (let l = 2; l <= depth; l++) {
    if (residual === 'none') h = phi(affine(l, h));
    if (residual === 'single') h = sum(h, phi(affine(l, h)));
    if (residual === 'postActivation') h = phi(sum(h, affine(l + 1, phi(affine(l, h)))));
    if (residual === 'preActivation') h = sum(h, affine(l + 1, phi(affine(l, phi(h)))));
    if (residual === 'postActivation' || residual === 'preActivation') l++;
  }
  return h;
}

/** Singular values of the last Jacobian by finite differences. */
function byDifferences(linearized: ReturnType<typeof drawn>, from: 0 | 1): number[] {
  const { network, weight, bias, input } = linearized;
  const start =
    from === 0
      ? [...input]
      : [...multiply(weight(1), matrix(input.length, 1, input)).values].map((v, i) => {
          const z = v + bias(1)[i]!;
          return network.residual === 'preActivation' ? z : activationValue(network.activation, z);
        });
  const step = 1e-5;
  const jacobian = matrix(network.width, start.length);
  start.forEach((_, j) => {
    const shifted = (by: number) =>
      forward(
        linearized,
        start.map((value, i) => (i === j ? value + by : value)),
        from,
      );
    const [up, down] = [shifted(step), shifted(-step)];
    up.forEach((value, i) => {
      jacobian.values[i * start.length + j] = (value - down[i]!) / (2 * step);
    });
  });
  return singularValues(start.length > network.width ? jacobian : transpose(jacobian)).slice(
    0,
    Math.min(network.width, start.length),
  );
}

describe('the Jacobian', () => {
  const forms = ['none', 'single', 'postActivation', 'preActivation'] as const;
  test.each(forms)('is what finite differences give: residual %s', (residual) => {
    for (const activation of ['tanh', 'silu', 'linear'] as const) {
      const linearized = drawn({
        activation,
        residual,
        depth: 5,
        branchScale: residual === 'none' ? 1 : 0.7,
      });
      for (const from of [0, 1] as const) {
        const direct = byDifferences(linearized, from);
        const found = spectra(linearized, from).at(-1)!;
        expect(found).toHaveLength(8);
        found.forEach((value, i) => expect(Math.abs(value - direct[i]!)).toBeLessThan(1e-7));
      }
    }
  });

  test.each([3, 20])('of %d inputs has as many values as the smaller side', (inputs) => {
    const linearized = drawn({ activation: 'tanh', depth: 3 }, 1, inputs);
    const direct = byDifferences(linearized, 0);
    const found = spectra(linearized).at(-1)!;
    expect(found).toHaveLength(Math.min(8, inputs));
    found.forEach((value, i) => expect(Math.abs(value - direct[i]!)).toBeLessThan(1e-8));
  });

  test('is taken behind each layer, or each block of two', () => {
    expect(spectra(drawn({ depth: 7 }))).toHaveLength(7);
    expect(spectra(drawn({ depth: 7 }), 1)).toHaveLength(6);
    expect(spectra(drawn({ depth: 7, residual: 'preActivation' }))).toHaveLength(4);
    expect(spectra(drawn({ depth: 0 }))).toHaveLength(0);
  });

  test('of orthogonal layers has every singular value at the gain’s power', () => {
    const spec = { initializer: { kind: 'orthogonal', gain: 1.2 }, depth: 10 } as const;
    // Weights are float32, so each layer is orthogonal to seven digits.
    for (const value of lastOf(spec, 1, 16)) expect(value / 1.2 ** 10).toBeCloseTo(1, 5);
  });

  test('of Gaussian layers keeps the mean square, and nothing else', () => {
    const depth = 30;
    const runs = Array.from({ length: 40 }, (_, seed) => lastOf({ depth, width: 16 }, seed, 16));
    const logSmallest = runs.map((values) => Math.log(values.at(-1)!));
    const mean = logSmallest.reduce((a, b) => a + b) / runs.length;
    // Newman 1986: the smallest exponent is ½(ψ(½) + ln(2/n)) a layer, with ψ(½) = −1.96351.
    const theory = (depth * (-1.96351 + Math.log(2 / 16))) / 2;
    expect(Math.abs(mean / theory - 1)).toBeLessThan(0.05);
  });

  test('of ReLU layers loses rank, and says exactly 0', () => {
    const values = lastOf({ activation: 'relu', depth: 8 });
    expect(values.at(-1)).toBe(0);
    expect(values[0]).toBeGreaterThan(0);
  });
});

describe('the statistic', () => {
  const spec = (changes: Partial<MlpSpec>): TrainingSpec => ({
    ...small,
    network: {
      kind: 'mlp',
      depth: 1,
      width: 8,
      activation: 'linear',
      initializer: { kind: 'leCunNormal' },
      ...changes,
    },
    steps: 0,
  });
  const statistics = ['jacobianSingularValues', 'weightNorm'];

  test('is that of the very weights that train', async () => {
    // The Jacobian of one linear layer is its weight matrix, whose norm is the root of the squares.
    const [frame] = await framesOf(spec({}), { statistics });
    const values = frame!.extra!['jacobianSingularValues']!;
    expect(values).toHaveLength(8);
    expect(Math.hypot(...values)).toBeCloseTo(frame!.extra!['weightNorm']![0]!, 5);
  });

  test('of residual networks without weights in the branch is that of the stem', async () => {
    const [frame] = await framesOf(
      spec({ depth: 5, residual: 'preActivation', branchInitializer: { kind: 'zeros' } }),
      { statistics: ['hiddenJacobianSingularValues'] },
    );
    expect(frame!.extra!['hiddenJacobianSingularValues']).toEqual(new Array(16).fill(1));
  });

  test.each([{ batchNorm: true }, { width: 129 }])('is refused with %j', async (changes) => {
    await expect(framesOf(spec(changes), { statistics })).rejects.toThrow(
      'which there is none of in a network of kind "mlp"; it is for an mlp without a norm or noise of at most 128 units per layer; allowed: ',
    );
  });
});
