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
import { figuresIn } from './words/figures';

/** Where a widget's setting stands in a page's address. */
export interface Place {
  /** Before each key where several widgets share a page: `vanishing-depth.`; else ''. */
  prefix: string;
  /** What the page says without a query: the defaults, a preset, or an author's parameters. */
  base: AnySettings;
  /** Whether a plain `preset` means this widget, of the several on its page: see `meantByPreset`. */
  plainPreset?: boolean;
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
  { prefix, base, plainPreset = false, everyKey = false }: Place,
  words: Words = en,
): Address {
  const plain: Record<string, string> = {};
  const prefixed: Record<string, string> = {};
  for (const [key, text] of query) {
    if (prefix !== '' && key.startsWith(prefix)) prefixed[key.slice(prefix.length)] = text;
    else if (prefix === '' ? everyKey || isMeant(key, [widget]) : isKnown(widget, key))
      plain[key] = text;
    else if (plainPreset && key === 'preset') plain[key] = text;
  }
  const own = { ...plain, ...prefixed };
  const current = migrate(widget, own, Number(own['v'] ?? 1) || 1);
  const notes: string[] = [];

  let from = base;
  const preset = current['preset'];
  if (preset !== undefined) {
    if (hasPreset(widget, preset)) from = presetSettings(widget, preset) as AnySettings;
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

/** The widgets of a page, each with the prefix of its keys. */
export type PageWidgets = readonly { widget: AnyWidget; prefix: string }[];

/** The widgets of a page, each once. */
const kindsOf = (page: PageWidgets): AnyWidget[] => [...new Set(page.map(({ widget }) => widget))];

const hasPreset = (widget: AnyWidget, name: string): boolean => Object.hasOwn(widget.presets, name);

/**
 * The widget that a plain `preset` of a page's address means: the only one that the page shows, else the only
 * one with a preset of that name. Null where several have one, or none.
 */
export function meantByPreset(query: URLSearchParams, page: PageWidgets): AnyWidget | null {
  const name = query.get('preset');
  if (name === null) return null;
  const widgets = kindsOf(page);
  const meant =
    widgets.length === 1 ? widgets : widgets.filter((widget) => hasPreset(widget, name));
  return meant.length === 1 ? meant[0]! : null;
}

/**
 * Sentences about the keys that none of a page's several widgets reads: what no widget knows, and a
 * `preset` that does not say whose it is.
 */
export function strayNotes(query: URLSearchParams, page: PageWidgets, words: Words = en): string[] {
  const said = figuresIn(words).link;
  const widgets = kindsOf(page);
  const names = [...new Set(widgets.flatMap(({ params }) => Object.keys(params).map(kebabCase)))];
  return [...query].flatMap(([key, text]) => {
    if (key === 'preset') {
      if (meantByPreset(query, page) !== null) return [];
      const ways = page
        .filter(({ widget }) => hasPreset(widget, text))
        .map(({ prefix }) => `${prefix}preset`);
      return ways.length === 0
        ? said.nobodysPreset(text)
        : said.whosePreset(text, words.list(ways));
    }
    const read =
      isReserved(key) ||
      page.some(({ widget, prefix }) => key.startsWith(prefix) || isKnown(widget, key));
    return read || !isMeant(key, widgets) ? [] : said.unknownHere(key, words.listAll(names));
  });
}

/**
 * The address without the keys of others: a link to be passed on holds what a page's widgets and the page
 * itself read, alone.
 */
export function ownAddress(address: URL, page: PageWidgets): URL {
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
  { prefix, base, plainPreset = false }: Place,
): URL {
  const url = new URL(address);
  for (const key of [...url.searchParams.keys()]) {
    // Without a prefix it is a neighbour's.
    if (key === 'preset' && prefix !== '' && !plainPreset) continue;
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
