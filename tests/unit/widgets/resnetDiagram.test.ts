import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import {
  costOf,
  isCounted,
  networkOf,
  stagesOf,
  type Shortcut,
  type StridePlace,
} from '../../../src/widgets/resnet-diagram/layers';
import {
  barHeight,
  layerAt,
  layoutOf,
  rows as drawnRows,
} from '../../../src/widgets/resnet-diagram/layout';
import {
  networkNames,
  networks,
  type NetworkName,
} from '../../../src/widgets/resnet-diagram/networks';
import { shownNetworks, totalsOf } from '../../../src/widgets/resnet-diagram/totals';
import widget from '../../../src/widgets/resnet-diagram/widget';
import {
  multiplyAddsWorkedOut,
  parametersWorkedOut,
  percentOf,
  told,
} from '../../../src/widgets/resnet-diagram/words';

const say = sayFor();
const build = (
  name: NetworkName,
  size = 224,
  shortcut: Shortcut = 'B',
  stride: StridePlace = 'first',
) => networkOf(name, size, { shortcut, stride });

/** As the networks' own programs count them, batch norm and classifier included. */
const parameters: Record<NetworkName, number> = {
  vgg19: 143_667_240,
  plain34: 21_623_848,
  resnet18: 11_689_512,
  resnet34: 21_797_672,
  resnet50: 25_557_032,
  resnet101: 44_549_160,
  resnet152: 60_192_808,
};

/** Billions at 224 × 224, to two decimals. */
const billions: [NetworkName, StridePlace, number][] = [
  ['vgg19', 'first', 19.63],
  ['plain34', 'first', 3.64],
  ['resnet18', 'first', 1.81],
  ['resnet34', 'first', 3.66],
  ['resnet50', 'first', 3.86],
  ['resnet50', 'middle', 4.09],
  ['resnet101', 'first', 7.57],
  ['resnet152', 'first', 11.28],
];

describe('the networks', () => {
  test.each(networkNames)('%s has the published number of parameters, and of layers', (name) => {
    for (const stride of ['first', 'middle'] as const) {
      const { layers } = build(name, 224, 'B', stride);
      expect(costOf(layers).parameters).toBe(parameters[name]);
      expect(layers.filter(isCounted)).toHaveLength(networks[name].depth);
    }
  });

  test.each(billions)(
    '%s with the stride in the %s has its multiply-adds',
    (name, stride, count) => {
      const { multiplyAdds } = costOf(build(name, 224, 'B', stride).layers);
      expect(Math.round(multiplyAdds / 1e7) / 100).toBe(count);
    },
  );

  test.each(networkNames)('%s is within two percent of the published work', (name) => {
    const { multiplyAdds } = costOf(build(name).layers);
    expect(Math.abs(multiplyAdds / 1e9 / networks[name].published - 1)).toBeLessThan(0.02);
  });

  test('shortcuts A add no parameter to plain-34, C projects every one', () => {
    expect(costOf(build('resnet34', 224, 'A').layers)).toEqual(costOf(build('plain34').layers));
    const all = build('resnet34', 224, 'C');
    expect(all.shortcuts).toHaveLength(16);
    expect(all.shortcuts.every(({ connection }) => connection === 'projection')).toBe(true);
    expect(costOf(all.layers).parameters).toBe(22_716_840);
  });

  test('a quarter of the work is left at half the side, and every parameter', () => {
    const [whole, half] = [build('resnet50', 256), build('resnet50', 128)].map(({ layers }) =>
      costOf(layers),
    );
    expect(half!.parameters).toBe(whole!.parameters);
    const classifier = 2_048_000;
    expect(half!.multiplyAdds - classifier).toBe((whole!.multiplyAdds - classifier) / 4);
  });

  test.each(networkNames)(
    '%s hands each map on in the shape in which the next takes it',
    (name) => {
      for (const size of [32, 33, 100, 224, 225]) {
        const path = build(name, size).layers.filter(({ onShortcut }) => !onShortcut);
        path.slice(1).forEach((layer, i) => {
          expect(layer.inChannels).toBe(path[i]!.outChannels);
          expect(layer.inputSize).toBe(path[i]!.outputSize);
        });
        expect(path.at(-1)).toMatchObject({ outputSize: 1, outChannels: 1000 });
      }
    },
  );

  test.each(networkNames)('%s has shortcuts whose ends have one shape', (name) => {
    const { layers, shortcuts } = build(name);
    for (const { from, to, projection } of shortcuts) {
      const [first, last] = [layers[from]!, layers[to]!];
      const given =
        projection === null
          ? [first.inputSize, first.inChannels]
          : [layers[projection]!.outputSize, layers[projection]!.outChannels];
      expect(given).toEqual([last.outputSize, last.outChannels]);
    }
  });

  test('say which side is too small, and which the smallest is', () => {
    expect(() => build('resnet18', 31)).toThrow(
      'An input of 31 × 31 pixels cannot be halved five times; the smallest that can is 32 × 32.',
    );
    expect(() => build('vgg19', NaN)).toThrow('cannot be halved');
  });
});

