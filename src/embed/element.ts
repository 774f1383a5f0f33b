import type { Controls, GradientLabElement, Outcome, Theme } from './api';
import {
  readFrameMessage,
  seal,
  THEMES,
  type Command,
  type FrameMessage,
  type HostMessage,
} from './protocol';

/**
 * `<gradient-lab widget="vanishing-depth" depth="30">`: a titled, lazy iframe of the widget's embed
 * page that sizes itself. Attributes other than its own are the widget's parameters in kebab-case;
 * changing one updates the widget.
 */

/** Attributes that are the element's or HTML's own, and so never parameters. */
const OWN = new Set(
  (
    'widget theme figures controls present id class style title slot part hidden inert lang dir role tabindex accesskey ' +
    'autofocus draggable nonce is popover translate itemid itemprop itemref itemscope itemtype'
  ).split(' '),
);
const FIRST_HEIGHT = 640;
/** What of the widget the frame shows: it fills the frame where one of them is given. */
const SHOWS = ['figures', 'controls'] as const;

/**
 * A row, a grid or a box that is as wide as its content would leave a frame at its 300 pixels. The frame asks
 * for a column's width, and takes what there is. In a shadow, where a host's own rules win.
 */
const SHEET = `:host{display:block;inline-size:100%;min-inline-size:0}
:host([hidden]){display:none}
::slotted(iframe){inline-size:60rem;min-inline-size:100%;max-inline-size:100%}`;

const POPUPS = 'allow-popups allow-popups-to-escape-sandbox';

/** The ids of all widgets, written in when the script is built. */
declare const GRADIENT_LAB_WIDGETS: readonly string[];

// A classic script knows its own address only while it runs.
const script = document.currentScript as HTMLScriptElement | null;
const base = script && new URL('.', script.src);

class GradientLab extends HTMLElement implements GradientLabElement {
  #frame: HTMLIFrameElement | null = null;
  #ready = false;
  #result: Outcome | null = null;
  /** The widget's own title, once the frame has told it. */
  #called = '';
  #waiting: HostMessage[] = [];
  #warned = new Set<string>();
  #attributes = new MutationObserver((records) => this.#changed(records));

  connectedCallback(): void {
    for (const name of ['widget', 'theme', ...SHOWS, 'parameters'] as const) this.#upgrade(name);
    addEventListener('message', this.#receive);
    this.#makeRoom();
    this.#attributes.observe(this, { attributes: true });
    this.#load();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#receive);
    this.#attributes.disconnect();
    this.#frame?.remove();
    this.#frame = null;
    this.#ready = false;
    this.#waiting = [];
  }

  /** The widget's id; its folder in the site's `/embed/`. */
  get widget(): string {
    return this.getAttribute('widget') ?? '';
  }
  set widget(id: string) {
    this.setAttribute('widget', id);
  }

  /** `light`, `dark`, or `auto`: what the reader's system prefers. */
  get theme(): Theme {
    const theme = this.getAttribute('theme') ?? 'auto';
    if ((THEMES as readonly string[]).includes(theme)) return theme as Theme;
    this.#warn(
      `theme="${theme}" is not allowed: theme is one of ${THEMES.join(', ')}; using auto.`,
    );
    return 'auto';
  }
  set theme(theme: Theme) {
    this.setAttribute('theme', theme);
  }

  /** The ids of the figures to show, with commas between; '' for the whole widget. */
  get figures(): string {
    return this.getAttribute('figures') ?? '';
  }
  set figures(ids: string) {
    this.setAttribute('figures', ids);
  }

  /** What stands beside the figures. The frame says what is wrong with another word. */
  get controls(): Controls {
    return (this.getAttribute('controls') ?? 'all') as Controls;
  }
  set controls(controls: Controls) {
    this.setAttribute('controls', controls);
  }

  /** The widget's parameters as given, by kebab-case name. Setting it replaces all of them. */
  get parameters(): Record<string, string> {
    const given: Record<string, string> = {};
    for (const { name, value } of this.attributes) if (isParameter(name)) given[name] = value;
    return given;
  }
  set parameters(next: Record<string, string | number | boolean>) {
    for (const name of Object.keys(this.parameters))
      if (!(name in next)) this.removeAttribute(name);
    for (const [name, value] of Object.entries(next)) this.setAttribute(name, String(value));
  }

  /** The named numbers of the run so far, or null before the first frame. */
  get result(): Outcome | null {
    return this.#result;
  }

  run(): void {
    this.#command('run');
  }
  pause(): void {
    this.#command('pause');
  }
  step(): void {
    this.#command('step');
  }
  reset(): void {
    this.#command('reset');
  }

  #command(type: Command): void {
    // Attributes set just before are told just before.
    this.#changed(this.#attributes.takeRecords());
    // A frame far from the screen is not loaded; who gives it a command wants an answer. One that has loaded
    // is left alone, since Firefox would load it anew.
    if (this.#frame && !this.#ready) this.#frame.loading = 'eager';
    this.#send({ type });
  }

