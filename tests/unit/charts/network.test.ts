import { describe, expect, test } from 'vitest';
import { frameOf, prepareCharts, reservedHeight } from '../../../src/kit/charts/kinds';
import { layOut } from '../../../src/kit/charts/network/layout';
import { networkMarkup } from '../../../src/kit/charts/network/markup';
import { motionOf } from '../../../src/kit/charts/network/motion';
import {
  fillOf,
  levelOf,
  rootMeanSquare,
  shadeOf,
  shades,
  widthOf,
} from '../../../src/kit/charts/network/size';
import type { NetworkSpec } from '../../../src/kit/charts/spec';
import { table } from '../../../src/kit/charts/table';
import { english } from '../../../src/kit/charts/words';
import { renderFigureSvg } from '../../../src/kit/export/svg';
import { dotsAt, PERIOD } from '../../../src/kit/picture/pulses';

const scale: [number, number, number] = [-4, 0, 4];
const units = 6;

/** A network whose signal is multiplied by `factor` from each layer to the one before it. */
function network(factor: number, change: Partial<NetworkSpec> = {}): NetworkSpec {
  const depth = 5;
  return {
    kind: 'network',
    input: { values: Array.from({ length: 64 }, (_, i) => i / 64), image: true, text: 'an image' },
    layers: Array.from({ length: depth }, (_, l) => ({
      activation: Array.from({ length: units }, (_, i) => (i - 2) / 4),
      signal: Array.from({ length: units }, (_, i) => (i + 1) * factor ** (depth - 1 - l)),
    })),
    output: {
      shares: [0.1, 0.7, 0.2],
      signal: [1, 2, 3],
      names: ['0', '1', '2'],
      text: 'reads 1',
      right: 1,
    },
    bundles: Array.from({ length: depth + 1 }, () => ({ weight: 1, gradient: 0.1 })),
    scale,
    factors: ['first', '', '', '', '1'],
    left: 'left',
    legend: ['cold', 'neutral', 'hot'],
    axis: 'layer',
    told: 'What it shows.',
    names: {
      ...{ layer: 'Layer', unit: 'Unit', activation: 'Value', signal: 'Signal', weight: 'Weights' },
      ...{ gradient: 'Gradient', input: 'input', output: 'output', all: 'all' },
    },
    ...change,
  };
}

test('the room kept for one that is not loaded yet is what it needs', async () => {
  await prepareCharts(['network']);
  const spec = network(1);
  expect(reservedHeight(spec)).toBe(frameOf(spec, english)!.height);
});

describe('the scale', () => {
  test.each([
    [1e-4, -1],
    [1e-9, -1],
    [0, -1],
    [1e-2, -0.5],
    [1, 0],
    [100, 0.5],
    [1e9, 1],
    [Infinity, 1],
    [-100, 0.5],
  ])('a share of %d is at %d', (share, level) => expect(levelOf(share, scale)).toBeCloseTo(level));

  test('NaN has no level', () => expect(levelOf(NaN, scale)).toBeNull());

  test('a hotter strand is wider and of a later shade', () => {
    const levels = [-1, -0.5, 0, 0.5, 1];
    const ascending = (list: number[]) => expect(list).toEqual([...list].sort((a, b) => a - b));
    ascending(levels.map(widthOf));
    expect(widthOf(0)).toBe(1);
    expect(levels.map(shadeOf)).toEqual([0, 2, 4, 6, shades - 1]);
  });

  test('a unit is full at 1, empty at a thousandth, and knows no sign', () => {
    expect([1, 20, -1, 0.001, 1e-9, 0].map(fillOf)).toEqual([1, 1, 1, 0, 0, 0]);
    expect(fillOf(0.0316)).toBeCloseTo(0.5, 2);
  });

  test('the root mean square of 3 and 4 is √12.5, of nothing NaN', () => {
    expect(rootMeanSquare([3, -4])).toBeCloseTo(Math.sqrt(12.5));
    expect(rootMeanSquare([])).toBeNaN();
  });
});

