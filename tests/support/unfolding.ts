import type { Page } from '@playwright/test';

/** Unfolds one after another all that is folded; says what then widens the page or leaves its figure. */
export const widening = (page: Page): Promise<string[]> =>
  page.locator('main').evaluate(async (main) => {
    const faults: string[] = [];
    for (const details of main.querySelectorAll('details')) {
      const folded = [details, details.parentElement!.closest('details')].filter(
        (one) => one !== null && !one.open,
      ) as HTMLDetailsElement[];
      for (const one of folded) one.open = true;
      // In a live widget a table is filled when it is unfolded, of which the browser tells a moment later.
      if (details.closest('[data-live]')) await new Promise((resolve) => setTimeout(resolve, 5));
      const name = `${details.className}: ${details.textContent.trim().slice(0, 50)}`;
      const page = document.scrollingElement!.scrollWidth;
      if (page > innerWidth) faults.push(`${name}: the page is ${page} px wide`);
      const place = details.parentElement!.getBoundingClientRect();
      const { right } = details.getBoundingClientRect();
      if (right > place.right + 1) faults.push(`${name}: ends ${right - place.right} px outside`);
      for (const one of folded) one.open = false;
    }
    return faults;
  });
