import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { getRecording } from '../../../src/registry/server';
import type { ExplodesSettings } from '../../../src/widgets/norm-explodes/params';
import { theoryOf } from '../../../src/widgets/norm-explodes/theory';
import widget from '../../../src/widgets/norm-explodes/widget';

const lanes = (preset: string, own: Partial<ExplodesSettings> = {}) =>
  widget.lanes({ ...presetSettings(widget, preset), ...own }, sayFor());

/** By what a layer multiplies the size of a gradient in theory. */
const factor = (preset: string, name: string) => {
  const { spec } = lanes(preset).find((lane) => lane.name === name)!;
  const theory = theoryOf(spec)!;
  return theory[0]! ** (1 / (theory.length - 1));
};

describe('the networks', () => {
  test('differ in their norm alone', () => {
    expect(lanes('problem').map(({ spec }) => spec.network)).toMatchObject([
      { batchNorm: true, depth: 61 },
      { depth: 61 },
      { layerNorm: true, depth: 61 },
      { rmsNorm: true, depth: 61 },
    ]);
    for (const { spec } of lanes('cure'))
      expect(spec.network).toMatchObject({ residual: 'preActivation' });
  });
});

describe('the theory for wide layers', () => {
  test('is √(π/(π − 1)) for ReLU with batch norm, and 1 without and with layer norm', () => {
    expect(factor('problem', 'problem')).toBeCloseTo(Math.sqrt(Math.PI / (Math.PI - 1)), 6);
    for (const name of ['none', 'layerNorm', 'rmsNorm'])
      expect(factor('problem', name)).toBeCloseTo(1, 6);
  });

  test('lets sigmoids vanish under layer norm and not under batch norm', () => {
    expect(factor('sigmoid', 'problem')).toBeCloseTo(1.017, 3);
    expect(factor('sigmoid', 'layerNorm')).toBeCloseTo(0.391, 3);
    expect(factor('sigmoid', 'none')).toBeCloseTo(0.236, 3);
  });

  test('says nothing where sums join the layers', () => {
    for (const { spec } of lanes('cure')) expect(theoryOf(spec)).toBeUndefined();
  });

  test('is met within 3 % by every seed at width 512', () => {
    const { values } = getRecording('norm-explodes', 'compare=widths&blocks=15');
    const measured = values['w512.hiddenFactorPerBlock'] as number[];
    expect(measured).toHaveLength(10);
    for (const one of measured)
      expect(Math.abs(one / Math.sqrt(Math.PI / (Math.PI - 1)) - 1)).toBeLessThan(0.03);
  });
});
