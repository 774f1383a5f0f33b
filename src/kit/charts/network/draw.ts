import type { Frame } from '../geometry';
import type { NetworkSpec } from '../spec';
import { valueText } from '../values';
import type { ChartWords } from '../words';
import { layOut } from './layout';
import { networkMarkup } from './markup';
import { rootMeanSquare } from './size';

/**
 * Draws a network into the frame that all charts have, narrow as they are: for saved files and thumbnails.
 * A page draws it by the kit's picture, which is wide where there is room, and moves.
 */
export function drawNetwork(spec: NetworkSpec, words: ChartWords): Frame {
  const layout = layOut(spec, 'narrow');
  const { height, units, columns } = layout;
  const plot = { x: 0, y: units.to, width: 0, height: 0 };
  const nothing = { x: 0, y: 0, text: '', anchor: 'start' } as const;
  return {
    ...{ height, plot, xTicks: [], yTicks: [], xLabel: nothing, yLabel: nothing },
    ...{ references: [], grid: false, inner: networkMarkup(spec, layout) },
    columns: spec.layers.length,
    rows: 1,
    read: (column) => ({
      x: layout.layers[column]?.[0]?.x ?? columns.from,
      heading: `${spec.names.layer} ${column + 1}`,
      rows: [
        {
          ...{ role: 'neutral', variant: 0, label: spec.names.signal },
          text: valueText(rootMeanSquare(spec.layers[column]?.signal ?? []), true, words),
        },
      ],
      dots: [],
    }),
    find: (x) => ({
      column: Math.max(
        0,
        Math.min(
          spec.layers.length - 1,
          Math.round(((x - columns.from) / (columns.to - columns.from)) * (spec.layers.length - 1)),
        ),
      ),
      row: 0,
    }),
  };
}
