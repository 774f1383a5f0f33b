import type { Column } from '../read/column.ts';
import type { Reading } from '../read/reading.ts';
import { orderedLayers } from './layers.ts';
import { keptRows } from './restarts.ts';
import type { Assignment } from './roles.ts';
import type { Given, Run, Series } from './run.ts';
import { median } from './statistics.ts';

/** The training that a reading tells of, with its columns as they were assigned. */
export function runOf(reading: Reading, assignments: Assignment[], given: Given = {}): Run {
  const { table } = reading;
  const named = (role: Assignment['role']): Column[] =>
    assignments
      .filter((assignment) => assignment.role === role)
      .map(({ column }) => table.columns.get(column)!);
  const [step] = named('step');
  const [epoch] = named('epoch');
  const [loss] = named('loss');
  const { keep, omitted } = keptRows(table.rows, step, epoch, loss);
  const series = (column: Column | undefined): Series | null =>
    column ? seriesOf(column, keep) : null;
  const layerColumns = named('layerNorm').map((column) => seriesOf(column, keep));
  const layers = orderedLayers(layerColumns, reading.stated.layers);
  const [threshold] = named('clipThreshold');
  const stated = { ...reading.stated };
  if (threshold && stated.clipThreshold === undefined) {
    const value = median(threshold.values.view());
    if (value > 0) {
      stated.clipThreshold = value;
      stated.clipSource = `${threshold.name} ${value}`;
    }
  }
  return {
    rows: table.rows,
    format: reading.format ?? '',
    loss: series(loss),
    gradientNorm: series(named('gradientNorm')[0]) ?? normOfLayers(layerColumns),
    learningRate: series(named('learningRate')[0]),
    lossScale: series(named('lossScale')[0]),
    clippedShare: series(named('clippedShare')[0]),
    evaluationLoss: series(named('evaluationLoss')[0]),
    layers,
    belowFloat16Share: named('belowFloat16Share').map((column) => seriesOf(column, keep)),
    stated,
    given,
    fromStart: beginsAtStart(step, epoch),
    stepOf: lookUp(step),
    epochOf: lookUp(epoch),
    lineOf: (row) => (row < table.lines.length ? table.lines.at(row) : null),
    omitted,
  };
}

function seriesOf(column: Column, keep: Uint8Array): Series {
  const rows = column.rows.view();
  const values = column.values.view();
  if (!keep.includes(0)) return { name: column.name, rows, values };
  const kept = rows.map((row, i) => (keep[row] === 1 ? i : -1)).filter((i) => i >= 0);
  return {
    name: column.name,
    rows: kept.map((i) => rows[i]!),
    values: kept.map((i) => values[i]!),
  };
}

/** Square root of the sum of squares over the layers, at the rows that have all of them. */
function normOfLayers(layers: Series[]): Series | null {
  if (layers.length < 2) return null;
  const sums = new Map<number, { squares: number; count: number }>();
  for (const { rows, values } of layers)
    for (let i = 0; i < values.length; i++) {
      const sum = sums.get(rows[i]!) ?? { squares: 0, count: 0 };
      sum.squares += values[i]! ** 2;
      sum.count++;
      sums.set(rows[i]!, sum);
    }
  const whole = [...sums].filter(([, { count }]) => count === layers.length);
  if (whole.length === 0) return null;
  return {
    name: 'norm over the layers',
    rows: whole.map(([row]) => row),
    values: Float64Array.from(whole, ([, { squares }]) => Math.sqrt(squares)),
    derived: `square root of the sum of squares of ${layers.length} columns`,
  };
}

/** A file whose first step is far beyond the distance between two rows begins in the middle. */
function beginsAtStart(step: Column | undefined, epoch: Column | undefined): boolean {
  if (epoch && epoch.values.length > 0 && epoch.values.at(0) >= 3) return false;
  if (!step || step.values.length < 3) return true;
  const distances = Float64Array.from({ length: Math.min(50, step.values.length - 1) }, (_, i) =>
    Math.abs(step.values.at(i + 1) - step.values.at(i)),
  );
  const first = step.values.at(0);
  return first <= 20 * Math.max(1, median(distances));
}

/** A column's value in a row, by bisection. */
function lookUp(column: Column | undefined): (row: number) => number | null {
  if (!column) return () => null;
  const rows = column.rows.view();
  return (row) => {
    let low = 0;
    let high = rows.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (rows[middle] === row) return column.values.at(middle);
      if (rows[middle]! < row) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  };
}
