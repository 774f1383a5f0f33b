import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { Rng, stream } from '../../../src/engine/start/rng';
import { signalPassInLaw } from '../../../src/engine/signal/law';
import { plainNormals, wasmNormals } from '../../../src/engine/signal/normals';
import { matrixOf } from '../../../src/engine/signal/pass';
import { activationDerivative, activationValue } from '../../../src/engine/theory/activations';
import { forwardMoments } from '../../../src/engine/theory/meanField';
import type {
  BackendName,
  SignalBackward,
  SignalForward,
  SignalPassSpec,
} from '../../../src/engine/types';

const service = createLocalEngineService();
afterAll(() => service.close());

const small: SignalPassSpec = {
  activation: 'tanh',
  depth: 3,
  width: 24,
  inputs: 5,
  gain: 1.3,
  seed: 7,
};

type Report = SignalForward | SignalBackward;
const forwards = (reports: Report[]) => reports.filter((r) => r.phase === 'forward');
/** From the first layer to the last, as the forward reports are. */
const backwards = (reports: Report[]) => reports.filter((r) => r.phase === 'backward').reverse();

async function pass(spec: SignalPassSpec, backend?: BackendName): Promise<Report[]> {
  const reports: Report[] = [];
  for await (const { report } of service.signalPass(spec, { backend })) reports.push(report);
  return reports;
}

async function inLaw(spec: SignalPassSpec): Promise<Report[]> {
  const reports: Report[] = [];
  for await (const report of signalPassInLaw(spec)) reports.push(report);
  return reports;
}

/** The same pass with whole matrices, in doubles and one number at a time. */
function oracle({ activation, depth, width: n, inputs, gain, seed }: SignalPassSpec) {
  const draw = (rng: Rng, size: number) => Array.from({ length: size }, () => rng.normal());
  const parameters = stream(seed, 'parameters');
  const weights = Array.from({ length: depth }, () =>
    draw(parameters, n * n).map((w) => (w * gain) / Math.sqrt(n)),
  );
  const h = [draw(stream(seed, 'data'), n * inputs)];
  const z: number[][] = [[]];
  for (const w of weights) {
    const below = h.at(-1)!;
    const sum = (i: number, b: number) => {
      let total = 0;
      for (let j = 0; j < n; j++) total += w[i * n + j]! * below[j * inputs + b]!;
      return total;
    };
    z.push(below.map((_, k) => sum(Math.floor(k / inputs), k % inputs)));
    h.push(z.at(-1)!.map((value) => activationValue(activation, value)));
  }
  const norm = (values: number[]) => Math.hypot(...values);
  let dh = draw(stream(seed, 'noise'), n * inputs).map((v) => v / Math.sqrt(n * inputs));
  const back = [];
  for (let layer = depth; layer >= 1; layer--) {
    const dz = dh.map((v, k) => v * activationDerivative(activation, z[layer]![k]!));
    const dw = [];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let total = 0;
        for (let b = 0; b < inputs; b++)
          total += dz[i * inputs + b]! * h[layer - 1]![j * inputs + b]!;
        dw.push(total);
      }
    back.unshift({
      hiddenGradientNorm: norm(dh),
      signalGradientNorm: norm(dz),
      weightGradientNorm: norm(dw),
    });
    const w = weights[layer - 1]!;
    dh = dh.map((_, k) => {
      const [j, b] = [Math.floor(k / inputs), k % inputs];
      let total = 0;
      for (let i = 0; i < n; i++) total += w[i * n + j]! * dz[i * inputs + b]!;
      return total;
    });
  }
  const moments = h.slice(1).map((values) => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    const square = values.reduce((a, b) => a + b * b, 0) / values.length;
    const atTheEnds = values.filter((value) => Math.abs(Math.fround(value)) === 1).length;
    return { mean, std: Math.sqrt(square - mean * mean), atTheEnds };
  });
  return { moments, back };
}

