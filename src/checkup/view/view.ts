import type { Role } from '../read/names.ts';
import { formatName } from '../read/formats.ts';
import { jsonReport, type JsonReport, type Report } from '../report/report.ts';
import { markdownReport } from '../report/markdown.ts';
import {
  evidencePairs,
  placeOf,
  soughtNames,
  uncheckedByReason,
  verdict,
} from '../report/words.ts';
import type { Run, Series } from '../run/run.ts';
import { thinned, type Points } from './thin.ts';

/** What a page shows of a file: plain data, small whatever the size of the file. */
export interface View {
  verdict: string;
  formatName: string | null;
  report: JsonReport;
  /** What is printed with each finding of the report, in its order. */
  findings: { place: string; evidence: [string, string][]; x: number | null }[];
  looked: string[];
  unchecked: { because: string; sought: string[] }[];
  omitted: { reason: string; rows: number }[];
  head: string[];
  markdown: string;
  /** Whether the x axis counts steps of the training, or rows of the file. */
  axis: 'step' | 'row';
  loss: (Points & { name: string }) | null;
  norm: (Points & { name: string }) | null;
  layers: { names: string[]; columns: number[]; values: number[][] } | null;
  columns: {
    name: string;
    role: Role;
    sure: boolean;
    because?: string;
    count: number;
    first: number;
    last: number;
  }[];
  /** The first rows, those around findings, and the last: what stands in the judged columns. */
  excerpt: { names: string[]; rows: { row: number; cells: (number | null)[] }[] };
}

const MOST_POINTS = 600;
const MOST_COLUMNS = 300;
const MOST_LISTED = 200;

/** Makes the view of a report. `site` is the book's address, for the links in the Markdown. */
export function viewOf(report: Report, site: string): View {
  const { reading, run, findings, checked } = report;
  const axis = xAxis(run);
  return {
    verdict: verdict(report),
    formatName: reading.format ? formatName(reading.format) : null,
    report: jsonReport(report),
    findings: findings.map((finding) => ({
      place: placeOf(finding),
      evidence: evidencePairs(finding),
      x: finding.row === null ? null : axis.at(finding.row),
    })),
    looked: checked.map((id) => soughtNames[id]),
    unchecked: uncheckedByReason(report),
    omitted: run.omitted,
    head: reading.head,
    markdown: markdownReport(report, site),
    axis: axis.kind,
    loss: pointsOf(run.loss, axis.at),
    norm: pointsOf(run.gradientNorm, axis.at),
    layers: mapOf(run.layers, axis.at),
    columns: report.assignments.slice(0, MOST_LISTED).map(({ column, role, sure, because }) => {
      const { values } = reading.table.columns.get(column)!;
      return {
        name: column,
        role,
        sure,
        ...(because === undefined ? {} : { because }),
        count: values.length,
        first: values.at(0),
        last: values.at(-1),
      };
    }),
    excerpt: excerptOf(report),
  };
}

/** Steps, where every judged row has one and they grow; else rows. */
function xAxis(run: Run): { kind: 'step' | 'row'; at: (row: number) => number } {
  const series = run.loss ?? run.gradientNorm ?? run.layers[0] ?? null;
  const row = { kind: 'row' as const, at: (place: number): number => place };
  if (!series || series.rows.length === 0) return row;
  let last = -Infinity;
  for (let i = 0; i < series.rows.length; i++) {
    const step = run.stepOf(series.rows[i]!);
    if (step === null || !(step >= last)) return row;
    last = step;
  }
  return { kind: 'step', at: (place) => run.stepOf(place) ?? NaN };
}

function pointsOf(series: Series | null, at: (row: number) => number): View['loss'] {
  if (!series) return null;
  return {
    name: series.name,
    ...thinned((place) => at(series.rows[place]!), series.values, MOST_POINTS),
  };
}

/** Norms by layer over the rows that the first layer has, at most so many columns. */
function mapOf(layers: Series[], at: (row: number) => number): View['layers'] {
  const first = layers[0];
  if (!first || layers.length < 3) return null;
  const count = first.rows.length;
  const columns = Math.min(count, MOST_COLUMNS);
  const places = Array.from({ length: columns }, (_, column) =>
    Math.floor((column * count) / columns),
  );
  return {
    names: layers.map(({ name }) => name),
    columns: places.map((place) => at(first.rows[place]!)),
    values: layers.map(({ values }) =>
      places.map((place, column) => odd(values, place, places[column + 1] ?? count)),
    ),
  };
}

/** The number at a place, or one that is not finite before the next place: that must be seen. */
function odd(values: Float64Array, from: number, to: number): number {
  for (let place = from; place < Math.min(to, values.length); place++)
    if (!Number.isFinite(values[place]!)) return values[place]!;
  return values[from] ?? NaN;
}

function excerptOf({ reading, assignments, findings }: Report): View['excerpt'] {
  const { table } = reading;
  const names = assignments
    .filter(({ role }) => role !== 'other')
    .slice(0, 12)
    .map(({ column }) => column);
  const wanted = new Set<number>();
  const around = (row: number, before: number, after: number): void => {
    for (let each = row - before; each <= row + after; each++)
      if (each >= 0 && each < table.rows) wanted.add(each);
  };
  around(0, 0, 4);
  for (const { row } of findings.slice(0, 8)) if (row !== null) around(row, 2, 3);
  around(table.rows - 1, 3, 0);
  const rows = [...wanted].sort((a, b) => a - b);
  return {
    names,
    rows: rows.map((row) => ({
      row,
      cells: names.map((name) => {
        const column = table.columns.get(name)!;
        const place = placeOfRow(column.rows.view(), row);
        return place === -1 ? null : column.values.at(place);
      }),
    })),
  };
}

function placeOfRow(rows: Float64Array, row: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle] === row) return middle;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
