import { mount, unmount } from 'svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import '../../../src/kit/tokens.css';
import Chart from '../../../src/kit/charts/Chart.svelte';
import { prepareCharts } from '../../../src/kit/charts/kinds';
import type { ChartSpec, LineChartSpec } from '../../../src/kit/charts/spec';
import { declaredSettings } from '../../../src/kit/authored';
import { renderFigureSvg } from '../../../src/kit/export';
import { sayFor } from '../../../src/kit/say';
import type { Recording } from '../../../src/kit/widget';
import { getRecording, widgets } from '../../../src/registry/server';

beforeAll(() => prepareCharts(['line', 'heat', 'histogram', 'network']));

/** Points and the ends of lines reach beyond their middle; names beside a plot may touch the edge. */
const SLACK = 8;

/** The box that a shape paints in, in the units of the drawing, after every element that clips. */
function painted(shape: SVGGraphicsElement, drawing: SVGSVGElement): DOMRect {
  let { x, y, width, height } = shape.getBBox();
  for (
    let outer = shape.ownerSVGElement;
    outer && outer !== drawing;
    outer = outer.ownerSVGElement
  ) {
    if (getComputedStyle(outer).overflow === 'visible') continue;
    const { x: left, y: top, width: wide, height: high } = outer.viewBox.baseVal;
    const [right, bottom] = [Math.min(x + width, left + wide), Math.min(y + height, top + high)];
    [x, y] = [Math.max(x, left), Math.max(y, top)];
    [width, height] = [Math.max(0, right - x), Math.max(0, bottom - y)];
  }
  return new DOMRect(x, y, width, height);
}

/** Descriptions of the shapes of a drawing that paint outside of it. */
function outside(drawing: SVGSVGElement): string[] {
  const { x, y, width, height } = drawing.viewBox.baseVal;
  return [...drawing.querySelectorAll<SVGGraphicsElement>('path, image, rect')].flatMap((shape) => {
    const box = painted(shape, drawing);
    if (box.width === 0 && box.height === 0) return [];
    const inside =
      box.left >= x - SLACK &&
      box.top >= y - SLACK &&
      box.right <= x + width + SLACK &&
      box.bottom <= y + height + SLACK;
    return inside
      ? []
      : [
          `${shape.getAttribute('class')} from (${box.left}, ${box.top}) to (${box.right}, ${box.bottom})`,
        ];
  });
}

function inPage<T>(spec: ChartSpec, look: (drawing: SVGSVGElement) => T): T {
  const target = document.body.appendChild(document.createElement('div'));
  const chart = mount(Chart, { target, props: { spec, title: 'A chart' } });
  try {
    return look(target.querySelector<SVGSVGElement>('.gl-chart > svg')!);
  } finally {
    void unmount(chart);
    target.remove();
  }
}

function asFile<T>(spec: ChartSpec, look: (drawing: SVGSVGElement) => T): T {
  const target = document.body.appendChild(document.createElement('div'));
  target.innerHTML = renderFigureSvg(spec, { title: 'A chart', description: 'As a file.' });
  try {
    return look(target.querySelector<SVGSVGElement>(':scope > svg')!);
  } finally {
    target.remove();
  }
}

const x = [0, 1, 2, 3];
/** A line and a band that leave an axis with fixed ends. */
const leaving: LineChartSpec = {
  kind: 'line',
  x: { label: 'x', scale: 'linear' },
  y: { label: 'y', scale: 'linear', domain: [0, 1] },
  series: [
    {
      ...{ id: 'a', label: 'a', role: 'problem', x, y: [0, 1, 50, 900] },
      band: { low: [0, 0, -50, -900], high: [1, 2, 100, Infinity] },
    },
  ],
};

describe.each([
  ['a chart in a page', inPage],
  ['a saved figure', asFile],
])('%s', (_, look) => {
  test('clips what leaves its plot', () => {
    expect(look(leaving, outside)).toEqual([]);
  });

  test('would be found if it did not', () => {
    const unclipped = (drawing: SVGSVGElement) => {
      drawing.querySelector('svg')!.style.overflow = 'visible';
      return outside(drawing);
    };
    expect(look(leaving, unclipped)).toHaveLength(2);
  });
});

describe.each([...widgets])('the figures of %s', (id, widget) => {
  test('stay inside their drawings, in a page and in a file', () => {
    const faults: string[] = [];
    for (const [key, values] of declaredSettings(widget)) {
      const { result } = getRecording(id, key) as Omit<Recording, 'result'> & { result: never };
      for (const figure of widget.figures) {
        if (!(figure.shown?.(values) ?? true)) continue;
        const spec = figure.chart(values, result, sayFor());
        for (const fault of [...inPage(spec, outside), ...asFile(spec, outside)])
          faults.push(`${figure.id} with ${key || 'its defaults'}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });
});