  /** Shows the frame alone: what the host wrote into the element is for readers without this script. */
  #makeRoom(): void {
    if (this.shadowRoot) return;
    const slot = document.createElement('slot');
    slot.name = 'frame';
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.append(slot);
    // A host's style-src forbids a <style>, and not this.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    shadow.adoptedStyleSheets = [sheet];
  }

  #load(): void {
    this.#ready = false;
    this.#result = null;
    this.#frame?.remove();
    this.#frame = null;
    this.#called = '';
    const { widget, theme } = this;
    const known = GRADIENT_LAB_WIDGETS.includes(widget);
    // This script may be older than the widget: the page for unknown ones knows the way, or says it.
    const url = new URL(known ? `${widget}/` : 'unknown/', base!);
    const shows = SHOWS.filter((name) => this.hasAttribute(name));
    const query = {
      ...this.parameters,
      ...Object.fromEntries(shows.map((name) => [name, this[name]])),
      ...{ theme, ...(known ? {} : { widget }) },
    };
    url.search = new URLSearchParams(query).toString();
    const frame = document.createElement('iframe');
    frame.loading = 'lazy';
    frame.slot = 'frame';
    // What opens from it is a page like any other. A host that isolates itself takes such frames alone.
    frame.setAttribute('sandbox', `allow-scripts allow-same-origin allow-downloads ${POPUPS}`);
    frame.setAttribute('credentialless', '');
    frame.allow = 'clipboard-write; fullscreen';
    // Set through the object model, which a host's style-src does not forbid.
    Object.assign(frame.style, {
      height: `${FIRST_HEIGHT}px`,
      border: '0',
      display: 'block',
    });
    frame.onload = () => this.#post({ type: 'hello' });
    frame.src = url.href;
    this.#frame = frame;
    this.#name();
    this.append(frame);
    if (shows.length > 0 && this.#hasHeight(frame)) frame.style.height = '100%';
  }

  /** Whether the page gives the element a height, which is then not that of the frame in it. */
  #hasHeight({ style }: HTMLIFrameElement): boolean {
    const [first, second] = [0, FIRST_HEIGHT].map((height) => {
      style.height = `${height}px`;
      return this.clientHeight;
    });
    return first! > 0 && first === second;
  }

  /** Titles the frame: as the host says, else as the widget is called, else by its id. */
  #name(): void {
    const called = this.#called && `${this.#called} (Gradient Lab)`;
    if (this.#frame)
      this.#frame.title =
        this.title || called || `Gradient Lab: ${this.widget.replaceAll('-', ' ')}`;
  }

  #changed(records: MutationRecord[]): void {
    const names = new Set(records.map((record) => record.attributeName ?? ''));
    if (['widget', ...SHOWS].some((name) => names.has(name))) return this.#load();
    if (names.has('theme')) this.#send({ type: 'theme', theme: this.theme });
    if (names.has('title')) this.#name();
    if ([...names].some(isParameter))
      this.#send({ type: 'configure', parameters: this.parameters });
  }

  /** Keeps messages until the frame is ready, then hands them over in order. */
  #send(message: HostMessage): void {
    if (this.#ready) return this.#post(message);
    // Of several of a kind the last one counts.
    this.#waiting = [...this.#waiting.filter(({ type }) => type !== message.type), message];
  }

  #post(message: HostMessage): void {
    // In a host that is sandboxed itself the frame has an opaque origin, which no address names; and
    // nothing here is secret.
    this.#frame?.contentWindow?.postMessage(seal(message), '*');
  }

  #receive = (event: MessageEvent<unknown>): void => {
    if (!this.#frame || event.source !== this.#frame.contentWindow) return;
    const message = readFrameMessage(event.data);
    if (message) this.#take(message, this.#frame);
  };

  #take(message: FrameMessage, frame: HTMLIFrameElement): void {
    switch (message.type) {
      case 'size':
        if (SHOWS.some((name) => this.hasAttribute(name))) return;
        frame.style.height = `${Math.ceil(message.height)}px`;
        return;
      case 'ready': {
        this.#ready = true;
        this.#called = message.title;
        this.#name();
        const waiting = this.#waiting;
        this.#waiting = [];
        waiting.forEach((one) => this.#post(one));
        break;
      }
      case 'frame':
      case 'done':
        // After a reset nothing is named.
        this.#result = Object.keys(message.result).length > 0 ? message.result : null;
        break;
      case 'error':
        this.#warn(message.message);
    }
    this.dispatchEvent(
      new CustomEvent(`gradient-lab-${message.type}`, { detail: message, bubbles: true }),
    );
  }

  #warn(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    console.warn(`<gradient-lab>: ${sentence}`);
  }

  /** A property set before the element was defined hides its setter: hand the value to it. */
  #upgrade(name: 'widget' | 'theme' | 'figures' | 'controls' | 'parameters'): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    // The own property hides the accessor.
    delete this[name];
    Object.assign(this, { [name]: value });
  }
}

function isParameter(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(name) && !/^(data-|aria-|on)/.test(name) && !OWN.has(name);
}

// A page may load the script twice, from two embeds pasted one after the other.
if (base === null)
  console.warn(
    '<gradient-lab>: this script must be loaded without type="module", as <script async src="…/v1.js">; it has done nothing.',
  );
else if (!customElements.get('gradient-lab')) customElements.define('gradient-lab', GradientLab);
