import type { Page } from '@playwright/test';
import { expect, open, site, pagesWithWidgets, test } from '../support/site.ts';
import { awaken, button, runToEnd, tablesOf, widgetOf } from '../support/widgets.ts';
import { training } from '../support/placed.ts';

test('every widget of the registry stands on a page', () => {
  const shown = new Set(pagesWithWidgets.flatMap(({ ids }) => ids));
  expect(site.widgets.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  expect(training.length).toBeGreaterThan(0);
});

/** Opens a widget's page with a query and waits until the widget is live. */
async function live(page: Page, { id, path }: { id: string; path: string }, query: string) {
  await open(page, `${path}?${query}`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  await expect(widget).toHaveAttribute('data-state', 'idle');
  return widget;
}

for (const target of training) {
  test.describe(target.id, () => {
    for (const backend of ['wasm', 'webgl'] as const)
      test(`trains to the end on ${backend}, and shows the run in its tables`, async ({ page }) => {
        const widget = await live(page, target, `backend=${backend}`);
        const recorded = await tablesOf(widget);
        expect(await runToEnd(widget)).toBe(target.widget.diverges ? 'diverged' : 'done');
        // No other backend has stepped in.
        await expect(widget.locator('summary', { hasText: 'Computed by' })).toContainText(
          { wasm: 'WebAssembly', webgl: 'WebGL' }[backend],
        );
        const tables = await tablesOf(widget);
        expect(tables.length).toBeGreaterThan(0);
        for (const { head, rows } of tables) {
          expect(head.length).toBeGreaterThan(1);
          expect(rows.length).toBeGreaterThan(0);
        }
        expect(tables).not.toEqual(recorded);
      });

    test('gives the same numbers for the same seed, and others for another', async ({ page }) => {
      const run = async (seed: number) => {
        const { steps } = target.widget.params;
        const few = steps?.kind === 'int' ? `&steps=${Math.max(steps.min, 40)}` : '';
        const widget = await live(page, target, `backend=wasm&seed=${seed}${few}`);
        expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
        return tablesOf(widget);
      };
      const first = await run(3);
      expect(await run(3)).toEqual(first);
      if (target.widget.seeded) expect(await run(4)).not.toEqual(first);
    });

    test('runs, pauses, steps and resets by the keyboard', async ({ page }) => {
      const widget = await live(page, target, 'backend=wasm');
      await button(widget, 'Step').focus();
      await page.keyboard.press('Enter');
      await expect(widget).toHaveAttribute('data-state', /^(paused|done)$/);
      await button(widget, 'Run').focus();
      await page.keyboard.press('Enter');
      await expect(widget).toHaveAttribute('data-state', 'running');
      await button(widget, 'Pause').focus();
      await page.keyboard.press('Space');
      await expect(widget).toHaveAttribute('data-state', 'paused');
      await button(widget, 'Reset').focus();
      await page.keyboard.press('Enter');
      await expect(widget).toHaveAttribute('data-state', 'idle');
    });
  });
}
