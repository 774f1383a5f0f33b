import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/service/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.node';
import { captureStep, Replay } from '../../src/engine/capture';
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
import { Rng } from '../../src/engine/start/rng';
import { valueAndGrads } from '../../src/engine/step/tf';
import type { Scalar, Tensor } from '../../src/engine/step/tf';
import { givenFolder, readFolder } from './files';
import { WorstDeviations } from './report';
import { checkActivations, checkLosses, evaluateEagerly, type Evaluate } from './tableOps';

const { tables } = readFolder(givenFolder);
/** Distances from what is expected, by table, in units of what is allowed. */
const shares = new Map<string, number>();

describe('tables, in double precision', () => {
  afterAll(() => {
    const lines = [...shares].map(([name, share]) => `${name.padEnd(20)} ${share.toFixed(4)}`);
    if (lines.length > 0)
      console.log(['Worst deviation by table, in tolerances:', ...lines].join('\n'));
  });

  /** Keeps how far a number is from the expected one, and requires it to be within the tolerance. */
  const comparing =
    (table: string) =>
    (got: number, expected: number, relative: number, absolute = 0): void => {
      const distance = got === expected ? 0 : Math.abs(got - expected);
      const allowed = Math.abs(expected) * relative + absolute;
      shares.set(table, Math.max(shares.get(table) ?? 0, distance === 0 ? 0 : distance / allowed));
      expect(distance).toBeLessThanOrEqual(allowed);
    };

  test.skipIf(tables.prng.length === 0)(
    'the generator gives the same bits, normals and integers',
    () => {
      const close = comparing('prng');
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
    },
  );

  test.skipIf(tables.activation_table.length === 0)(
    'activation functions and derivatives hold in double precision at extreme inputs',
    () => {
      const close = comparing('activation_table');
      for (const { act, x, value, derivative } of tables.activation_table) {
        const name = activationOf(act);
        x.forEach((z, i) => {
          close(activationValue(name, z), value[i]!, 1e-14, 1e-14);
          close(activationDerivative(name, z), derivative[i]!, 1e-14, 1e-14);
        });
      }
    },
  );

  test.skipIf(tables.scalar_chain.length === 0)('the scalar chain', () => {
    const close = comparing('scalar_chain');
    for (const row of tables.scalar_chain) {
      const chain = scalarChain(row.a0, row.w, row.b, row.target);
      const all: [number[], number[]][] = [
        [chain.z, row.z],
        [chain.h, row.a],
        [chain.derivative, row.sigmoid_prime],
        [chain.biasGradient, row.dJ_db],
        [chain.weightGradient, row.dJ_dw],
        [[chain.loss], [row.J]],
      ];
      for (const [got, expected] of all)
        got.forEach((value, i) => close(value, expected[i]!, 1e-10));
    }
  });

  test.skipIf(tables.cliff.length === 0)('the cliff: points and descents', () => {
    const close = comparing('cliff');
    for (const { w, b, E, dE_dw, dE_db, x50 } of tables.cliff.flatMap((one) => one.points)) {
      const point = cliffPoint(w, b);
      close(point.error, E, 1e-8);
      close(point.weightGradient, dE_dw, 1e-8);
      close(point.biasGradient, dE_db, 1e-8);
      close(point.state, x50, 1e-8);
    }
    const descents = tables.cliff.flatMap((one) => one.trajectories);
    for (const { start, lr, clip_norm, columns, rows } of descents) {
      const states = cliffDescent(start[0], start[1], lr, rows.length - 1, clip_norm);
      rows.forEach((row, i) => {
        close(states[i]!.weight, row[columns.indexOf('w')]!, 1e-6);
        close(states[i]!.bias, row[columns.indexOf('b')]!, 1e-6);
      });
    }
  });

  test.skipIf(tables.mean_field.length === 0)('mean-field fixed points', () => {
    const close = comparing('mean_field');
    for (const { act, sigma_w, sigma_b, q_star, chi_at_q_star } of tables.mean_field) {
      const found = fixedPoint(activationOf(act), sigma_w, sigma_b);
      close(found.q, q_star, 1e-6, 1e-6);
      close(found.chi, chi_at_q_star, 1e-6);
    }
  });

  test.skipIf(tables.forward_std_theory.length === 0)('forward moments', () => {
    const close = comparing('forward_std_theory');
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
});

/** Captures the computation as a step of its own and replays it. */
const evaluateCaptured: Evaluate = async ({ values, total }, x, y) => {
  const program = captureStep({
    inputs: [
      { name: 'x', role: 'feed', shape: x.shape },
      { name: 'y', role: 'feed', shape: y.shape },
    ],
    step: ({ x: given, y: beside }) => ({
      values: values(given!, beside!),
      gradient: valueAndGrads((t: Tensor) => total(t, beside!) as Scalar)([given!]).grads[0]!,
    }),
    everyStep: [],
  });
  const arena = (await Replay.create(program)).arena();
  arena.run(1, (_step, views) => {
    views['x']!.set(x.data);
    views['y']!.set(y.data);
  });
  const { values: computed, gradient } = arena.readFrame();
  return { values: computed!, gradient: gradient! };
};

describe.each(['captured', 'cpu', 'wasm'] as const)('tables, in tfjs ops on %s', (name) => {
  const evaluate = name === 'captured' ? evaluateCaptured : evaluateEagerly;
  const worst = new WorstDeviations(`${name}, tables`);
  beforeAll(async () => {
    await (await new Backends({ wasmLocation }).open(name)).activate();
  });
  afterAll(() => worst.print());

  test.skipIf(tables.activation_table.length === 0)(
    'activation functions and derivatives, without NaN',
    async () => {
      for (const report of await checkActivations(tables.activation_table, evaluate))
        expect(worst.add(report), report.name).toEqual([]);
    },
  );

  test.skipIf(tables.softmax_ce.length + tables.mse.length === 0)(
    'the losses, also for huge logits',
    async () => {
      for (const report of await checkLosses(tables, evaluate))
        expect(worst.add(report), report.name).toEqual([]);
    },
  );
});
