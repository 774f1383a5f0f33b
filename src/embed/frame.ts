import './frame.css';
import type { Component, ComponentProps } from 'svelte';
import { stringify } from '../engine/json';
import { readAddress, writeAddress, type Place } from '../kit/address';
import { canonical, defaults, type AnySettings } from '../kit/codec';
import type { WidgetEvent, WidgetHandle, WidgetHost } from '../kit/host';
import StandardView from '../kit/StandardView.svelte';
import { enliven } from '../kit/view/enliven';
import { atRest, readViewpoint, writeViewpoint } from '../kit/viewpoint';
import type { AnyWidget } from '../kit/widget';
import { en } from '../kit/words/en';
import { loadRecordings, loadWidget } from '../registry';
import type { Outcome } from './api';
import { readAsked } from './asked';
import { Conversation } from './conversation';
import { embedEngine } from './engine-service';
import FittedView from './FittedView.svelte';
import { Notes } from './notes.svelte';
import { THEMES, type FrameMessage, type HostMessage } from './protocol';
import { setTheme } from './theme';

/**
 * The script of an embed page: puts the live widget in the place of the still figure and answers the
 * host's messages. It works without a host's help, and in a frame of opaque origin.
 */

// A classic script knows its own address only while it runs; its siblings share its version.
const script = new URL((document.currentScript as HTMLScriptElement).src);
const sibling = (name: string): string => new URL(name + script.search, script).href;

const conversation = new Conversation();
conversation.reportHeight(document.body);
const root = document.getElementById('widget') as HTMLElement;
start(root).catch((reason: unknown) => {
  // The figure stays what it is, and says why it does not come to life.
  const said = reason instanceof Error && reason.message ? reason.message : en.notes.unknownFailure;
  const message = `${en.notes.widgetFailed} ${said}`;
  const note = document.createElement('p');
  note.textContent = message;
  root.append(note);
  complain([message]);
});

async function start(root: HTMLElement): Promise<void> {
  const query = new URLSearchParams(location.search);
  const theme = query.get('theme') ?? 'auto';
  setTheme(theme);
  const widget = await loadWidget(root.dataset['id'] ?? '');
  const asked = readAsked(widget, query);
  if (asked.fills) document.documentElement.dataset['fills'] = '';
  const recordings = await loadRecordings(widget.id);
  const place: Place = { prefix: '', base: defaults(widget.params) as AnySettings };
  const { settings, backend, notes } = readAddress(widget, query, place);
  const { viewpoint, notes: unclear } = readViewpoint(widget, query, place.prefix, en);
  const shown = new Notes();
  shown.current = [...themeNotes(theme), ...asked.notes, ...notes, ...unclear];
  const at = (path: string | undefined) => new URL(path ?? '', location.href);
  const { page, builder } = root.dataset;
  let handle: WidgetHandle | null = null;
  let wanted = backend;

  // Of a view of the widget's own, what leads it is wanted in a frame that is filled.
  const leads = widget.drawing !== undefined || widget.draggable;
  const own = asked.fills && !leads ? undefined : widget.view;
  const view = (own ? (await own()).default : StandardView) as Component<
    ComponentProps<typeof StandardView>
  >;
  const host: WidgetHost = {
    service: embedEngine(sibling),
    recordings: () => Promise.resolve(recordings),
    link: (chosen, seen = atRest) =>
      writeViewpoint(writeAddress(at(page), widget, chosen, place), seen, place.prefix).href,
    embed: (chosen) => writeAddress(at(builder), widget, chosen, place).href,
    framed: true,
    viewpoint,
    explained: at('../../how-it-computes/').href,
    backend,
    get notes() {
      return shown.current;
    },
    ready: (given) => {
      handle = given;
    },
    observe: (event) => conversation.tell(() => report(widget, event)),
  };
  const recording = recordings[canonical(widget.params, settings)] ?? null;
  const fitted = asked.fills ? FittedView : undefined;
  enliven(view, root, { widget, settings, recording, host, fitted }, false);

  /** Does what the host asks. What it got wrong falls back to the default; it hears and sees why. */
  function obey(message: HostMessage): void {
    switch (message.type) {
      case 'hello': {
        const { id, version, title } = widget;
        conversation.tell(() => ({ type: 'ready', widget: id, version, title }));
        complain(shown.current);
        return;
      }
      case 'theme':
        setTheme(message.theme);
        return;
      case 'configure': {
        const asked = readAddress(widget, new URLSearchParams(message.parameters), {
          ...place,
          everyKey: true,
        });
        // What the reader chose in the widget stands until the host asks for another one.
        if (asked.backend !== wanted) handle?.setBackend(asked.backend);
        wanted = asked.backend;
        handle?.setSettings(asked.settings);
        shown.current = asked.notes;
        complain(asked.notes);
        return;
      }
      default:
        handle?.[message.type]();
    }
  }
  conversation.listen(obey);
}

/** What is wrong with the theme of the address, if anything. */
const themeNotes = (theme: string): string[] =>
  (THEMES as readonly string[]).includes(theme)
    ? []
    : [`${en.parameters.unknownTheme(theme, en.list(THEMES))}.`];

function complain(notes: string[]): void {
  for (const message of notes) conversation.tell(() => ({ type: 'error', message }));
}

/** What the host hears of a change in the widget. */
function report(widget: AnyWidget, event: WidgetEvent): FrameMessage {
  if (event.error !== null) return { type: 'error', message: event.error };
  const named =
    event.result === null ? {} : widget.values(event.settings as never, event.result as never);
  // Non-finite numbers travel as words, as in every file of the project.
  const result = JSON.parse(stringify(named)) as Outcome;
  const over = event.type === 'state' && (event.state === 'done' || event.state === 'diverged');
  return { type: over ? 'done' : 'frame', state: event.state, result };
}
