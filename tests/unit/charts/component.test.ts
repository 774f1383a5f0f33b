import { render } from 'svelte/server';
import { describe, expect, test, vi } from 'vitest';
import Chart from '../../../src/kit/charts/Chart.svelte';
import DataTable from '../../../src/kit/charts/DataTable.svelte';
import { coordinate } from '../../../src/kit/charts/geometry';
import { frameOf, reservedHeight } from '../../../src/kit/charts/kinds';
import { chartMarkup } from '../../../src/kit/charts/markup';
import type { ChartSpec } from '../../../src/kit/charts/spec';
import { english } from '../../../src/kit/charts/words';
import { examples, heat, histogram, line } from './examples';

const title = 'Gradient <by> layer';

describe.each(examples)('%s on the server', (_, spec) => {
  const html = render(Chart, { props: { spec, title, description: 'It vanishes.' } }).body;

  test('is an image with a name and a description', () => {
    const id = html.match(/aria-labelledby="([^"]+)"/)![1]!;
    expect(html).toContain(`<title id="${id}">Gradient &lt;by> layer</title>`);
    const described = html.match(/aria-describedby="([^"]+)"/)![1]!;
    expect(html).toContain(`<desc id="${described}">It vanishes.</desc>`);
    expect(html).toContain('role="img"');
  });

  test('is drawn, the same each time, without style attributes', () => {
    expect(html).toContain('class="gl-axis"');
    expect(html).not.toMatch(/\sstyle=/);
    expect(render(Chart, { props: { spec, title, description: 'It vanishes.' } }).body).toBe(html);
  });

  test('can be read by the keyboard through a named slider', () => {
    expect(html).toMatch(
      /<input type="range"[^>]*aria-label="Read values: Gradient &lt;by> layer"/,
    );
  });
});

test('words in a chart are escaped', () => {
  const html = render(Chart, { props: { spec: line, title: 't' } }).body;
  expect(html).toContain('chance &#60;1 in 10&#62; &#38; &#34;more&#34;');
});

test.each([
  ['heat map', heat],
  ['histogram', histogram],
])('the room kept for a %s that is not loaded yet is what it needs', (_, spec) => {
  expect(reservedHeight(spec)).toBe(frameOf(spec, english)!.height);
});

describe('DataTable', () => {
  const html = (props: object) =>
    render(DataTable, { props: { spec: line, caption: title, ...props } }).body.replace(
      /<!--.*?-->/g,
      '',
    );

  test('is folded, captioned, and has the values in the words of the chart', () => {
    const text = html({});
    expect(text).toMatch(/^<details(?! open)/);
    expect(text).toContain('<caption');
    expect(text).toContain('Gradient &lt;by> layer</caption>');
    for (const word of ['Inf', 'NaN', 'exactly 0', '10⁻⁵⁰ (below what float32 holds)', '1,000'])
      expect(text).toContain(`>${word}</td>`);
    expect(text).not.toMatch(/\sstyle=/);
  });

  test('has a plain 0 where something is counted, and at a place', () => {
    const counted = { ...line, y: { ...line.y, counts: true } };
    const points = { mark: 'points', x: [2], y: [0] } as const;
    const over = [{ id: 'over', label: 'over', role: 'theory', ...points }];
    for (const spec of [counted, { ...heat, counts: true, overlay: over }]) {
      expect(html({ spec })).not.toContain('exactly 0');
      expect(html({ spec })).toContain('>0</td>');
    }
    expect(html({ spec: { ...heat, values: [[1], [1], [1]], overlay: over } })).toContain(
      '>0</td>',
    );
  });

  test('says how many rows are shown where it shows a part', () => {
    const x = Array.from({ length: 301 }, (_, k) => k);
    const spec = { ...line, series: [{ ...line.series[0]!, x, y: x }] };
    expect(html({ spec, most: 31 })).toContain('31 of 301 rows are shown.');
    expect(html({})).not.toContain('rows are shown');
  });
});

describe('a chart whose axis has one value', () => {
  test.each<[string, ChartSpec]>([
    ['line', { ...line, x: { ...line.x, domain: [1, 1] } }],
    ['heat map', { ...heat, x: { ...heat.x, domain: [0, 0] }, columns: [0], values: heat.values }],
    ['heat map of no step', { ...heat, x: { ...heat.x, domain: [0, 0] }, columns: [] }],
    ['histogram', { ...histogram, x: { ...histogram.x, domain: [0, 0] } }],
  ])('is drawn: %s', (_, spec) => {
    expect(chartMarkup(frameOf(spec, english)!)).not.toMatch(/="[^"]*(NaN|Infinity)/);
  });
});

test('no drawing has a number that no browser draws', () => {
  expect(() => coordinate(NaN)).toThrow('A drawing has no place at NaN.');
});

describe('a chart that cannot be drawn', () => {
  const broken: ChartSpec = {
    ...line,
    get series(): never {
      throw new Error('no such layer');
    },
  };

  test('stops the build', () => {
    expect(() => render(Chart, { props: { spec: broken, title } }).body).toThrow('no such layer');
  });

  test('is a sentence in a page, and the console has the reason once', () => {
    const heard = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.stubEnv('SSR', false);
    try {
      const drawn = () => render(Chart, { props: { spec: broken, title } }).body;
      expect(drawn()).toContain(english.notDrawn);
      expect(drawn()).not.toContain('<svg');
      expect(heard).toHaveBeenCalledOnce();
    } finally {
      vi.unstubAllEnvs();
      heard.mockRestore();
    }
  });
});
