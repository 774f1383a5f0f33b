import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import experiment from '../../../src/widgets/init-signal/experiment';
import {
  forwardNumbers,
  hiddenFactorPerLayer,
  nothing,
  theoryOf,
  visited,
  type SignalResult,
} from '../../../src/widgets/init-signal/passes';
import widget from '../../../src/widgets/init-signal/widget';
import { getRecording } from '../../../src/registry/server';
import { canonical } from '../../../src/kit/codec';

const service = createLocalEngineService();
afterAll(() => service.close());

const say = sayFor();
const preset = (name: string) => presetSettings(widget, name);

/** What the slides print, layer by layer. */
const SLIDES: [name: string, std: number[], tolerance: number][] = [
  ['problem', [0.49, 0.29, 0.18, 0.11, 0.07, 0.05], 0.01],
  ['large', [0.87, 0.85, 0.85, 0.85, 0.85, 0.85], 0.01],
  ['cure', [0.63, 0.49, 0.41, 0.36, 0.32, 0.3], 0.01],
  ['reluXavier', [0.58, 0.41, 0.3, 0.21, 0.15, 0.1], 0.01],
  // Under He's rule a whole network comes out larger or smaller, by 0.02 from seed to seed.
  ['he', [0.83, 0.83, 0.83, 0.81, 0.81, 0.81], 0.03],
];

describe('init-signal, the theory', () => {
  // Gaussian integrals made once with another program.
  test.each([
    ['problem', [0.4922, 0.2892, 0.1792, 0.1132, 0.0721, 0.046]],
    ['large', [0.8717, 0.853, 0.8498, 0.8493, 0.8492, 0.8492]],
    ['cure', [0.6279, 0.4863, 0.4082, 0.3576, 0.3216, 0.2944]],
    ['reluXavier', [0.5838, 0.4128, 0.2919, 0.2064, 0.146, 0.1032]],
    ['he', [0.8256, 0.8256, 0.8256, 0.8256, 0.8256, 0.8256]],
  ])('has the standard deviations of %s', (name, expected) => {
    theoryOf(preset(name)).std.forEach((std, i) => expect(std).toBeCloseTo(expected[i]!, 3));
  });

  test('hands a gradient down by √χ a layer', () => {
    expect(hiddenFactorPerLayer(theoryOf(preset('large')).hiddenGradientNorm)).toBeCloseTo(1.4, 2);
    expect(hiddenFactorPerLayer(theoryOf(preset('he')).hiddenGradientNorm)).toBeCloseTo(1, 3);
    expect(theoryOf(preset('reluXavier')).hiddenGradientNorm[0]).toBeCloseTo(0.177, 3);
  });
});

describe('init-signal, the recordings', () => {
  test.each(SLIDES)('%s is the slide, layer by layer', (name, slide, tolerance) => {
    const { values } = getRecording(widget.id, canonical(widget.params, preset(name)));
    const [std] = values['activationStd'] as number[][];
    std!.forEach((value, i) => expect(Math.abs(value - slide[i]!)).toBeLessThanOrEqual(tolerance));
  });

  test('have gradients that no slide shows: small but level, and growing where units saturate', () => {
    const value = (name: string, of: string) =>
      getRecording(widget.id, canonical(widget.params, preset(name))).values[of]![0] as number;
    expect(value('problem', 'firstHiddenGradient')).toBeCloseTo(0.094, 2);
    expect(value('problem', 'weightGradientSpread')).toBeLessThan(1.1);
    expect(value('large', 'hiddenFactorPerLayer')).toBeCloseTo(1.4, 1);
  });

  test('have slopes of exactly 0 among large weights, as many as a normal z says, and else none', () => {
    const counts = (name: string) =>
      getRecording(widget.id, canonical(widget.params, preset(name))).values[
        'zeroSlopes'
      ] as number[][];
    for (const name of ['problem', 'cure', 'law'])
      for (const count of counts(name).flat()) expect(count).toBe(0);
    // tanh rounds to ±1 beyond |z| = 9.01. Layer 1 has z of standard deviation 3.2, layer 2 of 3.2
    // times 0.8717: 319 and 81 of 65,536 are expected. Units share their 16 inputs, so a count
    // spreads a little more than its root.
    for (const [first, second] of counts('large')) {
      expect(Math.abs(first! - 319)).toBeLessThan(80);
      expect(Math.abs(second! - 81)).toBeLessThan(40);
    }
  });
});

describe('init-signal, run', () => {
  async function run(name: string, change = {}): Promise<SignalResult[]> {
    const found: SignalResult[] = [];
    for await (const result of experiment({ ...preset(name), ...change }, service, {}))
      found.push(result);
    return found;
  }

  test.each(SLIDES)('%s is the slide in law, too', async (name, slide, tolerance) => {
    const [result] = await run(name, { mode: 'law' });
    const std = forwardNumbers(result!, 'std');
    std.forEach((value, i) => expect(Math.abs(value - slide[i]!)).toBeLessThanOrEqual(tolerance));
    expect(widget.describe({ ...preset(name), mode: 'law' }, result!, say)).toContain(
      'exactly in law',
    );
  });

  test('shows each layer as it is done, up and down', async () => {
    const found = await run('problem', { seed: 5 });
    expect(found.map(visited)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const partial of [nothing, ...found])
      for (const { chart } of widget.figures) chart(preset('problem'), partial, say);
    expect(widget.describe(preset('problem'), nothing, say)).toBe('');
    expect(widget.describe(preset('problem'), found[2]!, say)).toContain(
      'multiplied in WebAssembly',
    );
  });
});
