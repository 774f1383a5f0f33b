/**
 * A chart's drawing as SVG markup: the same text on the server, in a page and in a saved file. All
 * words pass through `escape`.
 */
import { type Frame, type Label, type Reading, coordinate as c } from './geometry';
import { pieces } from './lettering';
import { shapes } from './shapes';
import type { Role } from './spec';

/** Text as it may stand in markup, between tags and inside attributes. */
export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A subscript's size against the letters beside it, and how far it sinks, in its own size and theirs. */
const subscript = { size: 0.75, sinks: 0.28, rises: 0.21 };

/** A text as it may stand inside a `<text>` element, its subscripts set low. */
export function lettering(text: string): string {
  const { size, sinks, rises } = subscript;
  let low = false;
  return pieces(text)
    .map((piece) => {
      const words = escape(piece.text);
      const wasLow = low;
      low = piece.low;
      if (low) return `<tspan dy="${sinks}em" font-size="${size}em">${words}</tspan>`;
      return wasLow ? `<tspan dy="-${rises}em">${words}</tspan>` : words;
    })
    .join('');
}

/** A path with the class `gl-<name>`; nothing where it has no way. */
export const path = (name: string, d: string): string => d && `<path class="gl-${name}" d="${d}"/>`;

/** A label, with the class `gl-<name>` if one is given; nothing where it is empty. */
export const text = ({ x, y, text: words, anchor, centred }: Label, name?: string): string =>
  words &&
  `<text${name ? ` class="gl-${name}"` : ''} x="${c(x)}" y="${c(y)}"${
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  }${centred ? ' dy=".34em"' : ''}>${lettering(words)}</text>`;

/** Classes that give a series its colour, dash and point. */
export const styleOf = (role: Role, variant: number): string => `gl-${role} gl-v${variant % 4}`;

/** Parts in the style of one series. */
export const group = (role: Role, variant: number, ...parts: string[]): string =>
  `<g class="${styleOf(role, variant)}">${parts.join('')}</g>`;

/** What stands inside a chart's `<svg>` element, whose view box is `0 0 400 height`. */
export function chartMarkup(g: Frame): string {
  const { plot, xTicks, yTicks, references, grid, inner } = g;
  const bottom = c(plot.y + plot.height);
  const right = c(plot.x + plot.width);
  return [
    text(g.yLabel),
    grid ? path('grid', yTicks.map(({ at }) => `M${plot.x},${c(at)}H${right}`).join('')) : '',
    ...yTicks.map(({ at, label }) =>
      text({ x: plot.x - 7, y: at, text: label, anchor: 'end', centred: true }),
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
export const readingMarkup = ({ x, dots }: Reading, { plot }: Frame): string =>
  path('hair', `M${c(x)},${plot.y}v${plot.height}`) +
  dots
    .map((dot) => group(dot.role, dot.variant, path('point', shapes[dot.role](dot.x, dot.y, 4.4))))
    .join('');
