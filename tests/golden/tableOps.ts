/** The tables whose rows the engine's tfjs ops must compute, on any backend. */
import { activationOf } from '../../src/engine/golden/case';
import { activationOp } from '../../src/engine/step/activation';
import { lossOf } from '../../src/engine/step/loss';
import { sum, tensor, tidy, valueAndGrads } from '../../src/engine/step/tf';
import type { Scalar, Tensor } from '../../src/engine/step/tf';
import { oneHot } from '../../src/engine/tasks/sampling';
import type { ReferenceReport } from '../../src/engine/types';
import type { Tables } from './contents';

type Deviation = ReferenceReport['deviations'][number];

export interface Operand {
  data: number[];
  shape: number[];
}

/** What is computed of x, with y beside it: a tensor, and a sum or mean whose gradient is ∂/∂x. */
export interface Computation {
  values(x: Tensor, y: Tensor): Tensor;
  total(x: Tensor, y: Tensor): Tensor;
}

export type Evaluate = (
  computation: Computation,
  x: Operand,
  y: Operand,
) => Promise<{ values: ArrayLike<number>; gradient: ArrayLike<number> }>;

/** Evaluates on the backend that is current. */
export const evaluateEagerly: Evaluate = async ({ values, total }, x, y) => {
  const results = tidy(() => {
    const beside = tensor(y.data, y.shape);
    const { grads } = valueAndGrads((t: Tensor) => total(t, beside) as Scalar)([
      tensor(x.data, x.shape),
    ]);
    return [values(tensor(x.data, x.shape), beside), grads[0]!];
  });
  const [computed, gradient] = await Promise.all(results.map((one) => one.data()));
  for (const result of results) result.dispose();
  return { values: computed!, gradient: gradient! };
};

/** The rows over and over until there are as many elements: tfjs computes small tensors on the CPU. */
const fewestElements = 1024;

function tiled({ data, shape }: Operand): { operand: Operand; copies: number } {
  const copies = Math.ceil(fewestElements / data.length);
  return {
    operand: {
      data: Array.from({ length: copies }, () => data).flat(),
      shape: [shape[0]! * copies, ...shape.slice(1)],
    },
    copies,
  };
}

/** Activation functions and derivatives of the table, also at extreme inputs. */
export async function checkActivations(
  rows: Tables['activation_table'],
  evaluate: Evaluate,
): Promise<ReferenceReport[]> {
  const reports: ReferenceReport[] = [];
  for (const { act, x, value, derivative } of rows) {
    const phi = activationOp(activationOf(act));
    const { operand, copies } = tiled({ data: x, shape: [x.length] });
    const got = await evaluate({ values: phi, total: (t) => sum(phi(t)) }, operand, {
      data: [0],
      shape: [1],
    });
    const report: ReferenceReport = { name: `table of ${act}`, deviations: [] };
    for (let copy = 0; copy < copies; copy++) {
      x.forEach((z, i) => {
        const k = copy * x.length + i;
        report.deviations.push(
          near(`value at ${z}`, 'output', got.values[k]!, value[i]!, 1e-6, 1e-6),
          near(`derivative at ${z}`, 'gradient', got.gradient[k]!, derivative[i]!, 1e-6, 1e-6),
        );
      });
    }
    reports.push(report);
  }
  return reports;
}

/** Losses and their gradients, also for huge logits. */
export async function checkLosses(
  { softmax_ce, mse }: Pick<Tables, 'softmax_ce' | 'mse'>,
  evaluate: Evaluate,
): Promise<ReferenceReport[]> {
  const given = [
    ...softmax_ce.map(({ name, logits, labels, loss, dlogits }) => ({
      name: `softmax_ce ${name}`,
      kind: 'softmaxCrossEntropy' as const,
      x: logits,
      y: { data: [...oneHot(labels, logits.shape[1]!)], shape: logits.shape },
      loss,
      gradient: dlogits.data,
      absolute: 1e-6,
    })),
    ...mse.map(({ output, target, loss, doutput }) => ({
      name: 'mse',
      kind: 'meanSquaredError' as const,
      x: output,
      y: target,
      loss,
      gradient: doutput.data,
      absolute: 0,
    })),
  ];
  const reports: ReferenceReport[] = [];
  for (const { name, kind, x, y, loss, gradient, absolute } of given) {
    const { operand, copies } = tiled(x);
    const total = (t: Tensor, target: Tensor): Tensor => lossOf(kind, t, target);
    const got = await evaluate({ values: total, total }, operand, tiled(y).operand);
    reports.push({
      name,
      deviations: [
        near('loss', 'loss', got.values[0]!, loss, 1e-5, absolute),
        // The mean over so many copies of the rows has so small a gradient for each of them.
        ...Array.from(got.gradient, (value, i) =>
          near(
            'gradient',
            'gradient',
            value * copies,
            gradient[i % gradient.length]!,
            2e-4,
            absolute,
          ),
        ),
      ],
    });
  }
  return reports;
}

/** The deviation as a share of the expected value, of which `absolute` is allowed besides. */
function near(
  quantity: string,
  kind: Deviation['kind'],
  got: number,
  expected: number,
  relative: number,
  absolute: number,
): Deviation {
  const allowed = Math.abs(expected) * relative + absolute;
  const distance = got === expected ? 0 : Math.abs(got - expected);
  // A comparison with NaN is false, so NaN would pass as the largest of nothing.
  const measured = Number.isNaN(distance) ? Infinity : distance;
  return { quantity, kind, measured, tolerance: allowed || Number.MIN_VALUE };
}
