import type { Frame, Page } from '@playwright/test';

/**
 * Unfolds all that is folded, and folds it again; says what then widens the page or leaves its figure. All at
 * once, since nothing beside what is wide makes a page narrower; one after another only to name what widens it.
 */
export const widening = (page: Page | Frame): Promise<string[]> =>
  page.locator('main').evaluate(async (main) => {
    const all = [...main.querySelectorAll('details')];
    const folded = all.filter((one) => !one.open);
    // Of one name, one alone would be open.
    const names = all.map(({ name }) => name);
    for (const one of all) one.removeAttribute('name');
    /** Opens what is to be open of what was folded, and closes the rest of it. */
    const unfold = (isOpen: (one: Element) => boolean) => {
      for (const one of folded) one.open = isOpen(one);
    };
    const nameOf = (one: Element) => `${one.className}: ${one.textContent.trim().slice(0, 50)}`;
    const pageOf = (): string[] => {
      const { scrollWidth } = document.scrollingElement!;
      return scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide`] : [];
    };
    unfold(() => true);
    // In a live widget a table is filled when it is unfolded, of which the browser tells a moment later.
    if (folded.some((one) => one.closest('[data-live]')))
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
    const faults = folded.flatMap((one) => {
      const place = one.parentElement!.getBoundingClientRect();
      const { right } = one.getBoundingClientRect();
      return right > place.right + 1
        ? [`${nameOf(one)}: ends ${right - place.right} px outside`]
        : [];
    });
    if (pageOf().length > 0) {
      const before = faults.length;
      for (const one of folded) {
        // With what it lies in.
        unfold((other) => other.contains(one));
        faults.push(...pageOf().map((fault) => `${nameOf(one)}: ${fault}`));
      }
      unfold(() => true);
      if (faults.length === before) faults.push(...pageOf());
    }
    unfold(() => false);
    for (const [i, name] of names.entries()) if (name !== '') all[i]!.name = name;
    return faults;
  });
