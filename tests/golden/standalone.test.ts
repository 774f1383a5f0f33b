import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/backends';
import type { OpenBackend } from '../../src/engine/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.node';
import {
  activationDerivative,
  activationValue,
  cliffDescent,
  cliffPoint,
  fixedPoint,
  forwardMoments,
  scalarChain,
} from '../../src/engine/closedForms';
import { activationOf } from '../../src/engine/golden/case';
import type { GoldenTensor } from '../../src/engine/golden/case';
import { parse } from '../../src/engine/json';
import { Rng } from '../../src/engine/rng';
import { activations } from '../../src/engine/step/activations';
import { lossOf } from '../../src/engine/step/loss';
import { mul, sum, tensor, tidy, valueAndGrads } from '../../src/engine/step/tf';
import type { Scalar, Tensor } from '../../src/engine/step/tf';
import { oneHot } from '../../src/engine/tasks/sampling';
import { goldenDir } from './files';

interface Standalone {
  prng: {
    seed: number;
    u32: number[];
    normal: number[];
    quantised_half_std: number[];
    int10: number[];
  }[];
  activation_table: { act: string; x: number[]; value: number[]; derivative: number[] }[];
  softmax_ce: {
    name: string;
    logits: GoldenTensor;
    labels: number[];
    loss: number;
    dlogits: GoldenTensor;
  }[];
  mse: { output: GoldenTensor; target: GoldenTensor; loss: number; doutput: GoldenTensor };
  scalar_chain: {
    a0: number;
    w: number[];
    b: number[];
    target: number;
    z: number[];
    a: number[];
    sigmoid_prime: number[];
    J: number;
    dJ_db: number[];
    dJ_dw: number[];
  }[];
  cliff: {
    points: { w: number; b: number; E: number; dE_dw: number; dE_db: number; x50: number }[];
    trajectories: {
      start: [number, number];
      lr: number;
      clip_norm: number | null;
      columns: string[];
      rows: number[][];
    }[];
  };
  mean_field: {
    act: string;
    sigma_w: number;
    sigma_b: number;
    q_star: number;
    chi_at_q_star: number;
  }[];
  forward_std_theory: {
    act: string;
    gain: number;
    input_second_moment: number;
    mean_std_per_layer: [number, number][];
  }[];
}

const path = join(goldenDir, 'standalone.json');