describe.each(['wide', 'narrow'] as const)('laid out %s', (shape) => {
  test('what is left is told beside the last hidden layer, at the layer and at each unit', () => {
    const { layers } = layOut(network(0.1), shape);
    expect(layers.map(([unit]) => unit!.layerLevel)).toEqual(
      [1e-4, 1e-3, 1e-2, 0.1, 1].map((share) => expect.closeTo(levelOf(share, scale)!, 6)),
    );
    const [least, most] = [layers[4]![0]!, layers[4]![units - 1]!];
    const rms = rootMeanSquare([1, 2, 3, 4, 5, 6]);
    expect(least.level).toBeCloseTo(levelOf(1 / rms, scale)!);
    expect(most.level).toBeCloseTo(levelOf(6 / rms, scale)!);
  });

  test('each unit has a strand on both sides, as far as there are as many', () => {
    const { strands, layers } = layOut(network(1), shape);
    strands.slice(0, -1).forEach((gap, l) => {
      expect(new Set(gap.map(({ from }) => from))).toEqual(new Set(layers[l]));
      expect(new Set(gap.map(({ to }) => to))).toEqual(new Set(layers[l + 1]));
    });
  });

  test('all of it lies inside the drawing', () => {
    const { layers, outputs, width, height } = layOut(network(1), shape);
    for (const { x, y } of [...layers.flat(), ...outputs]) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  });

  test('says what the shades of the ribbons mean, at both ends and between', () => {
    const spec = network(1);
    const markup = networkMarkup(spec, layOut(spec, shape));
    for (const [words, shade] of [
      ['cold', 'gl-n0'],
      ['neutral', 'gl-n4'],
      ['hot', 'gl-n8'],
    ])
      expect(markup).toMatch(new RegExp(`gl-ribbon ${shade}"[^>]*/><text[^>]*>${words}<`));
  });

  test('another signal is another drawing, and the same the same', () => {
    const drawn = (factor: number) => {
      const spec = network(factor, { legend: [] });
      return networkMarkup(spec, layOut(spec, shape));
    };
    expect(drawn(0.1)).toBe(drawn(0.1));
    expect(drawn(0.1)).not.toBe(drawn(10));
    expect(drawn(0.1)).toContain('gl-n0');
    expect(drawn(0.1)).not.toContain('gl-n8');
    expect(drawn(10)).toContain('gl-n8');
  });

  test('Inf and NaN are marked, and no number of the drawing is one of them', () => {
    const broken = network(1, {
      layers: network(1).layers.map(({ signal }, l) => ({
        activation: [1, Infinity, -Infinity, NaN, 0.5, -0.5],
        signal: l === 0 ? signal.map(() => NaN) : signal,
      })),
      output: { ...network(1).output, shares: [NaN, NaN, NaN] },
    });
    const layout = layOut(broken, shape);
    const markup = networkMarkup(broken, layout);
    expect(markup).toContain('gl-marks');
    expect(markup).toContain('gl-lost');
    expect(markup.replace(/<text.*?<\/text>/g, '')).not.toMatch(/NaN|Infinity|undefined/);
    expect(JSON.stringify(motionOf(layout))).not.toMatch(/NaN|null/);
  });

  test('an empty network is drawn as nothing', () => {
    const nothing = network(1, {
      ...{ layers: [], bundles: [], factors: [], legend: [] },
      input: { values: [], image: false, text: '' },
      output: { shares: [], signal: [], names: [], text: '', right: null },
    });
    expect(networkMarkup(nothing, layOut(nothing, shape))).not.toMatch(/NaN|undefined/);
  });

  test('words are escaped', () => {
    const spec = network(1, { axis: '<script>' });
    expect(networkMarkup(spec, layOut(spec, shape))).not.toContain('<script>');
  });
});

