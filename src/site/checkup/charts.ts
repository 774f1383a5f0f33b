import type { ChartSpec, Reference, Series } from '../../kit/charts/spec';
import type { View } from '../../checkup/view/view';

export interface Drawn {
  id: string;
  title: string;
  caption: string;
  spec: ChartSpec;
}

const axisName = (view: View): string => (view.axis === 'step' ? 'step' : 'row of the file');

/** What stands at the marks: findings that begin somewhere. The others are about the whole file. */
const marked: Record<string, string> = {
  'not-finite': 'not finite',
  'gradient-explodes': 'explodes',
  'loss-scale-collapse': 'scale collapses',
  'rate-too-high': 'swings',
};

/** Faults that begin somewhere, at most four: more marks would hide the picture. */
const places = (view: View): { id: string; x: number }[] =>
  view.report.findings
    .flatMap(({ id, severity }, i) => {
      const x = view.findings[i]?.x ?? null;
      return x !== null && severity === 'fault' && id in marked ? [{ id, x }] : [];
    })
    .sort((a, b) => a.x - b.x)
    .slice(0, 4);

/** A line at each place; only one that stands alone has room for its words, which the caption has too. */
const marks = (view: View): Reference[] =>
  places(view).map(({ id, x }, _, all) => ({
    axis: 'x',
    at: x,
    label: all.length === 1 ? marked[id]! : '',
    kind: id === 'not-finite' ? 'stop' : 'level',
  }));

function markedInWords(view: View): string {
  const all = places(view);
  return all.length === 0
    ? ''
    : ` Marked: ${all.map(({ id, x }) => `${marked[id]} from ${view.axis} ${x} on`).join(', ')}.`;
}

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
      caption: `One row a layer, the input’s at the bottom (${layers.names[0]}), the output’s at the top (${layers.names.at(-1)}). Cold is small, hot is large.${markedInWords(view)}`,
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
      caption: `The column “${own.name}”${second ? ', and the same of the second file' : ''}, on a ${log ? 'logarithmic' : 'linear'} axis. NaN and infinite values have signs of their own.${markedInWords(view)}`,
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
