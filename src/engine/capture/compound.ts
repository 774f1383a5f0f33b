/**
 * Steps of a chain joined to steps of three operands: an intermediate result that only the next
 * operation reads stays in a processor's register instead of passing through memory. Each operation
 * rounds as before, so the numbers do not change by a bit.
 */
import * as fn from './assembly/elementwise.ts';
import type { ChainStep, Reference } from './items.ts';

/** The operations that a compound step stands for, in order. */
export const operationsOf: ReadonlyMap<number, readonly number[]> = new Map([
  [fn.MULTIPLY_ADD, [fn.MUL, fn.ADD]],
  [fn.SUBTRACT_PRODUCT, [fn.MUL, fn.SUB]],
  [fn.PRODUCT_OF_THREE, [fn.MUL, fn.MUL]],
  [fn.TANH_SLOPE, [fn.SQUARE, fn.SUB, fn.MUL]],
  [fn.SIGMOID_SLOPE, [fn.SUB, fn.MUL, fn.MUL]],
]);

const sameReference = (a: Reference, b: Reference): boolean =>
  'step' in a ? 'step' in b && a.step === b.step : !('step' in b) && a.operand === b.operand;

/** Joins steps where a compound step does the same. */
export function compound(steps: readonly ChainStep[]): ChainStep[] {
  const uses = new Array<number>(steps.length).fill(0);
  for (const { inputs } of steps)
    for (const input of inputs) if ('step' in input) uses[input.step]!++;
  const result = [...steps];
  const gone = new Set<number>();

  /** The step that made a value, if it does `code` and nothing else reads it. */
  const own = (reference: Reference, code: number): { index: number; step: ChainStep } | null => {
    if (!('step' in reference)) return null;
    const index = reference.step;
    const step = result[index]!;
    return step.code === code && step.out === null && uses[index] === 1 ? { index, step } : null;
  };
  const replace = (at: number, code: number, inputs: Reference[], inner: number[]): void => {
    result[at] = { ...result[at]!, code, inputs };
    inner.forEach((index) => gone.add(index));
  };

  const join = (at: number): void => {
    const { code, inputs } = result[at]!;
    if (code === fn.MUL) {
      for (const i of [0, 1]) {
        const factor = inputs[1 - i]!;
        const difference = own(inputs[i]!, fn.SUB);
        const squared = difference && own(difference.step.inputs[1]!, fn.SQUARE);
        if (difference && squared) {
          const operands = [squared.step.inputs[0]!, factor, difference.step.inputs[0]!];
          return replace(at, fn.TANH_SLOPE, operands, [difference.index, squared.index]);
        }
      }
      for (const i of [0, 1]) {
        const factor = inputs[1 - i]!;
        const inner = own(inputs[i]!, fn.MUL);
        if (!inner) continue;
        const [a, b] = inner.step.inputs as [Reference, Reference];
        for (const [y, other] of [
          [a, b],
          [b, a],
        ] as const) {
          const rest = own(other, fn.SUB);
          if (!rest || !sameReference(rest.step.inputs[1]!, y)) continue;
          const operands = [y, factor, rest.step.inputs[0]!];
          return replace(at, fn.SIGMOID_SLOPE, operands, [inner.index, rest.index]);
        }
        return replace(at, fn.PRODUCT_OF_THREE, [a, b, factor], [inner.index]);
      }
    }
    if (code === fn.ADD) {
      for (const i of [0, 1]) {
        const inner = own(inputs[i]!, fn.MUL);
        if (!inner) continue;
        return replace(at, fn.MULTIPLY_ADD, [...inner.step.inputs, inputs[1 - i]!], [inner.index]);
      }
    }
    if (code === fn.SUB) {
      const inner = own(inputs[1]!, fn.MUL);
      if (inner)
        replace(at, fn.SUBTRACT_PRODUCT, [...inner.step.inputs, inputs[0]!], [inner.index]);
    }
  };
  // From the end: the longer patterns begin at the later step.
  for (let at = steps.length - 1; at >= 0; at--) if (!gone.has(at)) join(at);

  const place = new Map<number, number>();
  result.forEach((_, index) => {
    if (!gone.has(index)) place.set(index, place.size);
  });
  return result
    .filter((_, index) => !gone.has(index))
    .map((step) => ({
      ...step,
      inputs: step.inputs.map((input) =>
        'step' in input ? { step: place.get(input.step)! } : input,
      ),
    }));
}