describe.skipIf(!existsSync(path))('standalone tables', () => {
  const tables = existsSync(path)
    ? (parse(readFileSync(path, 'utf8')) as Standalone)
    : ({} as Standalone);
  const close = (got: number, expected: number, relative: number, absolute = 0): void =>
    expect(Math.abs(got - expected)).toBeLessThanOrEqual(Math.abs(expected) * relative + absolute);

  test('the generator gives the same bits, normals and integers', () => {
    for (const { seed, u32, normal, quantised_half_std, int10 } of tables.prng) {
      const draw = <T>(list: readonly T[], next: (rng: Rng) => T): T[] => {
        const rng = new Rng(seed);
        return list.map(() => next(rng));
      };
      expect(draw(u32, (rng) => rng.bits())).toEqual(u32);
      expect(draw(int10, (rng) => rng.integer(10))).toEqual(int10);
      draw(normal, (rng) => rng.normal()).forEach((value, i) => close(value, normal[i]!, 1e-13));
      const quantised = (value: number): number => Math.floor(0.5 * value * 1024 + 0.5) / 1024;
      expect(draw(quantised_half_std, (rng) => quantised(rng.normal()))).toEqual(
        quantised_half_std,
      );
    }
  });

  test('activation functions and derivatives hold in double precision at extreme inputs', () => {
    for (const { act, x, value, derivative } of tables.activation_table) {
      const name = activationOf(act);
      x.forEach((z, i) => {
        close(activationValue(name, z), value[i]!, 1e-14, 1e-14);
        close(activationDerivative(name, z), derivative[i]!, 1e-14, 1e-14);
      });
    }
  });

  test('the scalar chain', () => {
    for (const row of tables.scalar_chain) {
      const chain = scalarChain(row.a0, row.w, row.b, row.target);
      const all: [number[], number[]][] = [
        [chain.z, row.z],
        [chain.a, row.a],
        [chain.derivative, row.sigmoid_prime],
        [chain.biasGradient, row.dJ_db],
        [chain.weightGradient, row.dJ_dw],
        [[chain.loss], [row.J]],
      ];
      for (const [got, expected] of all)
        got.forEach((value, i) => close(value, expected[i]!, 1e-10));
    }
  });

  test('the cliff: points and descents', () => {
    for (const { w, b, E, dE_dw, dE_db, x50 } of tables.cliff.points) {
      const point = cliffPoint(w, b);
      close(point.error, E, 1e-8);
      close(point.weightGradient, dE_dw, 1e-8);
      close(point.biasGradient, dE_db, 1e-8);
      close(point.state, x50, 1e-8);
    }
    for (const { start, lr, clip_norm, columns, rows } of tables.cliff.trajectories) {
      const states = cliffDescent(start[0], start[1], lr, rows.length - 1, clip_norm);
      rows.forEach((row, i) => {
        close(states[i]!.weight, row[columns.indexOf('w')]!, 1e-6);
        close(states[i]!.bias, row[columns.indexOf('b')]!, 1e-6);
      });
    }
  });

  test('mean-field fixed points and forward moments', () => {
    for (const { act, sigma_w, sigma_b, q_star, chi_at_q_star } of tables.mean_field) {
      const found = fixedPoint(activationOf(act), sigma_w, sigma_b);
      close(found.q, q_star, 1e-6, 1e-6);
      close(found.chi, chi_at_q_star, 1e-6);
    }
    for (const {
      act,
      gain,
      input_second_moment,
      mean_std_per_layer,
    } of tables.forward_std_theory) {
      const moments = forwardMoments(
        activationOf(act),
        gain,
        mean_std_per_layer.length,
        input_second_moment,
      );
      mean_std_per_layer.forEach(([mean, std], i) => {
        close(moments[i]!.mean, mean, 1e-6, 1e-6);
        close(moments[i]!.std, std, 1e-6);
      });
    }
  });

  describe.each(['cpu', 'wasm'] as const)('in tfjs ops on %s', (name) => {
    let backend: OpenBackend;
    const backends = new Backends({ wasmLocation });
    beforeAll(async () => {
      backend = await backends.open(name);
      await backend.activate();
    });
    afterAll(() => expect(backend.info.backend).toBe(name));

    const gradientOf = (
      f: (x: Tensor) => Tensor,
      x: number[],
      shape: number[],
    ): { value: number; gradient: Float32Array } =>
      tidy(() => {
        const { value, grads } = valueAndGrads((t: Tensor) => f(t) as Scalar)([tensor(x, shape)]);
        return { value: value.dataSync()[0]!, gradient: grads[0]!.dataSync() as Float32Array };
      });

    test('activation functions and derivatives, without NaN', () => {
      for (const { act, x, value, derivative } of tables.activation_table) {
        const phi = activations[activationOf(act)];
        const values = tidy(() => phi(tensor(x)).dataSync());
        const { gradient } = gradientOf((t) => sum(phi(t)), x, [x.length]);
        x.forEach((_, i) => {
          close(values[i]!, value[i]!, 1e-6, 1e-6);
          close(gradient[i]!, derivative[i]!, 1e-6, 1e-6);
        });
      }
    });

    test('the losses, also for huge logits', () => {
      for (const { logits, labels, loss, dlogits } of tables.softmax_ce) {
        const classes = logits.shape[1]!;
        const target = oneHot(labels, classes);
        const got = gradientOf(
          (t) => lossOf('softmaxCrossEntropy', t, tensor(target, logits.shape)),
          logits.data,
          logits.shape,
        );
        close(got.value, loss, 1e-5, 1e-6);
        dlogits.data.forEach((expected, i) => close(got.gradient[i]!, expected, 2e-4, 1e-6));
      }
      const { output, target, loss, doutput } = tables.mse;
      const got = gradientOf(
        (t) => lossOf('meanSquaredError', t, mul(tensor(target.data, target.shape), 1)),
        output.data,
        output.shape,
      );
      close(got.value, loss, 1e-5);
      doutput.data.forEach((expected, i) => close(got.gradient[i]!, expected, 2e-4));
    });
  });
});