describe('normals in bulk', () => {
  const matrix = { seed: 123456789, from: 48, rows: 16, columns: 48, std: 0.5 };
  const rng = new Rng(matrix.seed);
  const all = Array.from({ length: 17 * 48 }, () => 0.5 * rng.normal()).slice(48);

  test.each(['WebAssembly', 'JavaScript'])(
    'are those of the one generator, in %s',
    async (where) => {
      const source = where === 'WebAssembly' ? await wasmNormals() : plainNormals();
      const rows = source.rowsOf(matrix, 3, 4).slice();
      rows.forEach((value, k) => expect(Math.abs(value - all[3 * 48 + k]!)).toBeLessThan(1e-6));
      const columns = source.columnsOf(matrix, 6, 4).slice();
      expect(columns).toHaveLength(4 * 16);
      columns.forEach((value, k) => {
        const [column, row] = [6 + Math.floor(k / 16), k % 16];
        expect(Math.abs(value - all[row * 48 + column]!)).toBeLessThan(1e-6);
      });
    },
  );

  test('have the moments of a normal, over a million draws', async () => {
    const source = await wasmNormals();
    const draws = source.rowsOf({ seed: 3, from: 0, rows: 1024, columns: 1024, std: 1 }, 0, 1024);
    const moment = (power: number) => draws.reduce((sum, v) => sum + v ** power, 0) / draws.length;
    // Five standard errors, √(Var zᵏ / 2²⁰).
    expect(Math.abs(moment(1))).toBeLessThan(5e-3);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(7e-3);
    expect(Math.abs(moment(3))).toBeLessThan(2e-2);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5e-2);
  });
});

describe('a pass through real weights', () => {
  test.each(['wasm', 'cpu'] as const)(
    'is that of whole matrices in doubles, on %s',
    async (name) => {
      for (const activation of ['tanh', 'relu'] as const) {
        const spec = { ...small, activation };
        const reports = await pass(spec, name);
        const expected = oracle(spec);
        expect(reports.map(({ phase, layer }) => `${phase} ${layer}`)).toEqual([
          ...['forward 1', 'forward 2', 'forward 3'],
          ...['backward 3', 'backward 2', 'backward 1'],
        ]);
        forwards(reports).forEach(({ mean, std }, l) => {
          expect(mean).toBeCloseTo(expected.moments[l]!.mean, 5);
          expect(std).toBeCloseTo(expected.moments[l]!.std, 5);
        });
        backwards(reports).forEach((report, l) => {
          for (const [key, value] of Object.entries(expected.back[l]!))
            expect(report[key as 'signalGradientNorm'] / value).toBeCloseTo(1, 4);
        });
      }
    },
  );

  test('draws the weights in blocks that join to the matrices of the stream', async () => {
    // 2048 units need two blocks a matrix; one block with other rows in it would give another sum.
    const spec = { ...small, depth: 1, width: 2048, inputs: 1, activation: 'linear' as const };
    const source = plainNormals();
    const x = Array.from(
      { length: 2048 },
      (
        (rng) => () =>
          rng.normal()
      )(stream(7, 'data')),
    );
    const weights = source.rowsOf(matrixOf(spec, 1), 0, 2048);
    let squares = 0;
    for (let i = 0; i < 2048; i++) {
      let z = 0;
      for (let j = 0; j < 2048; j++) z += weights[i * 2048 + j]! * x[j]!;
      squares += z * z;
    }
    const [first] = forwards(await pass(spec));
    expect(Math.hypot(first!.std, first!.mean) / Math.sqrt(squares / 2048)).toBeCloseTo(1, 5);
  });

  test('counts what is exactly 0, and every other activation once', async () => {
    const reports = forwards(await pass({ ...small, activation: 'relu' }));
    for (const { histogram, zeroShare } of reports) {
      const counted = histogram.counts.reduce((a, b) => a + b, 0);
      expect(counted + zeroShare * 24 * 5).toBeCloseTo(24 * 5, 9);
      expect(zeroShare).toBeGreaterThan(0.2);
    }
  });

  test.each(['wasm', 'cpu'] as const)(
    'counts the slopes that are exactly 0: those of tanh where it rounds to ±1, on %s',
    async (name) => {
      const spec = { ...small, gain: 10 };
      const expected = oracle(spec).moments.map(({ atTheEnds }) => atTheEnds);
      expect(forwards(await pass(spec, name)).map(({ zeroSlopes }) => zeroSlopes)).toEqual(
        expected,
      );
      // A gain of 10 leaves |z| above 9 for some units and below for others.
      for (const count of expected) {
        expect(count).toBeGreaterThan(10);
        expect(count).toBeLessThan(24 * 5 - 10);
      }
    },
  );

  test('passes exactly nothing where every slope is 0', async () => {
    // Weights of 0: each z is 0, where the slope of ReLU is 0 and that of tanh 1.
    const reports = await pass({ ...small, gain: 0, activation: 'relu' });
    for (const { zeroSlopes } of forwards(reports)) expect(zeroSlopes).toBe(24 * 5);
    expect(backwards(reports).map((report) => report.signalGradientNorm)).toEqual([0, 0, 0]);
    const [first] = forwards(await pass({ ...small, gain: 0 }));
    expect(first!.zeroSlopes).toBe(0);
  });

  test('names a field that is wrong, and what is allowed', async () => {
    await expect(pass({ ...small, width: 12 })).rejects.toThrow(
      'width is 12; allowed: a whole number from 8 to 8192, a multiple of 8.',
    );
    await expect(pass({ ...small, gain: NaN })).rejects.toThrow('gain is NaN');
  });

  test('ends where the page stops pulling, and leaves room for the next', async () => {
    for await (const { report } of service.signalPass(small)) {
      expect(report.layer).toBe(1);
      break;
    }
    expect(await pass(small)).toHaveLength(6);
  });
});

