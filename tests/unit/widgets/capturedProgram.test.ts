import { expect, test } from 'vitest';
import type { ProgramReport } from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { kernelsOf, linesOf, total } from '../../../src/widgets/captured-program/summary';
import widget from '../../../src/widgets/captured-program/widget';

const instruction = (kernel: string, flop: number, frameOnly = false) => ({
  kernel,
  text: kernel,
  operations: [kernel],
  flop,
  frameOnly,
});

const report: ProgramReport = {
  instructions: [
    instruction('map', 10),
    instruction('place', 0, true),
    instruction('matmul', 100),
    instruction('map', 30),
  ],
  kernelCalls: 9,
  arenaBytes: 2000,
  stateBytes: 400,
  feedBytes: 40,
  programBytes: 100,
  profile: { stepMicroseconds: 9, instructionMicroseconds: [1, 50, 6, 3] },
};
const say = sayFor();
const settings = presetSettings(widget, 'problem');

test('the listing holds what runs in every step, in order, with its own time', () => {
  const lines = linesOf(report);
  expect(lines.map(({ number, kernel, microseconds }) => [number, kernel, microseconds])).toEqual([
    [1, 'map', 1],
    [2, 'matmul', 6],
    [3, 'map', 3],
  ]);
  expect(total(lines)).toEqual({ flop: 140, microseconds: 10 });
});

test('kernels are summed, those with most arithmetic first', () => {
  expect(kernelsOf(linesOf(report))).toEqual([
    { kernel: 'matmul', instructions: 1, flop: 100, microseconds: 6 },
    { kernel: 'map', instructions: 2, flop: 40, microseconds: 4 },
  ]);
  expect(widget.describe(settings, report, say)).toMatch(/largest share .* matmul: 60%/);
});

test('times are never recorded', () => {
  const recorded = widget.kind === 'survey' ? widget.recorded!(report) : report;
  expect(recorded.profile).toBeNull();
  expect(widget.describe(settings, recorded, say)).toContain('measured on your own device');
});
