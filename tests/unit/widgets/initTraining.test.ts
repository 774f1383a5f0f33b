import { describe, expect, test } from 'vitest';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { lanesOf } from '../../../src/widgets/init-training/lanes';
import { RULE_NAMES } from '../../../src/widgets/init-training/rules';
import widget from '../../../src/widgets/init-training/widget';
import { train } from './training';

const run = (preset: string, change = {}) =>
  train(widget, { ...presetSettings(widget, preset), ...change });

describe('init-training', () => {
  test('its networks differ in how weights are drawn, and in nothing else', () => {
    for (const preset of Object.keys(widget.presets)) {
      const [first, ...others] = lanesOf(presetSettings(widget, preset));
      const without = (spec: object, network: object) => ({
        ...spec,
        network: { ...network, initializer: null, outputInitializer: null },
      });
      for (const { spec } of others) {
        expect(without(spec, spec.network)).toEqual(without(first!.spec, first!.spec.network));
        expect(spec).not.toEqual(first!.spec);
      }
    }
  });

  test('every rule draws a network that can be looked at', async () => {
    for (const rule of RULE_NAMES) {
      const { result } = await run('problem', { initializer: rule, beside: 'he', steps: 2 });
      expect(result.lanes['problem']!.extra['activationStd']![0], rule).toHaveLength(10);
    }
  });

  test('a gain of 0.06 leaves nothing after ten layers, and an orthogonal start most', async () => {
    const { named } = await run('problem', { steps: 1 });
    // (0.01 · √32)⁹ = 5.9e-12.
    expect(named['activationLastToFirst']).toBeGreaterThan(2e-12);
    expect(named['activationLastToFirst']).toBeLessThan(2e-11);
    expect(named['cure.activationLastToFirst']).toBeGreaterThan(0.3);
  });

  test('Glorot’s figures: the old rule loses activations and gradients, the new one keeps them', async () => {
    const { named } = await run('glorot', { steps: 1 });
    expect(named['signalFirstToLast']).toBeLessThan(0.2);
    expect(named['cure.signalFirstToLast']).toBeGreaterThan(0.5);
    expect(named['activationLastToFirst']).toBeLessThan(0.2);
    expect(named['cure.activationLastToFirst']).toBeGreaterThan(0.6);
  });

  test('a factor a layer is harmless over six layers and fatal over thirty', async () => {
    const six = await run('slides', { seed: 21 });
    const thirty = await run('slidesDeep', { seed: 21 });
    for (const lane of ['gainSmall', 'gainLarge']) {
      expect(six.named[`${lane}.testAccuracy`], lane).toBeGreaterThan(0.5);
      expect(thirty.named[`${lane}.testAccuracy`], lane).toBeLessThan(0.3);
    }
    expect(thirty.named['leCun.testAccuracy']).toBeGreaterThan(0.7);
  });

  test('ReLU with 1/√n learns in six layers and stalls in thirty, where He’s rule learns', async () => {
    const six = await run('slidesRelu', { seed: 21 });
    const thirty = await run('slidesDeepRelu', { seed: 21 });
    expect(six.named['leCun.testAccuracy']).toBeGreaterThan(0.8);
    expect(thirty.named['leCun.testAccuracy']).toBeLessThan(0.15);
    expect(thirty.named['he.testAccuracy']).toBeGreaterThan(0.3);
  });

  test('the slides’ networks of six and thirty layers differ in depth alone', () => {
    for (const [shallow, deep] of [
      ['slides', 'slidesDeep'],
      ['slidesRelu', 'slidesDeepRelu'],
    ] as const)
      expect({ ...presetSettings(widget, deep), depth: 6 }).toEqual(
        presetSettings(widget, shallow),
      );
  });

  test('a diverging run does not press the losses of the others to the floor', async () => {
    const { result } = await run('sizesRelu', { steps: 30 });
    const settings = { ...presetSettings(widget, 'sizesRelu'), steps: 30 };
    const loss = widget.figures.find(({ id }) => id === 'loss')!.chart(settings, result, sayFor());
    expect(Math.max(...result.lanes['large']!.loss.filter(Number.isFinite))).toBeGreaterThan(100);
    expect((loss as LineChartSpec).y.domain).toEqual([0, 6]);
    const calm = await run('cure', { steps: 30 });
    const own = widget.figures[0]!.chart(presetSettings(widget, 'cure'), calm.result, sayFor());
    expect((own as LineChartSpec).y.domain).toBeUndefined();
  });

  test('the activations are drawn as they were at the start, whatever training did', async () => {
    const { result, named } = await run('problem', { steps: 60 });
    const { series } = widget.figures
      .find(({ id }) => id === 'activations')!
      .chart(presetSettings(widget, 'problem'), result, sayFor()) as LineChartSpec;
    expect(series[0]!.y).toEqual(named['initialActivationStd']);
    expect(series[0]!.y.at(-1)).toBeLessThan(1e-11);
  });
});
