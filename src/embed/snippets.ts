import type { Theme } from './api';

/** The code that puts a widget into another page, for the builder, the guide and oEmbed. */

/** The size of a plain frame, which cannot size itself; what does not fit is scrolled. */
export const FRAME_HEIGHT = 900;

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
  theme?: Theme;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** All that stands in the query or among the attributes, but the widget's id. */
function settings({ version, parameters, theme = 'auto' }: Wanted): [string, string][] {
  const all = parameters.map(([name, text]): [string, string] => [name, text]);
  // A link without a version is taken for one of the first.
  if (version > 1 && all.length > 0) all.push(['v', String(version)]);
  if (theme !== 'auto') all.push(['theme', theme]);
  return all;
}

/** The address of the bare page that shows the widget. */
export function frameAddress(wanted: Wanted): string {
  const query = new URLSearchParams(settings(wanted)).toString();
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
export function iframeCode(wanted: Wanted): string {
  return (
    `<iframe src="${escape(frameAddress(wanted))}"\n` +
    `  title="${escape(wanted.title)} (Gradient Lab)" loading="lazy" allow="clipboard-write"\n` +
    `  width="100%" height="${FRAME_HEIGHT}" frameborder="0" credentialless></iframe>`
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
  const own = new URLSearchParams(settings({ ...wanted, theme: 'auto' })).toString();
  const query = preset === undefined ? own && `?${own}` : `?preset=${preset}`;
  const live = `${wanted.site}widgets/${wanted.id}/${query}`;
  return `[![${text}](${pictureAddress(wanted, preset)})](${live})`;
}

/** The address of the widget's oEmbed answer. */
export const oembedAddress = ({ site, id }: Pick<Wanted, 'site' | 'id'>): string =>
  `${site}embed/${id}/oembed.json`;