describe('the table behind it', () => {
  const spec = network(0.1);
  const { columns, rows } = table(spec, english);

  test('has each layer as a whole, each input and each unit, none rounded', () => {
    expect(columns).toHaveLength(6);
    expect(rows).toHaveLength(5 + 1 + 64 + 5 * units + 3);
    expect(rows[0]!.slice(0, 4)).toEqual([
      1,
      'all',
      rootMeanSquare(spec.layers[0]!.activation),
      rootMeanSquare(spec.layers[0]!.signal),
    ]);
    expect(rows).toContainEqual([
      2,
      '3',
      spec.layers[1]!.activation[2],
      spec.layers[1]!.signal[2],
      '',
      '',
    ]);
    expect(rows.at(-1)).toEqual(['output', '2', 0.2, 3, '', '']);
  });
});

test('a saved file has its colours filled in, mixed ones too, and nothing from elsewhere', async () => {
  await prepareCharts(['network']);
  const svg = renderFigureSvg(network(10), { title: 'A network', description: 'It learns.' });
  expect(svg).not.toMatch(/var\(|color-mix|http(?!:\/\/www\.w3\.org\/(?:2000\/svg|1999\/xlink))/);
  expect(svg).toMatch(/\.gl-n5 ?\{ ?color: ?#[0-9a-f]{6}/);
});

describe('the motion', () => {
  const dots = (factor: number, share: number) =>
    dotsAt(motionOf(layOut(network(factor), 'wide')), share * PERIOD);
  const meanRadius = (list: ReturnType<typeof dots>) =>
    list.reduce((sum, { radius }) => sum + radius, 0) / list.length;

  test('values run from left to right first', () => {
    const [early, late] = [dots(1, 0.05), dots(1, 0.3)];
    for (const list of [early, late]) {
      expect(list.length).toBeGreaterThan(0);
      expect(list.every(({ level }) => level === null)).toBe(true);
    }
    expect(Math.max(...early.map(({ x }) => x))).toBeLessThan(
      Math.min(...late.map(({ x }) => x)) + 200,
    );
    expect(Math.max(...late.map(({ x }) => x))).toBeGreaterThan(
      Math.max(...early.map(({ x }) => x)),
    );
  });

  test('then the signal runs back: it fades where it vanishes, stays, or swells where it explodes', () => {
    const ratio = (factor: number) => {
      const [near, far] = [dots(factor, 0.52), dots(factor, 0.8)];
      expect(Math.min(...far.map(({ x }) => x))).toBeLessThan(Math.min(...near.map(({ x }) => x)));
      expect(near.concat(far).every(({ level }) => level !== null)).toBe(true);
      return meanRadius(far) / meanRadius(near);
    };
    expect(ratio(0.1)).toBeLessThan(0.6);
    expect(ratio(1)).toBeGreaterThan(0.7);
    expect(ratio(1)).toBeLessThan(1.4);
    expect(ratio(10)).toBeGreaterThan(1.5);
  });

  test('nothing is sent where there is no signal', () => {
    const silent = network(1, {
      layers: network(1).layers.map((layer) => ({ ...layer, signal: layer.signal.map(() => NaN) })),
    });
    const motion = motionOf(layOut(silent, 'wide'));
    for (let share = 0.45; share < 1; share += 0.05)
      expect(dotsAt(motion, share * PERIOD)).toEqual([]);
  });

  test('nothing flashes: from one picture to the next, what is drawn grows or shrinks by little', () => {
    const motion = motionOf(layOut(network(10), 'wide'));
    const area = (time: number) =>
      dotsAt(motion, time % PERIOD).reduce((sum, { radius }) => sum + radius * radius, 0);
    let turns = 0;
    let before = area(0);
    let rising = true;
    const most = Math.max(...Array.from({ length: 500 }, (_, k) => area((k / 500) * PERIOD)));
    let extreme = before;
    for (let time = 0; time < PERIOD; time += 1000 / 60) {
      const now = area(time);
      if (rising !== now >= before && Math.abs(before - extreme) > 0.25 * most) {
        turns++;
        extreme = before;
        rising = now >= before;
      }
      before = now;
    }
    // A flash is a rise and a fall; three a second are allowed.
    expect(turns / 2 / (PERIOD / 1000)).toBeLessThan(3);
  });
});
