import { expect, test, vi } from 'vitest';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import { drawFigures } from '../../../src/kit/drawFigures';
import { emptyResult } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import type { AnyWidget } from '../../../src/kit/widget';
import widget from '../../../src/widgets/vanishing-depth/widget';

test('a figure whose chart throws says so, and the others are drawn', () => {
  const heard = vi.spyOn(console, 'error').mockImplementation(() => {});
  const [first, ...others] = widget.figures;
  const chart = () => {
    throw new Error('There is no layer 0.');
  };
  const settings: AnySettings = defaults(widget.params);
  const figures = drawFigures({
    widget: { ...widget, figures: [{ ...first!, chart }, ...others] } as AnyWidget,
    settings,
    results: [{ settings, result: emptyResult(['problem']) }],
    ...{ moment: 'end', say: sayFor(), axes: null, gap: null, ghost: null },
  });
  expect(figures.map(({ fault }) => fault?.message ?? null)).toEqual([
    'There is no layer 0.',
    ...others.map(() => null),
  ]);
  expect(figures[0]!.chart.kind).toBe('line');
  expect(heard).toHaveBeenCalledOnce();
  heard.mockRestore();
});