describe('the diagram', () => {
  const settings = (preset: string) => presetSettings(widget, preset);

  test('draws the smallest side that can be halved five times, and says so', () => {
    const small = { ...settings('published'), inputSize: 20 };
    const result = totalsOf(small);
    expect(result.inputSize).toBe(32);
    expect(widget.describe(small, result, say)).toMatch(
      /^A side of 20 cannot be halved five times; 32 is the smallest that can, and is drawn\. /,
    );
    expect(widget.describe(settings('published'), totalsOf(settings('published')), say)).toMatch(
      /25,557,032 parameters and 3\.86 billion multiply-adds \(stride in the first 1 × 1\); the published count is 3\.8 billion, so this is \+1\.5% from it\./,
    );
  });

  test('adds the stages up to the whole', () => {
    for (const name of networkNames) {
      const network = build(name);
      const stages = stagesOf(network).map(({ layers }) => costOf(layers));
      for (const cost of ['parameters', 'multiplyAdds'] as const)
        expect(stages.reduce((sum, stage) => sum + stage[cost], 0)).toBe(
          costOf(network.layers)[cost],
        );
    }
  });

  test('ends each curve of what is spent at the whole', () => {
    const chosen = settings('bottleneck');
    const [first, second] = totalsOf(chosen).totals;
    const [work, weights] = widget.figures.map(({ chart }) => chart(chosen, totalsOf(chosen), say));
    const ends = (chart: typeof work) =>
      chart?.kind === 'line' ? chart.series.map(({ y }) => y.at(-1)) : [];
    expect(ends(work)).toEqual([first!.multiplyAdds / 1e9, second!.multiplyAdds / 1e9]);
    expect(ends(weights)).toEqual([first!.parameters / 1e6, second!.parameters / 1e6]);
  });

  test('finds each layer under its own column, and a projection under its dot', () => {
    for (const name of networkNames) {
      const layout = layoutOf(build(name));
      layout.columns.forEach(({ x, width }, index) =>
        expect(layerAt(layout, x + width / 2, drawnRows.bars.y + 1)).toBe(index),
      );
      for (const { x, width, shortcut } of layout.arcs)
        if (shortcut.projection !== null)
          expect(layerAt(layout, x + width / 2, drawnRows.arcs.y)).toBe(shortcut.projection);
    }
  });

  test('stands columns beside one another, from one end of the drawing to the other', () => {
    for (const name of networkNames) {
      const { columns, bands, width } = layoutOf(build(name));
      columns.slice(1).forEach((column, i) => {
        expect(column.x).toBeGreaterThanOrEqual(columns[i]!.x + columns[i]!.width - 1e-9);
      });
      expect(columns.at(-1)!.x + columns.at(-1)!.width).toBeCloseTo(width);
      expect(bands.map(({ stage }) => stage)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(bands.reduce((sum, band) => sum + band.width, 0)).toBeCloseTo(width);
    }
  });

  test('has room for its tallest bar', () => {
    expect(barHeight(4096)).toBeLessThanOrEqual(drawnRows.bars.height);
  });

  test('works out on paper what it counts', () => {
    for (const name of networkNames)
      for (const layer of build(name).layers) {
        const evaluated = (text: string) => {
          const [left = '', right = ''] = text.replaceAll(',', '').split(' = ');
          const sum = left
            .split(' + ')
            .map((product) => product.split(' · ').reduce((all, factor) => all * Number(factor), 1))
            .reduce((all, one) => all + one, 0);
          expect(sum).toBe(Number(right));
          return Number(right);
        };
        if (layer.parameters > 0)
          expect(evaluated(parametersWorkedOut(layer, say))).toBe(layer.parameters);
        if (layer.multiplyAdds > 0)
          expect(evaluated(multiplyAddsWorkedOut(layer, say))).toBe(layer.multiplyAdds);
      }
  });

  test('tells a layer in one sentence', () => {
    const { layers } = build('resnet50');
    expect(told(layers[3]!, say)).toBe(
      'Stage 2, block 1: 3 × 3 convolution, 56 × 56 × 64 to 56 × 56 × 64; 36,992 parameters, 115.6 million multiply-adds.',
    );
    expect(told(layers[5]!, say)).toMatch(
      /^Stage 2, block 1: 1 × 1 convolution, on the shortcut, /,
    );
  });

  test('shows one network where none is beside it', () => {
    expect(shownNetworks(settings('deepest')).map(({ name }) => name)).toEqual(['resnet152']);
  });
});

describe('the chapter', () => {
  const text = readFileSync('content/networks-that-won.mdx', 'utf8');
  const spaced = (count: number) => say.count(count).replaceAll(',', ' ');

  test('prints the parameters and the work of each network as they are counted', () => {
    for (const [name, stride, count] of billions) {
      const { label, published } = networks[name];
      const row = text
        .split('\n')
        .find(
          (line) =>
            line.startsWith(`| ${label}`) &&
            (name !== 'resnet50' || line.includes(stride === 'first' ? 'first' : '3 × 3')),
        )!;
      expect(row).toContain(spaced(parameters[name]));
      expect(row).toContain(` ${count} `);
      const { multiplyAdds } = costOf(build(name, 224, 'B', stride).layers);
      if (stride === 'first')
        expect(row).toContain(
          `| ${published} | ${say.fixed(100 * (multiplyAdds / 1e9 / published - 1), 1, true)}% |`,
        );
    }
    for (const shortcut of ['A', 'B', 'C'] as const)
      expect(text).toContain(spaced(costOf(build('resnet34', 224, shortcut).layers).parameters));
  });

  test('says what two programs count in ResNet-50', () => {
    const channels = build('resnet50')
      .layers.filter(({ kind }) => kind === 'convolution')
      .map(({ outChannels }) => outChannels);
    const sum = channels.reduce((all, one) => all + one, 0);
    expect([channels.length, sum]).toEqual([53, 26_560]);
    expect(parameters.resnet50 + 3 * sum).toBe(25_636_712);
  });

  test('says the shares that VGG’s classifier has', () => {
    const { layers } = build('vgg19');
    const [whole, classifier] = [costOf(layers), costOf(layers.filter(({ stage }) => stage === 6))];
    expect(say.percent(classifier.parameters / whole.parameters)).toBe('86.1%');
    expect(say.percent(classifier.multiplyAdds / whole.multiplyAdds)).toBe('0.6%');
  });

  test('costs every 3 × 3 of ResNet-34 that keeps its side the same', () => {
    const kept = build('resnet34').layers.filter(
      ({ kernel, stride, kind }) => kernel === 3 && stride === 1 && kind === 'convolution',
    );
    expect(new Set(kept.map(({ multiplyAdds }) => multiplyAdds))).toEqual(new Set([115_605_504]));
  });
});

test('a share that rounding would make nothing is said to be small', () => {
  expect(percentOf(0.0004, say)).toBe('less than 0.1%');
  expect(percentOf(0.0006, say)).toBe('0.1%');
});
