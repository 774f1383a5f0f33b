import { readHostMessage, seal, type FrameMessage, type HostMessage } from './protocol';

/**
 * The frame's side of the talk with its host page. A host is known once it has said hello; until
 * then nothing but the frame's height is told, since anyone may hold the frame.
 */
export class Conversation {
  readonly #parent: Window | null;
  /** Where messages to the host go; null before its hello. */
  #origin: string | null = null;
  #obey: ((message: HostMessage) => void) | null = null;
  #early: HostMessage[] = [];

  constructor() {
    this.#parent = parent === window ? null : parent;
    addEventListener('message', (event: MessageEvent<unknown>) => {
      if (this.#parent === null || event.source !== this.#parent) return;
      const message = readHostMessage(event.data);
      if (!message) return;
      // An opaque origin has no address to post to.
      if (message.type === 'hello') this.#origin = event.origin === 'null' ? '*' : event.origin;
      if (this.#obey) this.#obey(message);
      else this.#early.push(message);
    });
  }

  /** Hands over the host's messages from now on, the ones that came early first. */
  listen(obey: (message: HostMessage) => void): void {
    this.#obey = obey;
    this.#early.splice(0).forEach(obey);
  }

  /** Tells the host, if one has said hello; only then is the message made. */
  tell(make: () => FrameMessage): void {
    if (this.#origin !== null) this.#parent?.postMessage(seal(make()), this.#origin);
  }

  /** Tells whoever holds the frame how tall its page is, now and when that changes. */
  reportHeight(page: HTMLElement): void {
    new ResizeObserver(() => {
      const height = Math.ceil(page.getBoundingClientRect().height);
      if (height > 0) this.#parent?.postMessage(seal({ type: 'size', height }), '*');
    }).observe(page);
  }
}
