import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/engine/closedForms';
import { matrix, multiply, type Matrix } from '../../../src/engine/statistics/jacobian/matrix';
import { pathGradients, type Passed } from '../../../src/engine/statistics/jacobian/paths';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { ResolvedMlp } from '../../../src/engine/spec/resolved';
import { activationDerivative } from '../../../src/engine/theory/activations';
import type { MlpSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const WIDTH = 4;
const ROWS = 2;
const forms = ['single', 'postActivation', 'preActivation'] as const;
const statistics = ['pathGradientNorm', 'hiddenGradientNorm'];

const network = (changes: Partial<MlpSpec>): MlpSpec => ({
  kind: 'mlp',
  depth: 7,
  width: WIDTH,
  activation: 'tanh',
  initializer: { kind: 'leCunNormal' },
  ...changes,
});

/** A network with weights and pre-activations of its own choice: the recursion asks for no more. */
function passed(changes: Partial<MlpSpec>): Passed {
  const resolved = resolveSpec({ ...small, network: network(changes) }).network as ResolvedMlp;
  const rng = new Rng(3);
  const normal = (rows: number, columns: number) =>
    matrix(
      rows,
      columns,
      Array.from({ length: rows * columns }, () => rng.normal()),
    );
  const layers = Array.from({ length: resolved.depth }, () => ({
    weight: normal(WIDTH, WIDTH),
    z: normal(ROWS, WIDTH),
  }));
  return {
    network: resolved,
    weight: (l) => layers[l - 1]!.weight,
    preActivation: (l) => layers[l - 1]!.z,
    gradient: normal(ROWS, WIDTH),
  };
}

/** Every path by itself, added up by length. */
function oneByOne({ network, weight, preActivation, gradient }: Passed): Matrix[] {
  const { depth, residual, branchScale, activation } = network;
  const span = residual === 'single' ? 1 : 2;
  const blocks = (depth - 1) / span;
  const gate = (v: Matrix, layer: number, factor = 1): Matrix => ({
    ...v,
    values: v.values.map(
      (value, i) =>
        factor * value * activationDerivative(activation, preActivation(layer).values[i]!),
    ),
  });
  const sums = Array.from({ length: blocks + 1 }, () => matrix(ROWS, WIDTH));
  for (let choice = 0; choice < 2 ** blocks; choice++) {
    let v = gradient;
    let length = 0;
    for (let block = blocks - 1; block >= 0; block--) {
      const last = 1 + span * (block + 1);
      if (residual === 'postActivation') v = gate(v, last);
      if (((choice >> block) & 1) === 0) continue;
      length++;
      if (residual === 'single') v = multiply(gate(v, last, branchScale), weight(last));
      else {
        const inner = gate(multiply(v, weight(last)), last - 1, branchScale);
        v = multiply(inner, weight(last - 1));
        if (residual === 'preActivation') v = gate(v, last - 2);
      }
    }
    sums[length] = {
      ...v,
      values: sums[length]!.values.map((value, i) => value + v.values[i]!),
    };
  }
  return sums;
}

describe('the gradient by the length of its paths', () => {
  test.each(forms)('is what every path by itself adds up to: %s', (residual) => {
    for (const activation of ['tanh', 'relu'] as const) {
      const given = passed({ residual, activation, branchScale: 0.7 });
      const found = pathGradients(given);
      const expected = oneByOne(given);
      expect(found).toHaveLength(expected.length);
      found.forEach(({ values }, k) =>
        values.forEach((value, i) => expect(value).toBeCloseTo(expected[k]!.values[i]!, 12)),
      );
    }
  });

  test('past all branches is the gradient of the last block, as it is', () => {
    const given = passed({ residual: 'single', depth: 3 });
    const paths = pathGradients(given);
    expect(paths[0]!.values).toEqual(given.gradient.values);
    expect(paths).toHaveLength(3);
  });
});

describe('the statistic', () => {
  const spec = (changes: Partial<MlpSpec>): TrainingSpec => ({
    ...small,
    network: network({ width: 16, ...changes }),
    steps: 20,
  });

  test.each(forms)('adds up to the gradient that autodiff gives: %s', async (residual) => {
    for (const activation of ['tanh', 'relu'] as const) {
      const frames = await framesOf(spec({ residual, activation, branchScale: 0.6 }), {
        statistics,
      });
      for (const { extra } of frames) {
        const share = extra!['pathGradientShare']!;
        expect(share).toHaveLength(residual === 'single' ? 7 : 4);
        // The gradient is float32, of some hundred terms an entry.
        expect(share.reduce((total, one) => total + one, 0)).toBeCloseTo(1, 4);
        // The shortest path of a bare sum is the gradient of the last layer as it is.
        const [first] = extra!['pathGradientNorm']!;
        if (residual !== 'postActivation')
          expect(first).toBeCloseTo(extra!['hiddenGradientNorm']!.at(-1)!, 12);
      }
    }
  });

  test('with branches of zeros is all on the path past them', async () => {
    const [frame] = await framesOf(
      spec({ residual: 'preActivation', branchInitializer: { kind: 'zeros' } }),
      { statistics },
    );
    expect(frame!.extra!['pathGradientShare']).toEqual([1, 0, 0, 0]);
  });

  test.each([{ residual: 'none' }, { residual: 'single', batchNorm: true }] as const)(
    'is refused with %j',
    async (changes) => {
      await expect(framesOf(spec(changes), { statistics })).rejects.toThrow(
        'it is for a residual mlp without a norm or noise of at most 128 units per layer',
      );
    },
  );
});
