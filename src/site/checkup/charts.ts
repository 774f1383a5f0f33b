import type { ChartSpec, Reference, Series } from '../../kit/charts/spec';
import type { View } from '../../checkup/view/view';

export interface Drawn {
  id: string;
  title: string;
  caption: string;
  spec: ChartSpec;
}

const axisName = (view: View): string => (view.axis === 'step' ? 'step' : 'row of the file');

/** A mark at each fault that begins at a row, at most four: more would hide the picture. */
const marks = (view: View): Reference[] =>
  view.report.findings
    .map(({ id, severity }, i) => ({ id, severity, x: view.findings[i]?.x ?? null }))
    .filter(({ id, severity, x }) => x !== null && severity === 'fault' && atAPlace.has(id))
    .slice(0, 4)
    .map(({ id, x }) => ({
      axis: 'x',
      at: x!,
      label: id,
      kind: id === 'not-finite' ? 'stop' : 'level',
    }));

/** Findings that begin somewhere; the others are about the whole file. */
const atAPlace = new Set([
  'not-finite',
  'gradient-explodes',
  'loss-scale-collapse',
  'rate-too-high',
]);

type Points = NonNullable<View['loss']>;

const seriesOf = (id: string, label: string, role: Series['role'], { x, y }: Points): Series => ({
  id,
  label,
  role,
  x,
  y,
});

/** Whether a course is drawn on a logarithmic axis: all its finite numbers are above zero. */
const isPositive = ({ y }: Points): boolean => y.every((value) => !(value < 0));

/** The pictures of a file, and of a second one laid over it. */
export function chartsOf(view: View, other: View | null): Drawn[] {
  const drawn: Drawn[] = [];
  const { layers } = view;
  if (layers)
    drawn.push({
      id: 'layers',
      title: 'Weight gradient by layer',
      caption: `One row a layer, the input’s at the bottom (${layers.names[0]}), the output’s at the top (${layers.names.at(-1)}). Cold is small, hot is large.`,
      spec: {
        kind: 'heat',
        x: { label: axisName(view), scale: 'linear' },
        y: { label: 'layer', scale: 'linear', integer: true },
        rows: layers.names.map((_, layer) => layer + 1),
        columns: layers.columns,
        values: layers.values,
        valueLabel: 'norm of the gradient',
        references: marks(view),
      },
    });
  const lines = [
    { id: 'loss', title: 'Loss', of: (one: View) => one.loss },
    { id: 'norm', title: 'Gradient norm', of: (one: View) => one.norm },
  ];
  for (const { id, title, of } of lines) {
    const own = of(view);
    if (!own) continue;
    const second = other && other.axis === view.axis ? of(other) : null;
    const log = isPositive(own) && (!second || isPositive(second));
    drawn.push({
      id,
      title,
      caption: `The column “${own.name}”${second ? ', and the same of the second file' : ''}, on a ${log ? 'logarithmic' : 'linear'} axis. NaN and infinite values are marked.`,
      spec: {
        kind: 'line',
        x: { label: axisName(view), scale: 'linear' },
        y: { label: title.toLowerCase(), scale: log ? 'log' : 'linear' },
        series: [
          seriesOf('first', view.report.file, 'problem', own),
          ...(second ? [seriesOf('second', other!.report.file, 'control', second)] : []),
        ],
        references: marks(view),
      },
    });
  }
  return drawn;
}
