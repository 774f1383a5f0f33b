import { describe, expect, test } from 'vitest';
import { presetValues } from '../../../src/kit/codec';
import { RULE_NAMES } from '../../../src/widgets/init-training/rules';
import { lanesOf } from '../../../src/widgets/init-training/specs';
import widget from '../../../src/widgets/init-training/widget';
import { train } from './training';

const run = (preset: string, change = {}) =>
  train(widget, { ...presetValues(widget, preset), ...change });

describe('init-training', () => {
  test('its networks differ in how weights are drawn, and in nothing else', () => {
    for (const preset of Object.keys(widget.presets)) {
      const [first, ...others] = lanesOf(presetValues(widget, preset));
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
    expect(named['activationRatio']).toBeGreaterThan(2e-12);
    expect(named['activationRatio']).toBeLessThan(2e-11);
    expect(named['cure.activationRatio']).toBeGreaterThan(0.3);
  });

  test('Glorot’s figures: the old rule loses activations and gradients, the new one keeps them', async () => {
    const { named } = await run('glorot', { steps: 1 });
    expect(named['signalGradientRatio']).toBeLessThan(0.2);
    expect(named['cure.signalGradientRatio']).toBeGreaterThan(0.5);
    expect(named['activationRatio']).toBeLessThan(0.2);
    expect(named['cure.activationRatio']).toBeGreaterThan(0.6);
  });

  test('the slides’ gains train six layers, but for 3.2 under ReLU, which overflows', async () => {
    for (const preset of ['slides', 'slidesRelu']) {
      const { named } = await run(preset, { seed: 21 });
      for (const { name } of lanesOf(presetValues(widget, preset))) {
        const accuracy = named[`${name}.testAccuracy`];
        if (preset === 'slidesRelu' && name === 'gainLarge') expect(accuracy).toBeNaN();
        else expect(accuracy, `${preset}, ${name}`).toBeGreaterThan(0.5);
      }
    }
  });
});
