/**
 * The box of every widget in a chapter. It holds the still figure that the server drew, and costs the
 * page next to nothing: the code that brings the figure to life is loaded when the reader turns to
 * it, or when the address asks for a setting. What was pressed before that is done then.
 */

/** What tells that a reader turns to the figure. */
const INTENT = ['pointerover', 'pointerdown', 'focusin', 'click', 'input', 'change'] as const;
/** A button that has its own code before the figure's is there is `data-own`. */
const CONTROLS = 'button:not([data-own]), select, input';

class WidgetHost extends HTMLElement {
  #waking = false;
  /** What the reader did last while there was nothing yet to do it. */
  #last: (() => void) | null = null;

  connectedCallback(): void {
    if (this.#waking) return;
    for (const control of this.querySelectorAll<HTMLButtonElement>(CONTROLS))
      control.disabled = false;
    for (const type of INTENT) this.addEventListener(type, this.#intent, { capture: true });
    if (location.search === '') return;
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      sight.disconnect();
      void this.#wake();
    });
    sight.observe(this);
  }

  #intent = (event: Event): void => {
    void this.#wake();
    const control = (event.target as Element).closest<HTMLElement>(CONTROLS);
    if (control === null) return;
    const isButton = control instanceof HTMLButtonElement;
    const now = this.#found(control);
    if (event.type === 'click' && isButton) this.#last = () => now()?.click();
    if (event.type === 'input' || event.type === 'change') this.#last = repeat(control, now);
  };

  /** Finds a control again; where the view was drawn anew, the one of the same name. */
  #found(control: HTMLElement): () => HTMLElement | undefined {
    const name = nameOf(control);
    return () =>
      control.isConnected
        ? control
        : [...this.querySelectorAll<HTMLElement>(CONTROLS)].find((one) => nameOf(one) === name);
  }

  async #wake(): Promise<void> {
    if (this.#waking) return;
    this.#waking = true;
    try {
      const { bringToLife } = await import('./live');
      await bringToLife(this);
    } catch (reason) {
      this.#refuse(reason);
      // The next press tries again.
      this.#waking = false;
      return;
    }
    for (const type of INTENT) this.removeEventListener(type, this.#intent, { capture: true });
    this.dataset['live'] = '';
    this.#last?.();
  }

  /** The figure stays what it is, and says why it does not come to life. */
  #refuse(reason: unknown): void {
    const widget = this.querySelector<HTMLElement>('[data-widget]');
    if (widget) widget.dataset['state'] = 'error';
    const said = reason instanceof Error ? reason.message : '';
    // An address of a script tells a reader nothing.
    const told = `${this.dataset['failure']} ${said.includes('://') ? '' : said} `;
    const earlier = this.querySelector('.problem li')?.firstChild;
    if (earlier) {
      // The link beside it stays: a press on it would miss one drawn anew.
      earlier.textContent = told;
      return;
    }
    const notes = document.createElement('ul');
    notes.className = 'problem not-content';
    notes.setAttribute('role', 'list');
    notes.setAttribute('aria-label', this.dataset['notes'] ?? '');
    const note = document.createElement('li');
    note.textContent = told;
    // Some browsers remember for as long as the page is open that a script did not load.
    const again = document.createElement('a');
    again.href = location.href;
    again.textContent = this.dataset['reload'] ?? '';
    note.append(again);
    notes.append(note);
    this.append(notes);
  }
}

/** What tells a control from the others of its widget: its kind and its label. */
function nameOf(control: HTMLElement): string {
  const label = (control as HTMLInputElement).labels?.[0] ?? control;
  return `${control.tagName} ${control.ariaLabel ?? label.textContent?.trim()}`;
}

/** The same change once more, for listeners that were not there the first time. */
function repeat(control: HTMLElement, found: () => HTMLElement | undefined): () => void {
  if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement))
    return () => {};
  const { value } = control;
  const checked = control instanceof HTMLInputElement && control.checked;
  return () => {
    const now = found();
    if (!(now instanceof HTMLInputElement || now instanceof HTMLSelectElement)) return;
    now.value = value;
    if (now instanceof HTMLInputElement) now.checked = checked;
    for (const type of ['input', 'change']) now.dispatchEvent(new Event(type, { bubbles: true }));
  };
}

customElements.define('widget-host', WidgetHost);
