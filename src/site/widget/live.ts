import type { Component, ComponentProps } from 'svelte';
import { parse } from '../../engine/json';
import {
  meantByPreset,
  ownAddress,
  readAddress,
  strayNotes,
  writeAddress,
  type Place,
} from '../../kit/address';
import { prepareCharts } from '../../kit/charts/kinds';
import type { ChartSpec } from '../../kit/charts/spec';
import { canonical, defaults, type AnySettings } from '../../kit/codec';
import type { WidgetHost } from '../../kit/host';
import StandardView from '../../kit/StandardView.svelte';
import { preparePicture } from '../../kit/picture';
import { sparing } from '../../kit/sparing';
import { readViewpoint, writeViewpoint } from '../../kit/viewpoint';
import { enliven } from '../../kit/view/enliven';
import type { AnySurveyWidget, AnyTrainingWidget, Recording } from '../../kit/widget';
import { wordsFor } from '../../kit/words';
import { loadRecordings, loadWidget } from '../../registry';
import { rewriteAddress } from './address-bar';
import { engineService, warmEngine } from './engine-service';
import { prefixOf } from './place';

type View = Component<ComponentProps<typeof StandardView>>;

/** What the server leaves beside a still figure, as JSON. */
interface Left {
  id: string;
  locale: string;
  /** What the chapter says: its preset and parameters over the defaults. */
  settings: AnySettings;
}

/**
 * Brings the still figure in a host to life in its place: the same markup, now with its listeners;
 * drawn anew only where the address asks for another setting.
 */
export async function bringToLife(host: HTMLElement): Promise<void> {
  const [still, data] = [host.querySelector('.still'), host.querySelector('script')];
  const { id, locale, settings } = parse(data?.textContent ?? '') as Left;
  const [widget, recording] = await Promise.all([
    loadWidget(id),
    recordingOf(host),
    prepareFigures(kindsIn(host)),
  ]);
  const view = widget.view ? ((await widget.view()).default as View) : StandardView;

  const hosts = [...document.querySelectorAll<HTMLElement>('[data-widget-host]')];
  const ids = hosts.map((one) => one.dataset['widgetHost'] ?? '');
  const here = () => new URL(location.href);
  /** All widgets of the page, where an address asks for something: it may ask any of them. */
  const all =
    location.search === ''
      ? []
      : await Promise.all(
          ids.map(async (one, i) => ({ widget: await loadWidget(one), prefix: prefixOf(ids, i) })),
        );
  const place: Place = {
    prefix: prefixOf(ids, hosts.indexOf(host)),
    base: settings,
    plainPreset: meantByPreset(here().searchParams, all)?.id === id,
  };
  const words = wordsFor(locale);
  const asked = readAddress(widget, here().searchParams, place, words);
  // What no widget of the page reads, the first one notes.
  if (all.length > 1 && hosts[0] === host)
    asked.notes.push(...strayNotes(here().searchParams, all, words));
  const { viewpoint, notes } = readViewpoint(widget, here().searchParams, place.prefix, words);
  asked.notes.push(...notes);
  const shown = canonical(widget.params, asked.settings);
  const same = shown === canonical(widget.params, settings);
  const atRest = viewpoint.chart === null && viewpoint.step === null;
  /** Where the page scrolls to for this figure. */
  const anchor = host.closest('.numbered-widget')?.id ?? '';
  const leadingHere = (address: URL): URL => {
    address.hash = anchor;
    return address;
  };

  /** The address of another page of the widget that holds these settings. */
  const elsewhere = (page: 'alone' | 'builder', chosen: AnySettings) => {
    const address = new URL(host.dataset[page] ?? '', location.href);
    return writeAddress(address, widget, chosen, { prefix: '', base: defaults(widget.params) })
      .href;
  };
  const page: WidgetHost = {
    service: engineService,
    recordings: () => loadRecordings(id),
    link: (chosen, seen) => {
      const address = all.length > 0 ? ownAddress(here(), all) : here();
      const set = writeAddress(address, widget, chosen, place);
      if (seen) return leadingHere(writeViewpoint(set, seen, place.prefix)).href;
      // Without a place in the page it loads the page anew, also where it stands already.
      set.hash = '';
      return set.href;
    },
    alone: (chosen) => elsewhere('alone', chosen),
    embed: (chosen) => elsewhere('builder', chosen),
    changed: (chosen) =>
      rewriteAddress(host, (address) => leadingHere(writeAddress(address, widget, chosen, place))),
    explained: `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}how-it-computes/`,
    backend: asked.backend,
    notes: asked.notes,
    // For questions of the page: what came, in the reader's own run.
    observe: ({ type, state, settings: ran, result }) => {
      if (type !== 'state' || (state !== 'done' && state !== 'diverged') || result === null) return;
      const detail = {
        key: canonical(widget.params, ran),
        values: () => widget.values(ran as never, result as never),
      };
      host.dispatchEvent(new CustomEvent('gradient-lab-run-ended', { detail }));
    },
    viewpoint,
    ...(!same && { own: settings }),
  };
  const props = {
    widget,
    locale,
    predict: false,
    settings: asked.settings,
    recording: same ? recording : ((await loadRecordings(id))[shown] ?? null),
    host: page,
  };
  // What a translator has put its own elements into is no longer the markup that the server drew.
  const asDrawn = host.querySelector('font') === null;
  enliven(view, still as Element, props, same && asDrawn && atRest && asked.notes.length === 0);
  host.querySelector('.problem')?.remove();
  if (widget.kind === 'closedForm') return;
  const warm = warmer(widget);
  const intent = (event: Event) => {
    if ((event.target as Element).closest('button')) warm();
    else if (!sparing()) (globalThis.requestIdleCallback ?? setTimeout)(warm);
  };
  host.addEventListener('pointerover', intent);
  host.addEventListener('focusin', intent);
}

/** What readies a run of this widget, once: the engine, the experiment's code, and what it prepares. */
function warmer(widget: AnyTrainingWidget | AnySurveyWidget): () => void {
  let warm = false;
  return () => {
    warmEngine();
    if (warm) return;
    warm = true;
    const ready =
      widget.kind === 'survey'
        ? widget.experiment().then(({ prepare }) => prepare?.())
        : (widget.experiment?.() ?? Promise.resolve());
    ready.catch(() => {
      // What is wrong is said when the reader presses Run.
      warm = false;
    });
  };
}

/** The run that the still figure shows; null where there is none. Rejects where it cannot be loaded. */
async function recordingOf(host: HTMLElement): Promise<Recording | null> {
  const address = host.dataset['recording'];
  if (address === undefined) return null;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return parse(await response.text()) as Recording;
}

/** Loads what draws charts of these kinds. */
async function prepareFigures(kinds: ReadonlySet<ChartSpec['kind']>): Promise<void> {
  await Promise.all([prepareCharts(kinds), kinds.has('network') ? preparePicture() : undefined]);
}

/** The kinds of charts that a still figure shows. */
function kindsIn(host: HTMLElement): Set<ChartSpec['kind']> {
  const figures = host.querySelectorAll<HTMLElement>('[data-kind]');
  return new Set(Array.from(figures, (figure) => figure.dataset['kind'] as ChartSpec['kind']));
}
