import { beforeAll, describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import type { TrainingResult } from '../../../src/kit/widget';
import { CIRCUITS } from '../../../src/widgets/cell-diagram/circuits';
import { equationsAt } from '../../../src/widgets/cell-diagram/equations';
import type { DiagramSettings } from '../../../src/widgets/cell-diagram/params';
import { arrivals, partsAt } from '../../../src/widgets/cell-diagram/parts';
import { tellTimeStep } from '../../../src/widgets/cell-diagram/story';
import {
  keptToTheEnd,
  markedSteps,
  traceOf,
  type Trace,
} from '../../../src/widgets/cell-diagram/trace';
import widget from '../../../src/widgets/cell-diagram/widget';
import { train } from './training';

const say = sayFor();
const presets = ['problem', 'gru', 'gruAfter', 'plain'] as const;
const settingsOf = (preset: string, own: Partial<DiagramSettings> = {}): DiagramSettings => ({
  ...presetSettings(widget, preset),
  ...{ length: 6, hiddenSize: 5, steps: 20 },
  ...own,
});

const runs: Record<string, TrainingResult> = {};
beforeAll(async () => {
  for (const preset of presets) runs[preset] = (await train(widget, settingsOf(preset))).result;
});

const trace = (preset: string, unit = 0): Trace =>
  traceOf(runs[preset]!.lanes['network']!, settingsOf(preset, { unit }))!;

describe.each(presets)('the parts of the preset %s', (preset) => {
  test('are those that the circuit draws and the equations speak of', () => {
    const one = trace(preset);
    const { wires, boxes, marks } = CIRCUITS[one.cell];
    const parts = partsAt(one, 3);
    for (const { part } of [...wires, ...boxes, ...marks])
      if (part !== 'x') expect(parts[part], part).toBeDefined();
    for (const backwards of [false, true])
      for (const { part, numbers, told } of equationsAt(one, 3, parts, backwards, say)) {
        expect(parts[part], part).toBeDefined();
        expect(numbers, part).not.toMatch(/NaN/);
        expect(told).toContain(numbers);
      }
  });

  test('carry finite numbers at every time step, and none of the state before the first', () => {
    const one = trace(preset);
    for (let timeStep = 1; timeStep <= one.length; timeStep++) {
      for (const [part, { value, gradient }] of Object.entries(partsAt(one, timeStep))) {
        expect(Number.isFinite(value), `${part} at ${timeStep}`).toBe(true);
        expect(Number.isFinite(gradient), `gradient of ${part} at ${timeStep}`).toBe(
          !(part === 'before' && timeStep === 1),
        );
      }
    }
  });

  test('add up forwards: what a cell outputs is what its parts make', () => {
    for (let unit = 1; unit <= 5; unit++) {
      const one = trace(preset, unit);
      for (let timeStep = 1; timeStep <= one.length; timeStep++) {
        const of = partsAt(one, timeStep);
        const value = (part: keyof typeof of): number => of[part]!.value;
        if (preset === 'problem') {
          const c = value('f') * value('memoryBefore') + value('write');
          expect(c).toBeCloseTo(value('memory'), 6);
          expect(value('o') * value('shown')).toBeCloseTo(value('h'), 6);
        } else if (preset === 'plain') {
          expect(Math.tanh(value('sum'))).toBeCloseTo(value('h'), 6);
        } else {
          expect(value('z') * value('before') + value('write')).toBeCloseTo(value('h'), 6);
        }
      }
    }
  });

  test('add up backwards: what leaves a gate is what its function’s slope makes of what reaches it', () => {
    for (let unit = 1; unit <= 5; unit++) {
      const one = trace(preset, unit);
      for (let timeStep = 1; timeStep <= one.length; timeStep++) {
        const of = partsAt(one, timeStep);
        for (const [gate, gradients] of Object.entries(one.gateGradients)) {
          if (gate === 'q') continue;
          const { value, gradient } = of[gate as keyof typeof of]!;
          const slope = gate === 'g' ? 1 - value ** 2 : value * (1 - value);
          expect(gradient * slope, `${gate} at ${timeStep}`).toBeCloseTo(
            gradients[timeStep - 1]!,
            6,
          );
        }
      }
    }
  });
});

test('the gradient of an LSTM’s memory is what comes from its output and along the memory', () => {
  const one = trace('problem');
  for (let timeStep = 1; timeStep <= one.length; timeStep++) {
    const { later, output } = arrivals(one, timeStep);
    expect(later + output).toBeCloseTo(one.memoryGradient[timeStep - 1]!, 6);
  }
});

test('unit 0 is the one whose memory at the end has the largest product with its gradient', () => {
  const chosen = trace('problem');
  const sizes = [1, 2, 3, 4, 5].map((unit) => {
    const { memory, memoryGradient } = trace('problem', unit);
    return Math.abs(memory.at(-1)! * memoryGradient.at(-1)!);
  });
  expect(sizes[chosen.unit - 1]).toBe(Math.max(...sizes));
});

test('what a gate leaves of the first marked number is the product of its values after it', () => {
  const one = trace('gru', 2);
  const [first, second] = markedSteps(one);
  expect(one.input[first! - 1]!.number + one.input[second! - 1]!.number).toBeCloseTo(one.sum, 6);
  const later = one.gates.z!.slice(first);
  expect(keptToTheEnd(one)).toBeCloseTo(
    later.reduce((a, b) => a * b, 1),
    12,
  );
  expect(keptToTheEnd(trace('plain'))).toBeUndefined();
});

test('a time step beyond the sequence, and a unit beyond the network, are brought back', () => {
  const before = settingsOf('problem', { timeStep: 6, unit: 5 });
  expect(widget.carry!(before, { ...before, length: 4, hiddenSize: 4 })).toMatchObject({
    ...{ timeStep: 4, unit: 4 },
  });
});

test('another direction begins at the end from which it is read', () => {
  const forwards = settingsOf('problem', { timeStep: 3 });
  const backwards = widget.carry!(forwards, { ...forwards, direction: 'backwards' });
  expect(backwards.timeStep).toBe(6);
  expect(widget.carry!(backwards, { ...backwards, direction: 'forwards' }).timeStep).toBe(1);
  expect(widget.carry!(backwards, { ...backwards, timeStep: 4 }).timeStep).toBe(4);
});

test('sentences tell the time step forwards and backwards, and the whole sequence', () => {
  const one = trace('problem');
  const parts = partsAt(one, 2);
  expect(tellTimeStep(one, parts, 2, false, say)).toMatch(
    /^Time step 2, (not )?marked, reads 0\.\d+: the forget gate keeps 0\.\d+ of/,
  );
  expect(tellTimeStep(one, parts, 2, true, say)).toMatch(
    /^Time step 2, backwards: the memory’s gradient is/,
  );
  const told = widget.describe(settingsOf('problem'), runs['problem']!, say);
  expect(told).toMatch(
    /^Marked are 0\.\d+ at time step [1-3] and 0\.\d+ at time step [4-6], and their sum is/,
  );
  expect(told).toContain('After 20 steps of training the network says');
  expect(told).toContain(`Unit ${one.unit}: Its forget gate is at`);
});
