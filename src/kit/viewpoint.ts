import type { AnyWidget } from './widget';
import type { Words } from './words/en';
import { figuresIn } from './words/figures';

/** What of a figure somebody looks at, beside its settings: what a link to it restores. */
export interface Viewpoint {
  /** The id of the chart that stands first; null for the widget's own first. */
  chart: string | null;
  /** The step of the run that is shown; null for where the figure rests. */
  step: number | null;
}

/** Where a figure rests: no address needs to say it. */
export const atRest: Viewpoint = { chart: null, step: null };

/**
 * Reads the viewpoint of a widget from an address. What it does not understand it leaves at rest, with a
 * sentence.
 *
 * @param prefix before each key, as of the settings.
 */
export function readViewpoint(
  widget: AnyWidget,
  query: URLSearchParams,
  prefix: string,
  words: Words,
): { viewpoint: Viewpoint; notes: string[] } {
  const said = figuresIn(words).link;
  const notes: string[] = [];
  const ids = widget.figures.map(({ id }) => id);
  let chart = query.get(`${prefix}chart`);
  if (chart !== null && !ids.includes(chart)) {
    notes.push(said.unknownChart(chart, words.listAll(ids)));
    chart = null;
  }
  const text = query.get(`${prefix}step`);
  const step = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  if (text !== null && step === null) notes.push(said.wrongStep(text));
  return { viewpoint: { chart, step }, notes };
}

/** The address with a viewpoint in its query, and none where it is at rest. */
export function writeViewpoint(address: URL, { chart, step }: Viewpoint, prefix: string): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries({ chart, step }))
    if (value === null) url.searchParams.delete(prefix + name);
    else url.searchParams.set(prefix + name, String(value));
  return url;
}
