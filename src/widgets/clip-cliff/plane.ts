import { cliffPoint, cliffWall } from '../../engine/closedForms';
import type { HeatMapSpec } from '../../kit/charts/spec';
import { significant } from '../../kit/significant';
import { PLANE } from './params';

const evenly = ([from, to]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) =>
    Number((from + (i * (to - from)) / (count - 1)).toFixed(4)),
  );

/** Weights and biases at which the loss is drawn. */
export const COLUMNS = evenly(PLANE.weight, 53);
export const ROWS = evenly(PLANE.bias, 45);

const LOSSES = ROWS.map((bias) =>
  COLUMNS.map((weight) => significant(cliffPoint(weight, bias).error, 3)),
);

/** Where the wall stands, as far as it lies in the plane that is drawn. */
const wall = COLUMNS.flatMap((weight) => {
  const bias = cliffWall(weight);
  return bias !== null && bias >= PLANE.bias[0] && bias <= PLANE.bias[1] ? [{ weight, bias }] : [];
});

/** The loss over the plane of weight and bias, with the wall in it. */
export const planeChart = (overlay: NonNullable<HeatMapSpec['overlay']>): HeatMapSpec => ({
  kind: 'heat',
  theory: true,
  x: { label: 'Weight w', scale: 'linear' },
  y: { label: 'Bias b', scale: 'linear' },
  rows: ROWS,
  columns: COLUMNS,
  values: LOSSES,
  scale: [-4, -2, 0],
  valueLabel: 'Loss',
  overlay: [
    {
      ...{ id: 'wall', label: 'the wall', role: 'theory', mark: 'line' },
      x: wall.map(({ weight }) => weight),
      y: wall.map(({ bias }) => bias),
    },
    ...overlay,
  ],
});
