import { rootMeanSquare } from './network/size';
import { placeName } from './placeName';
import type {
  Axis,
  ChartSpec,
  HeatMapSpec,
  HeatOverlay,
  HistogramSpec,
  LineChartSpec,
  NetworkSpec,
} from './spec';
import type { ChartWords } from './words';

/** The numbers of a chart, as they were given; the first column says where each row stands. */
export interface ChartTable {
  columns: string[];
  rows: (string | number)[][];
  /** Of each column, whether its numbers are sizes, which show words for what no log axis holds: "exactly 0". */
  sizes: boolean[];
}

/** One row for each x; where a series has an x twice, the second stands in a row of its own. */
function lineTable(spec: LineChartSpec, words: ChartWords): ChartTable {
  const columns = [spec.x.label];
  const rows = new Map<string, (string | number)[]>();
  const order: (string | number)[][] = [];
  for (const { label, x, y, band: given, names } of spec.series) {
    // What is only shaded is no number of the chart.
    const band = given?.shade ? undefined : given;
    const first = columns.length;
    const parts = [...(names ? [names] : []), y, ...(band ? [band.low, band.high] : [])];
    if (names) columns.push(words.named(label));
    columns.push(label, ...(band ? [words.low(label), words.high(label)] : []));
    const seen = new Map<number, number>();
    x.forEach((at, index) => {
      const nth = seen.get(at) ?? 0;
      seen.set(at, nth + 1);
      let row = rows.get(`${at} ${nth}`);
      if (!row) {
        row = [at];
        rows.set(`${at} ${nth}`, row);
        order.push(row);
      }
      parts.forEach((part, k) => (row[first + k] = part[index] ?? ''));
    });
  }
  order.sort((a, b) => Number(a[0]) - Number(b[0]));
  return {
    columns,
    rows: order.map((row) => columns.map((_, k) => row[k] ?? '')),
    sizes: columns.map((_, k) => k > 0 && spec.y.scale === 'log'),
  };
}

function histogramTable(spec: HistogramSpec, words: ChartWords): ChartTable {
  return {
    columns: [words.panel, words.from, words.to, words.count],
    sizes: [],
    rows: spec.panels.flatMap(({ label, edges, counts }) =>
      counts.map((count, k) => [label, edges[k]!, edges[k + 1]!, count]),
    ),
  };
}

/** The table that stands behind a chart: the same numbers, none left out, none rounded. */
export function table(spec: ChartSpec, words: ChartWords): ChartTable {
  if (spec.kind === 'line') return lineTable(spec, words);
  if (spec.kind === 'histogram') return histogramTable(spec, words);
  if (spec.kind === 'network') return networkTable(spec);
  return heatTable(spec);
}

/** A row for each layer as a whole (root mean squares), then one for each unit. */
function networkTable({ input, layers, output, bundles, names }: NetworkSpec): ChartTable {
  const all = [
    ...layers.map((layer, l) => ({ name: l + 1, ...layer })),
    { name: names.output, activation: output.shares, signal: output.signal },
  ];
  return {
    columns: [
      names.layer,
      names.unit,
      names.activation,
      names.signal,
      names.weight,
      names.gradient,
    ],
    rows: [
      ...all.map(({ name, activation, signal }, l) => [
        name,
        names.all,
        rootMeanSquare(activation),
        rootMeanSquare(signal),
        bundles[l]?.weight ?? '',
        bundles[l]?.gradient ?? '',
      ]),
      ...input.values.map((value, i) => [names.input, `${i + 1}`, value, '', '', '']),
      ...all.flatMap(({ name, activation, signal }, l) =>
        activation.map((value, i) => [
          name,
          l < layers.length ? `${i + 1}` : (output.names[i] ?? ''),
          value,
          signal[i] ?? '',
          '',
          '',
        ]),
      ),
    ],
    sizes: [false, false, true, true, true, true],
  };
}

/**
 * One row for each column of the map, with the words that stand in its cells; each point of another overlay has a
 * row of its own at the end.
 */
function heatTable({ x, y, rows, columns, values, overlay: over = [] }: HeatMapSpec): ChartTable {
  const named = (axis: Axis, at: number) => placeName(axis, at) ?? at;
  const words = over.filter(({ mark }) => mark === 'words');
  const overlay = over.filter(({ mark }) => mark !== 'words');
  const blank = [...rows, ...words.flatMap(() => rows)].map(() => '');
  const wordAt = (one: HeatOverlay, at: number, row: number): string =>
    one.text?.[one.x.findIndex((_, i) => one.x[i] === at && one.y[i] === row)] ?? '';
  return {
    columns: [
      x.label,
      ...rows.map((row) => `${y.label} ${named(y, row)}`),
      ...words.flatMap(({ label }) => rows.map((row) => `${y.label} ${named(y, row)}, ${label}`)),
      ...overlay.flatMap(({ label, text }) =>
        text ? [`${label}: ${y.label}`, label] : [`${label}: ${y.label}`],
      ),
    ],
    rows: [
      ...columns.map((at, column) => [
        named(x, at),
        ...rows.map((_, row) => values[row]?.[column] ?? ''),
        ...words.flatMap((one) => rows.map((row) => wordAt(one, at, row))),
        ...overlay.flatMap(({ text }) => (text ? ['', ''] : [''])),
      ]),
      ...overlay.flatMap((one, k) =>
        one.x.map((at, i) => [
          named(x, at),
          ...blank,
          ...overlay.flatMap(({ text }, other) =>
            [named(y, one.y[i]!), ...(text ? [one.text?.[i] ?? ''] : [])].map((cell) =>
              other === k ? cell : '',
            ),
          ),
        ]),
      ),
    ],
    // What lies over the map stands at places, which are no sizes.
    sizes: [false, ...rows.map(() => true)],
  };
}

/**
 * The rows to show where all would be too many: evenly spaced, with the first and the last, and each
 * that has a non-finite number where the row before it has none.
 */
export function excerpt(rows: ChartTable['rows'], most: number): ChartTable['rows'] {
  if (rows.length <= most) return rows;
  const stride = Math.ceil(rows.length / most);
  const broken = (row: (string | number)[] | undefined) =>
    row?.some((value) => typeof value === 'number' && !Number.isFinite(value)) ?? false;
  return rows.filter(
    (row, k) => k % stride === 0 || k === rows.length - 1 || (broken(row) && !broken(rows[k - 1])),
  );
}
