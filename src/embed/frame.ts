import './frame.css';
import { mount, type Component, type ComponentProps } from 'svelte';
import { stringify } from '../engine/json';
import { readAddress, writeAddress, type Place } from '../kit/address';
import { canonical, defaults, read, type AnyValues } from '../kit/codec';
import type { WidgetEvent, WidgetHandle, WidgetHost } from '../kit/host';
import StandardView from '../kit/StandardView.svelte';
import type { AnyWidget } from '../kit/widget';
import { loadRecordings, loadWidget } from '../registry';
import { Conversation } from './conversation';
import { embedEngine } from './engine-service';
import type { FrameMessage, HostMessage, Outcome } from './protocol';
import { setTheme } from './theme';

/**
 * The script of an embed page: puts the live widget in the place of the still figure and answers the
 * host's messages. It works without a host's help, and in a frame of opaque origin.
 */

// A classic script knows its own address only while it runs.
const base = new URL('.', (document.currentScript as HTMLScriptElement).src).href;

const conversation = new Conversation();
conversation.reportHeight(document.body);
void start(document.getElementById('widget') as HTMLElement);

async function start(root: HTMLElement): Promise<void> {
  const query = new URLSearchParams(location.search);
  setTheme(query.get('theme') ?? 'auto');
  const widget = await loadWidget(root.dataset['id'] ?? '');
  const recordings = await loadRecordings(widget.id);
  const place: Place = { prefix: '', base: defaults(widget.params) as AnyValues };
  const { values, backend, notes } = readAddress(widget, query, place);
  const chapter = new URL(root.dataset['chapter'] ?? '', location.href);
  let handle: WidgetHandle | null = null;

  const view = (widget.view ? (await widget.view()).default : StandardView) as Component<
    ComponentProps<typeof StandardView>
  >;
  root.replaceChildren();
  const host: WidgetHost = {
    service: embedEngine(base),
    recordings: () => Promise.resolve(recordings),
    link: (shown) => writeAddress(chapter, widget, shown, place).href,
    backend,
    notes,
    ready: (given) => {
      handle = given;
    },
    observe: (event) => conversation.tell(report(widget, event)),
  };
  const recording = recordings[canonical(widget.params, values)] ?? null;
  mount(view, { target: root, props: { widget, values, recording, host } });

  conversation.listen((message) => obey(message, widget, () => handle));
}

/** Does what the host asks. A wrong parameter falls back to its default, and the host hears of it. */
function obey(message: HostMessage, widget: AnyWidget, handle: () => WidgetHandle | null): void {
  switch (message.type) {
    case 'hello':
      conversation.tell({
        type: 'ready',
        widget: widget.id,
        version: widget.version,
        title: widget.title,
      });
      return;
    case 'theme':
      setTheme(message.theme);
      return;
    case 'configure': {
      const { values, notes } = read(widget.params, Object.entries(message.parameters));
      for (const note of notes) conversation.tell({ type: 'error', message: note });
      handle()?.setValues(values as AnyValues);
      return;
    }
    default:
      handle()?.[message.type]();
  }
}

/** What the host hears of a change in the widget. */
function report(widget: AnyWidget, event: WidgetEvent): FrameMessage {
  if (event.error !== null) return { type: 'error', message: event.error };
  const named =
    event.result === null ? {} : widget.values(event.values as never, event.result as never);
  // Non-finite numbers travel as words, as in every file of the project.
  const result = JSON.parse(stringify(named)) as Outcome;
  const over = event.state === 'done' || event.state === 'diverged';
  return { type: over ? 'done' : 'frame', state: event.state, result };
}
