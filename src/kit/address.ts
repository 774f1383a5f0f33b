import { backendNames, type BackendName } from '../engine/types';
import {
  camelCase,
  entries,
  kebabCase,
  migrate,
  presetSettings,
  read,
  type AnySettings,
} from './codec';
import { looksLike } from './likeness';
import { isPageKey, isReserved } from './reserved';
import type { AnyWidget } from './widget';
import { en, type Words } from './words/en';

/** Where a widget's setting stands in a page's address. */
export interface Place {
  /** Before each key where several widgets share a page: `vanishing-depth.`; else ''. */
  prefix: string;
  /** What the page says without a query: the defaults, a preset, or an author's parameters. */
  base: AnySettings;
  /** Whether every widget of the page has this id, so that a plain `preset` can mean no other. */
  sameId?: boolean;
  /**
   * Whether every key is meant for the widget, as an element's attributes are. In an address others have
   * keys too: one that looks like none of the widget's is passed over without a note.
   */
  everyKey?: boolean;
}

export interface Address {
  settings: AnySettings;
  backend: BackendName | undefined;
  notes: string[];
}

/**
 * Reads a query: `preset` first, then single parameters over it, and `backend`. Keys without a
 * prefix are read too, so that a link survives when a page gets a second widget; there, the unknown
 * ones may belong to the neighbour and are passed over without a note: see `strayNotes`. So are those
 * that others put into links.
 */
export function readAddress(
  widget: AnyWidget,
  query: URLSearchParams,
  { prefix, base, sameId = false, everyKey = false }: Place,
  words: Words = en,
): Address {
  const plain: Record<string, string> = {};
  const prefixed: Record<string, string> = {};
  for (const [key, text] of query) {
    if (prefix !== '' && key.startsWith(prefix)) prefixed[key.slice(prefix.length)] = text;
    else if (prefix === '' ? everyKey || isMeant(key, [widget]) : isKnown(widget, key))
      plain[key] = text;
    else if (sameId && key === 'preset') plain[key] = text;
  }
  const own = { ...plain, ...prefixed };
  const current = migrate(widget, own, Number(own['v'] ?? 1) || 1);
  const notes: string[] = [];

  let from = base;
  const preset = current['preset'];
  if (preset !== undefined) {
    if (Object.hasOwn(widget.presets, preset)) from = presetSettings(widget, preset) as AnySettings;
    else notes.push(`${words.parameters.unknownPreset(preset, words.list(presetNames(widget)))}.`);
  }
  const given = Object.entries(current).filter(([key]) => !isReserved(key));
  const { settings, notes: faults } = read(widget.params, given, from, words);

  const wanted = current['backend'] ?? query.get('backend') ?? undefined;
  const backend = backendNames.find((name) => name === wanted);
  if (wanted !== undefined && backend === undefined)
    notes.push(words.parameters.unknownBackend(wanted, words.list(backendNames)));
  return { settings: settings as AnySettings, backend, notes: [...notes, ...faults] };
}

/**
 * Sentences about the keys that none of a page's several widgets reads: what no widget knows, and a
 * `preset` that does not say whose it is.
 */
export function strayNotes(
  query: URLSearchParams,
  page: readonly { widget: AnyWidget; prefix: string }[],
  words: Words = en,
): string[] {
  const widgets = [...new Set(page.map(({ widget }) => widget))];
  const names = [...new Set(widgets.flatMap(({ params }) => Object.keys(params).map(kebabCase)))];
  return [...query].flatMap(([key, text]) => {
    if (key === 'preset' && widgets.length > 1) {
      const ways = page.map(({ prefix }) => `${prefix}preset`);
      return words.parameters.whosePreset(text, words.list(ways));
    }
    const read =
      isReserved(key) ||
      page.some(({ widget, prefix }) => key.startsWith(prefix) || isKnown(widget, key));
    return read || !isMeant(key, widgets)
      ? []
      : words.parameters.unknownHere(key, words.listAll(names));
  });
}

/**
 * The address without the keys of others: a link to be passed on holds what a page's widgets and the page
 * itself read, alone.
 */
export function ownAddress(
  address: URL,
  page: readonly { widget: AnyWidget; prefix: string }[],
): URL {
  const url = new URL(address);
  for (const key of [...url.searchParams.keys()]) {
    const own =
      isPageKey(key) ||
      page.some(
        ({ widget, prefix }) =>
          isRead(widget, key) ||
          (key.startsWith(prefix) && isRead(widget, key.slice(prefix.length))),
      );
    if (!own) url.searchParams.delete(key);
  }
  return url;
}

/**
 * The address with a widget's setting in its query; other keys stay as they are, but for what was looked at
 * under another setting.
 */
export function writeAddress(
  address: URL,
  widget: AnyWidget,
  settings: AnySettings,
  { prefix, base }: Place,
): URL {
  const url = new URL(address);
  for (const key of [...url.searchParams.keys()]) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    const ours =
      isKnown(widget, name) ||
      wasKnown(widget, name) ||
      ['chart', 'preset', 'step', 'v'].includes(name);
    if (ours) url.searchParams.delete(key);
  }
  const changed = entries(widget.params, settings, base);
  for (const [name, text] of changed) url.searchParams.set(prefix + name, text);
  if (changed.length > 0 && widget.version > 1)
    url.searchParams.set(`${prefix}v`, String(widget.version));
  return url;
}

const isKnown = (widget: AnyWidget, key: string): boolean =>
  Object.hasOwn(widget.params, camelCase(key));

/** Whether an older version had a parameter of that name, which a migration renames or drops. */
const wasKnown = (widget: AnyWidget, key: string): boolean =>
  !Object.hasOwn(migrate(widget, { [key]: '' }, 1), key);

const isRead = (widget: AnyWidget, key: string): boolean =>
  isKnown(widget, key) || wasKnown(widget, key) || isPageKey(key);

/**
 * Whether a key is, or looks like, one that some widgets read: a parameter, one of an older version, or what
 * stands for them all; also behind the name of a widget.
 */
function isMeant(key: string, widgets: readonly AnyWidget[]): boolean {
  const name = key.slice(key.lastIndexOf('.') + 1);
  if (isReserved(name)) return isPageKey(name);
  const names = widgets.flatMap(({ params }) => Object.keys(params));
  return (
    widgets.some((widget) => isRead(widget, name)) ||
    looksLike(name, [...names, 'preset', 'backend'])
  );
}

const presetNames = (widget: AnyWidget): string[] => Object.keys(widget.presets);
