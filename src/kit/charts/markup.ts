/**
 * A chart's drawing as SVG markup: the same text on the server, in a page and in a saved file. All
 * words pass through `escape`.
 */
import type { Geometry } from './draw';
import { type Label, type Reading, coordinate as c } from './geometry';
import type { HeatGeometry, Picture } from './heat';
import type { HistogramGeometry } from './histogram';
import type { LineGeometry } from './line';
import { shapes } from './shapes';
import type { Role } from './spec';

/** Text as it may stand in markup, between tags and inside attributes. */
export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const path = (name: string, d: string): string => d && `<path class="gl-${name}" d="${d}"/>`;

const text = ({ x, y, text: words, anchor }: Label, name?: string): string =>
  words &&
  `<text${name ? ` class="gl-${name}"` : ''} x="${c(x)}" y="${c(y)}"${
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  }>${escape(words)}</text>`;

/** Classes that give a series its colour, dash and point. */
export const styleOf = (role: Role, variant: number): string => `gl-${role} gl-v${variant % 4}`;

const group = (role: Role, variant: number, ...parts: string[]): string =>
  `<g class="${styleOf(role, variant)}">${parts.join('')}</g>`;

function line({ plot, gutters, series, keys, notes }: LineGeometry): string {
  // An inner svg element clips to the plot without an id; lines on its edge keep their width.
  const clip = [plot.x - 2, plot.y - 2, c(plot.width + 4), plot.height + 4];
  return [
    path('axis', gutters.map((y) => `M${plot.x},${c(y)}h${c(plot.width)}`).join('')),
    `<svg x="${clip[0]}" y="${clip[1]}" width="${clip[2]}" height="${clip[3]}" viewBox="${clip.join(' ')}">`,
    ...series.map((s) => group(s.role, s.variant, path('band', s.band), path('line', s.line))),
    '</svg>',
    ...series.map((s) => group(s.role, s.variant, path('point', s.points), path('signs', s.signs))),
    ...notes.map((note) => text(note, 'note')),
    ...keys.map(({ role, variant, sample, point, label }) =>
      group(role, variant, path('line', sample), path('point', point), text(label, 'name')),
    ),
  ].join('');
}

function picture({ x, y, width, height, uri }: Picture): string {
  const box = `x="${c(x)}" y="${c(y)}" width="${c(width)}" height="${c(height)}"`;
  return `<rect class="gl-neutral-cell" ${box}/><image ${box} href="${uri}" preserveAspectRatio="none" image-rendering="pixelated"/>`;
}

function heat({ picture: cells, signs, signKeys, ramp }: HeatGeometry): string {
  return [
    cells ? picture(cells) : '',
    path('signs gl-on-ramp', signs),
    ...signKeys.map((key) => path('signs', key.path) + text(key.label, 'name')),
    text(ramp.label),
    picture(ramp),
    ...ramp.ticks.map((tick) =>
      text({ x: tick.at, y: ramp.y + 22, text: tick.label, anchor: 'middle' }),
    ),
  ].join('');
}

const histogram = ({ plot, panels }: HistogramGeometry): string =>
  panels
    .map(({ role, bars, base, label, note }) =>
      [
        path('grid', `M${c(plot.x)},${base}h${c(plot.width)}`),
        group(role, 0, path('bars', bars)),
        text(label, 'name'),
        note ? text(note, 'note') : '',
      ].join(''),
    )
    .join('');

/** What stands inside a chart's `<svg>` element, whose view box is `0 0 400 height`. */
export function chartMarkup(g: Geometry): string {
  const { plot, xTicks, yTicks, references } = g;
  const bottom = c(plot.y + plot.height);
  const right = c(plot.x + plot.width);
  const inner = g.kind === 'line' ? line(g) : g.kind === 'heat' ? heat(g) : histogram(g);
  return [
    text(g.yLabel),
    g.kind === 'line'
      ? path('grid', yTicks.map(({ at }) => `M${plot.x},${c(at)}H${right}`).join(''))
      : '',
    ...yTicks.map(({ at, label }) =>
      text({ x: plot.x - 7, y: at + 4.3, text: label, anchor: 'end' }),
    ),
    inner,
    path(
      'axis',
      `M${c(plot.x)},${bottom}H${right}${xTicks.map(({ at }) => `M${c(at)},${bottom}v4`).join('')}`,
    ),
    ...xTicks.map(({ at, label }) =>
      text({ x: at, y: bottom + 17, text: label, anchor: 'middle' }),
    ),
    text(g.xLabel),
    ...references.map((r) => path(r.kind, `M${c(r.x)},${c(r.y)}l${c(r.width)},${c(r.height)}`)),
    ...references.map(({ label }) => text(label, 'note')),
  ].join('');
}

/** The hair and the points at the place where values are read. */
export const readingMarkup = ({ x, dots }: Reading, { plot }: Geometry): string =>
  path('hair', `M${c(x)},${plot.y}v${plot.height}`) +
  dots
    .map((dot) => group(dot.role, dot.variant, path('point', shapes[dot.role](dot.x, dot.y, 4.4))))
    .join('');
