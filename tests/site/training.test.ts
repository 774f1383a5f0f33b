import { expect, pagesWithWidgets, site, test } from '../support/site.ts';
import { onePerKernelSet, training } from '../support/placed.ts';
import { few, live, trainsToTheEnd } from '../support/training.ts';
import { button, runToEnd, tablesOf } from '../support/widgets.ts';

test('every widget of the registry stands on a page', () => {
  const shown = new Set(pagesWithWidgets.flatMap(({ ids }) => ids));
  expect(site.widgets.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  expect(training.length).toBeGreaterThan(0);
});

test('every training widget calls kernels, and a test below trains with the same ones on WebGL', () => {
  const trained = onePerKernelSet.map(({ widget }) => widget.kernels.join());
  for (const { id, widget } of training) {
    expect(widget.kernels.length, id).toBeGreaterThan(0);
    expect(trained, id).toContain(widget.kernels.join());
  }
});

for (const target of onePerKernelSet)
  test(`${target.id} trains to the end on webgl, and shows the run in its tables`, async ({
    page,
  }) => {
    await trainsToTheEnd(page, target, 'webgl', few(target.widget));
  });

for (const target of training) {
  test.describe(target.id, () => {
    test('trains to the end on wasm, and shows the run in its tables', async ({ page }) => {
      await trainsToTheEnd(page, target, 'wasm');
    });

    test('gives the same numbers for the same seed, and others for another', async ({ page }) => {
      const run = async (seed: number) => {
        const widget = await live(page, target, `backend=wasm&seed=${seed}${few(target.widget)}`);
        expect(await runToEnd(widget, 'normal')).toMatch(/^(done|diverged)$/);
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
