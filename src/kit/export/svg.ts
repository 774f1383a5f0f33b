import chartsCss from '../charts/charts.css?raw';
import networkCss from '../charts/network/network.css?raw';
import { mix, type Theme, tokens } from '../charts/colours';
import { drawingWidth, textWidth } from '../charts/geometry';
import { frameOf } from '../charts/kinds';
import { unset } from '../charts/lettering';
import { chartMarkup, escape, lettering } from '../charts/markup';
import type { ChartSpec } from '../charts/spec';
import { type ChartWords, english } from '../charts/words';
import { significant } from '../significant';

export interface FigureOptions {
  /** Stands above the drawing, and names it for screen readers. */
  title: string;
  /** What the numbers show, for screen readers. */
  description: string;
  /** Stands small below the drawing: where it comes from, under which licence. */
  credit?: string;
  /** `auto`, the default, follows the preference of whoever looks at the file. */
  theme?: Theme | 'auto';
}

const margin = 16;
const titleLine = 19;
const creditLine = 15;
/** A saved figure's width on screen, in pixels, where nothing else sets it. */
const savedWidth = 600;

/**
 * The rules of a chart in a page, where strokes are so many pixels thick however wide the drawing is, as rules
 * of a file: few programs but browsers know such strokes, and a picture of twice the pixels would have lines
 * half as thick. So they are so thick in units of the drawing.
 */
function scalingStrokes(css: string): string {
  const width = drawingWidth + 2 * margin;
  const steady = css.match(/[^{}]+(?=\{[^{}]*vector-effect)/)![0].split(',');
  const names = steady.map((selector) => selector.trim());
  return css
    .replace(/ vector-effect:[^;]+;/g, '')
    .replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selector: string, body: string) =>
      names.some((name) => selector.trim().endsWith(name))
        ? `${selector}{${body.replace(/(stroke-(?:width|dasharray): )([^;]+)/g, (_, of: string, sizes: string) => of + sizes.replace(/[\d.]+/g, (size) => String(significant((Number(size) * width) / savedWidth, 3))))}}`
        : rule,
    );
}

/** What any chart's sheet says, as small as may be, with the faces of a file of its own. */
const rulesOf = (css: string): string =>
  `${scalingStrokes(
    css.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' '),
  )}text{font:11.5px 'Source Sans 3','Source Sans Pro',system-ui,sans-serif}.gl-title{font-size:14px;font-weight:600}.gl-svg .gl-title{fill:var(--gl-ink)}.gl-svg .gl-credit{fill:var(--gl-ink-soft)}.gl-paper{fill:var(--gl-paper)}`;
const coloured = (rules: string): string =>
  (rules.match(/[^{}]+\{[^{}]*var\([^{}]*\}/g) ?? []).join('');

const withColours = (text: string, theme: Theme): string => {
  const values = new Map(tokens(theme));
  const filled = text.replace(/var\(--([\w-]+)\)/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined)
      throw new Error(`charts.css uses --${name}, which is no colour token.`);
    return value;
  });
  // Not every program that shows a file knows how to mix colours.
  return filled.replace(
    /color-mix\(in srgb, (#\w+) (\d+)%, (#\w+)\)/g,
    (_, one: string, share: string, other: string) => mix(one, other, Number(share) / 100),
  );
};

/** A drawing's rules with a theme's colours filled in; `auto` has both, by the reader's preference. */
const styleSheet = (css: string, theme: Theme | 'auto'): string => {
  const rules = rulesOf(css);
  return theme === 'auto'
    ? `${withColours(rules, 'light')}@media (prefers-color-scheme:dark){${withColours(coloured(rules), 'dark')}}`
    : withColours(rules, theme);
};

/** Breaks a title where it may be wider than the drawing, whatever face the reader has. */
function lines(title: string): string[] {
  const all: string[] = [];
  for (const word of title.split(/\s+/)) {
    const longer = all.length ? `${all.at(-1)} ${word}` : word;
    if (all.length && textWidth(longer) < drawingWidth * 0.78) all[all.length - 1] = longer;
    else all.push(word);
  }
  return all;
}

/**
 * A chart as the text of an SVG file of its own: colours filled in, a ground and a visible title
 * added, no script, nothing loaded from elsewhere. Needs no browser. Throws where a page has not loaded
 * the chart's kind yet (one that shows it has).
 */
export function renderFigureSvg(
  spec: ChartSpec,
  { title, description, credit, theme = 'auto' }: FigureOptions,
  words: ChartWords = english,
): string {
  const frame = frameOf(spec, words);
  if (!frame)
    throw new Error(`Charts of kind ${spec.kind} are not loaded: await prepareCharts first.`);
  const heading = lines(title);
  const top = heading.length * titleLine + margin;
  const width = drawingWidth + 2 * margin;
  const credits = credit === undefined ? [] : lines(credit);
  const height = frame.height + top + margin + credits.length * creditLine;
  const titles = heading.map((line, k) => {
    const y = (k - heading.length) * titleLine + 8;
    return `<text class="gl-title" x="0" y="${y}">${lettering(line)}</text>`;
  });
  return [
    // Older programs know the second name space alone.
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="gl-svg" viewBox="${-margin} ${-top} ${width} ${height}"`,
    ` width="${savedWidth}" height="${Math.round((savedWidth * height) / width)}"`,
    ` role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(unset(title))}</title><desc id="description">${escape(unset(description))}</desc>`,
    `<style>${styleSheet(spec.kind === 'network' ? chartsCss + networkCss : chartsCss, theme)}</style>`,
    `<rect class="gl-paper" x="${-margin}" y="${-top}" width="${width}" height="${height}"/>`,
    ...titles,
    chartMarkup(frame).replaceAll(' href=', ' xlink:href='),
    ...credits.map((line, k) => {
      const y = frame.height + (k + 0.75) * creditLine;
      return `<text class="gl-credit" x="0" y="${y}">${escape(line)}</text>`;
    }),
    '</svg>',
  ].join('');
}

/** The rules of a drawn network in a file of its own, in one theme. */
export const networkSheet = (theme: Theme): string => styleSheet(chartsCss + networkCss, theme);
