import { defaults } from '../kit/codec';
import type { ParameterTable } from '../kit/parameters';
import type { Controls, Theme } from './api';
import { DRAWING } from '../kit/drawing';

/** The code that puts a widget into another page, for the builder, the guide and oEmbed. */

/** The size of a plain frame, which cannot size itself: its figures fill it. */
export const FRAME_HEIGHT = 600;

/** The size of a frame as HTML has it: pixels, or a share of the page's width. */
export interface FrameSize {
  width: number | '100%';
  height: number;
}

/** A widget with a setting, as another page asks for it. */
export interface Wanted {
  /** Address of the site, with a slash at its end. */
  site: string;
  id: string;
  title: string;
  /** Version of the widget's parameters. */
  version: number;
  /** The parameters that are not at their default, by kebab-case name. */
  parameters: readonly (readonly [name: string, text: string])[];
  /** The ids of the figures to show, which then fill their frame; default the whole widget. */
  figures?: readonly string[];
  controls?: Controls;
  theme?: Theme;
}

/**
 * What a plain frame shows where nothing was chosen: the widget's own drawing where it has one, else the first
 * two figures of those that the default setting shows.
 */
export const mainFigures = ({
  params,
  figures,
  drawing,
}: {
  params: ParameterTable;
  figures: readonly { id: string; shown?: (settings: never) => boolean }[];
  drawing?: string | undefined;
}): string[] => {
  if (drawing !== undefined) return [DRAWING];
  const settings = defaults(params) as never;
  return figures
    .filter(({ shown }) => shown?.(settings) ?? true)
    .slice(0, 2)
    .map(({ id }) => id);
};

/** What stands in a plain frame: the figures chosen, else the main ones. */
export const framed = (wanted: Wanted, main: readonly string[]): Wanted =>
  (wanted.figures ?? []).length > 0 ? wanted : { ...wanted, figures: main };

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** All that stands in the query or among the attributes, but the widget's id. */
function settings({
  version,
  parameters,
  figures = [],
  controls = 'all',
  theme = 'auto',
}: Wanted): [string, string][] {
  const all = parameters.map(([name, text]): [string, string] => [name, text]);
  // A link without a version is taken for one of the first.
  if (version > 1 && all.length > 0) all.push(['v', String(version)]);
  if (figures.length > 0) all.push(['figures', figures.join(',')]);
  if (controls !== 'all') all.push(['controls', controls]);
  if (theme !== 'auto') all.push(['theme', theme]);
  return all;
}

/** A query in which commas stay what they are, as addresses allow. */
const queryOf = (entries: [string, string][]): string =>
  new URLSearchParams(entries).toString().replaceAll('%2C', ',');

/** The address of the bare page that shows the widget. */
export function frameAddress(wanted: Wanted): string {
  const query = queryOf(settings(wanted));
  return `${wanted.site}embed/${wanted.id}/${query && `?${query}`}`;
}

/** The element and its script, as HTML. */
export function elementCode(wanted: Wanted): string {
  const attributes = [['widget', wanted.id] as const, ...settings(wanted)]
    .map(([name, text]) => `${name}="${escape(text)}"`)
    .join(' ');
  return (
    `<script async src="${wanted.site}embed/v1.js"></script>\n` +
    `<gradient-lab ${attributes}></gradient-lab>`
  );
}

/** A plain frame, as HTML; by attributes, since a strict policy forbids a style in the code. */
export function iframeCode(
  wanted: Wanted,
  { width, height }: FrameSize = { width: '100%', height: FRAME_HEIGHT },
): string {
  return (
    `<iframe src="${escape(frameAddress(wanted))}"\n` +
    `  title="${escape(wanted.title)} (Gradient Lab)" loading="lazy" allow="clipboard-write; fullscreen"\n` +
    `  width="${width}" height="${height}" frameborder="0" credentialless></iframe>`
  );
}

/** The address of the still picture of the default setting or of a preset. */
export const pictureAddress = (
  { site, id }: Pick<Wanted, 'site' | 'id'>,
  preset?: string,
): string => `${site}embed/${id}/figure${preset === undefined ? '' : `-${preset}`}.svg`;

/**
 * A still picture that leads to the live widget, in Markdown. Pictures are of the default setting or of
 * a preset; the link leads to the setting itself.
 */
export function pictureCode(wanted: Wanted, preset?: string): string {
  const text = wanted.title.replace(/([[\]\\])/g, '\\$1');
  const own = queryOf(settings({ ...wanted, figures: [], controls: 'all', theme: 'auto' }));
  const query = preset === undefined ? own && `?${own}` : `?preset=${preset}`;
  const live = `${wanted.site}widgets/${wanted.id}/${query}`;
  return `[![${text}](${pictureAddress(wanted, preset)})](${live})`;
}

/** The address of the widget's oEmbed answer. */
export const oembedAddress = ({ site, id }: Pick<Wanted, 'site' | 'id'>): string =>
  `${site}embed/${id}/oembed.json`;
