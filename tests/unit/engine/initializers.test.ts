import { beforeAll, describe, expect, test } from 'vitest';
import { initialValues } from '../../../src/engine/run/initialValues';
import { initialize } from '../../../src/engine/start/initializers';
import { Rng } from '../../../src/engine/start/rng';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { mean, standardDeviation } from '../../../src/engine/statistics/reductions';
import { unwatched } from '../../../src/engine/step/network';
import { defineStep } from '../../../src/engine/step/step';
import { scalar, tensor, tidy } from '../../../src/engine/step/tf';
import type { Tensor } from '../../../src/engine/step/tf';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { loadTask } from '../../../src/engine/tasks';
import type { InitializerSpec } from '../../../src/engine/types';
import { activate, small } from './backend';

const fanOut = 300;
const fanIn = 200;

describe('the variance of each distribution is the stated one', () => {
  const cases: [InitializerSpec, number][] = [
    [{ kind: 'normal', std: 0.3 }, 0.09],
    [{ kind: 'uniform', limit: 0.6 }, 0.12],
    [{ kind: 'leCunNormal' }, 1 / fanIn],
    [{ kind: 'leCunUniform' }, 1 / fanIn],
    [{ kind: 'leCunNormal', gain: 3 }, 9 / fanIn],
    [{ kind: 'glorotNormal' }, 2 / (fanIn + fanOut)],
    [{ kind: 'glorotUniform' }, 2 / (fanIn + fanOut)],
    [{ kind: 'heNormal' }, 2 / fanIn],
    [{ kind: 'heUniform' }, 2 / fanIn],
    [{ kind: 'heNormal', gain: 0.5 }, 0.5 / fanIn],
    [{ kind: 'orthogonal' }, 1 / fanOut],
  ];
  test.each(cases)('%o', (spec, variance) => {
    const values = initialize(spec, [fanOut, fanIn], new Rng(7));
    // 60,000 draws: the standard error of the variance is at most √(2/60000) = 0.6 %.
    expect(Math.abs(standardDeviation(values) ** 2 / variance - 1)).toBeLessThan(0.025);
    expect(Math.abs(mean(values))).toBeLessThan(
      (4 * Math.sqrt(variance)) / Math.sqrt(fanOut * fanIn),
    );
  });
});

test('zeros and constant are fixed', () => {
  expect([...initialize({ kind: 'zeros' }, [2, 2], new Rng(1))]).toEqual([0, 0, 0, 0]);
  expect([...initialize({ kind: 'constant', value: 0.25 }, [3], new Rng(1))]).toEqual([
    0.25, 0.25, 0.25,
  ]);
});

test.each([
  [32, 32],
  [10, 32],
  [32, 10],
])('orthogonal [%i, %i] has orthonormal rows or columns, times the gain', (rows, columns) => {
  const gain = 1.5;
  const w = initialize({ kind: 'orthogonal', gain }, [rows, columns], new Rng(3));
  const at = (r: number, c: number): number => w[r * columns + c]!;
  const wide = rows <= columns;
  const count = wide ? rows : columns;
  const length = wide ? columns : rows;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let product = 0;
      for (let k = 0; k < length; k++) product += wide ? at(i, k) * at(j, k) : at(k, i) * at(k, j);
      expect(Math.abs(product - (i === j ? gain ** 2 : 0))).toBeLessThan(1e-6);
    }
  }
});

describe('LSUV', () => {
  beforeAll(() => activate('cpu'));

  test('gives every hidden pre-activation unit variance on the first batch', async () => {
    const spec = resolveSpec({
      ...small,
      network: {
        kind: 'mlp',
        depth: 6,
        width: 32,
        activation: 'relu',
        initializer: { kind: 'lsuv' },
      },
      batchSize: 64,
    });
    const definition = defineStep(spec, shapeOf({ kind: 'digits' }));
    const batch = (await loadTask({ kind: 'digits' })).batch(spec.seed, 0, 64);
    const { parameters } = await initialValues(spec, definition, batch);
    const stds: number[] = [];
    tidy(() => {
      definition.network.forward(
        parameters.map((v, i) => tensor(v, definition.parameters[i]!.shape)),
        [],
        tensor(batch.x, [64, 64]),
        true,
        {
          ...unwatched,
          preActivation: (t: Tensor) => {
            stds.push(standardDeviation(t.dataSync()));
            return t;
          },
        },
      );
      return scalar(0);
    });
    expect(stds).toHaveLength(7);
    for (const std of stds.slice(0, -1)) expect(Math.abs(std - 1)).toBeLessThan(0.011);
  });
});
