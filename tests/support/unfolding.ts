import type { Page } from '@playwright/test';

/**
 * Unfolds all that is folded in a page; says what then widens the page or leaves its figure. Figures stand one
 * below the other and take their width from the page, so one fold of each is unfolded at once, and each alone
 * where something is wrong. Of nested ones both are unfolded.
 */
export const widening = (page: Page): Promise<string[]> =>
  page.locator('main').evaluate(async (main) => {
    const outermost = (one: Element): Element => {
      const outer = one.parentElement!.closest('details');
      return outer && main.contains(outer) ? outermost(outer) : one;
    };
    /** The folds that stand in one figure, in turn; one that stands in none is alone. */
    const byFigure = new Map<Element, HTMLDetailsElement[]>();
    for (const details of main.querySelectorAll('details')) {
      const figure = details.closest('[data-widget]') ?? outermost(details);
      byFigure.set(figure, [...(byFigure.get(figure) ?? []), details]);
    }
    const most = Math.max(0, ...Array.from(byFigure.values(), ({ length }) => length));

    const unfolded = async (all: readonly HTMLDetailsElement[]): Promise<string[]> => {
      const folded = all
        .flatMap((details) => [details, details.parentElement!.closest('details')])
        .filter((one) => one !== null && !one.open) as HTMLDetailsElement[];
      for (const one of folded) one.open = true;
      // In a live widget a table is filled when it is unfolded, of which the browser tells a moment later.
      if (all.some((details) => details.closest('[data-live]')))
        await new Promise((resolve) => setTimeout(resolve, 5));
      const page = document.scrollingElement!.scrollWidth;
      const names = all.map(
        (details) => `${details.className}: ${details.textContent.trim().slice(0, 50)}`,
      );
      const faults = page > innerWidth ? [`${names.join('; ')}: the page is ${page} px wide`] : [];
      for (const [i, details] of all.entries()) {
        const place = details.parentElement!.getBoundingClientRect();
        const { right } = details.getBoundingClientRect();
        if (right > place.right + 1)
          faults.push(`${names[i]}: ends ${right - place.right} px outside`);
      }
      for (const one of folded) one.open = false;
      return faults;
    };

    const faults: string[] = [];
    for (let turn = 0; turn < most; turn++) {
      const all = Array.from(byFigure.values()).flatMap((folds) => folds[turn] ?? []);
      const together = await unfolded(all);
      if (together.length === 0 || all.length === 1) {
        faults.push(...together);
        continue;
      }
      const alone: string[] = [];
      for (const one of all) alone.push(...(await unfolded([one])));
      faults.push(...(alone.length > 0 ? alone : together));
    }
    return faults;
  });