describe('a pass in law', () => {
  test.each([
    ['tanh', 1.3],
    ['relu', 1.4],
  ] as const)('has the distribution of real weights: %s', async (activation, gain) => {
    // Over 200 networks: means of every quantity agree within four standard errors.
    const spec = { ...small, activation, gain };
    const real: number[][] = [];
    const law: number[][] = [];
    const numbers = (reports: Report[]) => [
      ...forwards(reports).flatMap(({ mean, std }) => [mean, std]),
      ...backwards(reports).flatMap((r) => [r.signalGradientNorm ** 2, r.weightGradientNorm ** 2]),
    ];
    for (let seed = 0; seed < 200; seed++) {
      real.push(numbers(await pass({ ...spec, seed })));
      law.push(numbers(await inLaw({ ...spec, seed: seed + 1000 })));
    }
    real[0]!.forEach((_, k) => {
      const summary = (all: number[][]) => {
        const column = all.map((row) => row[k]!);
        const mean = column.reduce((x, y) => x + y) / column.length;
        const variance = column.reduce((x, y) => x + (y - mean) ** 2, 0) / (column.length - 1);
        return { mean, variance, error: variance / column.length };
      };
      const [a, b] = [summary(real), summary(law)];
      expect(Math.abs(a.mean - b.mean) / Math.sqrt(a.error + b.error)).toBeLessThan(4);
      expect(a.variance / b.variance).toBeGreaterThan(0.4);
      expect(a.variance / b.variance).toBeLessThan(2.5);
    });
  });

  test('has the theory’s standard deviations at full size', async () => {
    const spec = { activation: 'tanh', depth: 6, width: 4096, inputs: 16, gain: 0.64 } as const;
    const theory = forwardMoments('tanh', 0.64, 6);
    forwards(await inLaw({ ...spec, seed: 1 })).forEach(({ std }, l) => {
      // Three of the seeds' standard deviations of 0.0015.
      expect(Math.abs(std - theory[l]!.std)).toBeLessThan(0.0045);
    });
  });

  test('has slopes in doubles: of tanh none is 0 where float32 has many', async () => {
    const counts = async (gain: number) =>
      forwards(await inLaw({ ...small, gain })).map(({ zeroSlopes }) => zeroSlopes);
    expect(await counts(10)).toEqual([0, 0, 0]);
    // At 10⁶ only a |z| below 372 leaves a slope above 0.
    for (const count of await counts(1e6)) expect(count).toBeGreaterThan(24 * 5 - 5);
  });

  test('outlives inputs that depend on each other and weights of 0', async () => {
    // More inputs than units: the Gram matrix has no inverse.
    for (const spec of [
      { ...small, width: 8, inputs: 12 },
      { ...small, gain: 0 },
    ])
      for (const report of await inLaw(spec))
        for (const value of Object.values(report))
          if (typeof value === 'number') expect(value).not.toBeNaN();
  });
});
