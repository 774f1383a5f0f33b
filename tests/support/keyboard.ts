import type { Page } from '@playwright/test';

/** How many stops Tab goes on to before a look at where it has led. */
const AT_ONCE = 10;

/**
 * Walks through a page by Tab from its beginning. Names what can be focused but is not reached, and what is
 * reached and does not show it, each by its HTML.
 */
export async function walkByTab(page: Page): Promise<{ notReached: string[]; unseen: string[] }> {
  const count = await page.evaluate(notice);
  const look = () => page.evaluate(() => (globalThis as unknown as Noticing).walk.state());
  // A browser stops at boxes that scroll as well, and at what a frame holds.
  const most = 2 * count + 10;
  for (let stops = 0; stops < most; stops += AT_ONCE) {
    // A page draws itself anew after each stop that it can draw in time for: these it takes together. The key is
    // held, and goes on by repeating: half as much to tell of as single presses.
    await Promise.all(Array.from({ length: AT_ONCE }, () => page.keyboard.down('Tab')));
    const { left, hasEnded } = await look();
    if (left === 0 || hasEnded) break;
  }
  await page.keyboard.up('Tab');
  return page.evaluate(() => (globalThis as unknown as Noticing).walk.faults());
}

interface Noticing {
  walk: {
    /** How many stops have not been reached, and whether the last press has led out of the page. */
    state(): { left: number; hasEnded: boolean };
    faults(): { notReached: string[]; unseen: string[] };
  };
}

/** In the page: notes every stop from now on under `walk`. Returns how many there should be. */
function notice(): number {
  const wanted = new Map<string, HTMLElement>();
  let named = 0;
  const selector =
    'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    if (element.tabIndex < 0 || (element as HTMLButtonElement).disabled) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('[inert]') || element.closest('details:not([open]) > :not(summary)'))
      continue;
    const name = nameOf(element);
    if (!wanted.has(name)) wanted.set(name, element);
  }
  const count = wanted.size;
  const unseen = new Set<string>();
  const note = () => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return;
    wanted.delete(nameOf(element));
    // An indicator may stand around the element: on its label, its row, its box.
    const around = [element, ...ancestors(element, 3), ...labelsOf(element)];
    if (!around.some(shows)) unseen.add(told(element));
  };
  document.addEventListener('focusin', note);
  // A frame that takes the focus tells so to its own document only.
  addEventListener('blur', note);
  const noticing: Noticing = {
    walk: {
      state: () => ({
        left: wanted.size,
        hasEnded: !document.activeElement || document.activeElement === document.body,
      }),
      faults: () => ({ notReached: [...wanted.values()].map(told), unseen: [...unseen] }),
    },
  };
  Object.assign(globalThis, noticing);
  return count;

  /** One name for one stop: the buttons of a radio group are one. */
  function nameOf(element: HTMLElement): string {
    if (element instanceof HTMLInputElement && element.type === 'radio')
      return `radio ${element.name}`;
    return (element.dataset['stop'] ??= String(named++));
  }
  function told(element: HTMLElement): string {
    return element.outerHTML.slice(0, 160);
  }
  function ancestors(of: Element, levels: number): Element[] {
    return levels > 0 && of.parentElement
      ? [of.parentElement, ...ancestors(of.parentElement, levels - 1)]
      : [];
  }
  function labelsOf(of: HTMLElement): Element[] {
    const label = (of as HTMLInputElement).labels?.[0];
    return label ? [label, ...label.children] : [];
  }
  function shows(of: Element): boolean {
    const style = getComputedStyle(of);
    return (
      (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) ||
      style.boxShadow !== 'none'
    );
  }
}
