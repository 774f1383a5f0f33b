/** The living picture shows a run's own numbers, and says what they are. */
import { describe, expect, test } from 'vitest';
import { renderFigureSvg } from '../../../src/kit/export/svg';
import { getRecording } from '../../../src/registry/server';
import { root } from '../../config/root';
import { stillChart } from '../../../src/kit/drawFigures';
import { presetSettings, type AnySettings } from '../../../src/kit/codec';
import type { NetworkSpec } from '../../../src/kit/charts/spec';
import { upToStep } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import type { TrainingResult } from '../../../src/kit/widget';
import widget from '../../../src/widgets/home-network/widget';
import { train } from './training';

const say = sayFor();
const settingsOf = (preset: string) => presetSettings(widget, preset) as AnySettings;
const drawn = (preset: string, result: TrainingResult) =>
  stillChart(widget, widget.figures[0] as never, settingsOf(preset), result, say) as NetworkSpec;

async function shown(preset: string) {
  const { result } = await train(widget, presetSettings(widget, preset));
  const lane = result.lanes['network']!;
  return { result, lane, spec: drawn(preset, result) };
}

describe('the living picture', () => {
  test('holds what the engine reported of the last frame, unit by unit', async () => {
    const { lane, spec } = await shown('cure');
    const last = (name: string) => lane.extra[name]!.at(-1)!;
    expect(spec.layers.flatMap(({ activation }) => activation)).toEqual(last('exampleActivation'));
    expect([...spec.layers.map(({ signal }) => signal), spec.output.signal].flat()).toEqual(
      last('exampleSignalGradient'),
    );
    expect(spec.bundles.map(({ gradient }) => gradient)).toEqual(lane.weightGradientNorm.at(-1));
    expect(spec.output.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  test('the size of the weights at the start is the gain that the dial says', async () => {
    const { result } = await shown('problem');
    const { bundles } = drawn('problem', upToStep(result, 0));
    // An orthogonal matrix times the gain; the output layer has its own rule.
    for (const { weight } of bundles.slice(1, -1)) expect(weight).toBeCloseTo(0.2, 5);
  });

  test('mended, it reads the digit shown, and says how much of the error arrives', async () => {
    const { spec } = await shown('cure');
    expect(spec.output.right).toBe(3);
    expect(spec.told).toMatch(
      /^Shown is a handwritten 3; it reads 3 \(\d+(\.\d)?%\)\. The error signal reaches layer 1/,
    );
  });

  test('broken, it guesses, and says from which layer on the error is lost', async () => {
    const { spec } = await shown('problem');
    expect(spec.told).toMatch(
      /it guesses \d \(1\d(\.\d)?%\)\. The error signal is lost on its way back: from layer \d on/,
    );
  });

  test('exploded, it reads nothing, names where it broke, and shows the last gradient there was', async () => {
    const { lane, spec } = await shown('exploding');
    const { step, layer } = lane.firstNonFinite!;
    expect(spec.told).toContain(`At step ${step} the numbers overflowed`);
    expect(spec.told).toContain(`in layer ${layer}`);
    expect(spec.told).toContain(`The ribbons show step ${step - 1}, the last with a gradient.`);
    expect(spec.told).toContain('it reads nothing');
    expect(spec.layers.flatMap(({ activation }) => activation).every(Number.isFinite)).toBe(false);
    expect(spec.layers.flatMap(({ signal }) => signal).every(Number.isFinite)).toBe(true);
  });

  test('before the first frame there is nothing to draw, and nothing breaks', () => {
    const none = drawn('cure', { lanes: {} });
    expect(none.layers).toEqual([]);
    expect(none.told).toBe('');
  });
});

test('the README’s picture is that of the recorded run; after a change of it run this with -u', async () => {
  const { result } = getRecording('home-network', 'gain=1');
  const svg = renderFigureSvg(drawn('cure', result as TrainingResult), {
    title: 'A network that learns to read',
    description: widget.describe(settingsOf('cure') as never, result as never, say),
  });
  await expect(`${svg}\n`).toMatchFileSnapshot(`${root}.github/living-picture.svg`);
});
