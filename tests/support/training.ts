import { expect, type Locator, type Page } from '@playwright/test';
import type { Placed } from './placed.ts';
import { htmlOf, open, type SiteFacts } from './site.ts';
import { awaken, badgeOf, badges, runToEnd, stillTablesOf, tablesOf, widgetOf } from './widgets.ts';

/** What is added to the number of time steps in a short run: a sequence of some, or an image and one. */
const TIME_STEPS = { length: 5, delay: 1 };

/** What to add to an address so that whole numbers of these names are as small as allowed, but not below what is given. */
export const smallest = (
  params: SiteFacts['widgets'][number]['params'],
  least: Record<string, number>,
): string =>
  Object.entries(least)
    .map(([name, fewest]) => {
      const parameter = params[name];
      return parameter?.kind === 'int' ? `&${name}=${Math.max(parameter.min, fewest)}` : '';
    })
    .join('');

/**
 * Adds to a widget's address what makes its run short: as few steps as it allows, but not below `least`, of
 * sequences of few time steps, each of which calls the same kernels.
 */
export const few = ({ params }: SiteFacts['widgets'][number], least = 1): string =>
  smallest(params, { steps: least, ...TIME_STEPS });

/** Opens a widget's page with a query and waits until the widget is live. */
export async function live(page: Page, { id, path }: Placed, query: string): Promise<Locator> {
  await open(page, `${path}?${query}`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  await expect(widget).toHaveAttribute('data-state', 'idle');
  return widget;
}

/**
 * Runs a widget of a page to its end on a backend: it ends as declared, no other backend steps in, and
 * its tables show the run in place of the recorded one. Resolves with the widget.
 */
export async function trainsToTheEnd(
  page: Page,
  target: Placed,
  backend: keyof typeof badges,
  short = '',
): Promise<Locator> {
  const widget = await live(page, target, `backend=${backend}${short}`);
  const recorded = await stillTablesOf(page, htmlOf(target.path), target.id);
  // A run cut short may end before it overflows.
  const diverges = short === '' ? /^diverged$/ : /^(done|diverged)$/;
  expect(await runToEnd(widget)).toMatch(target.widget.diverges ? diverges : /^done$/);
  await expect(badgeOf(widget)).toContainText(badges[backend]);
  const tables = await tablesOf(widget);
  expect(tables.length).toBeGreaterThan(0);
  for (const { head, rows } of tables) {
    expect(head.length).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(0);
  }
  expect(tables).not.toEqual(recorded);
  return widget;
}
