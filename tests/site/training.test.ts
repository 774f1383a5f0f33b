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

for (const { id, widget: declared } of training) {
  /** The figure's own page: a chapter takes longer to load, and its figures are asked elsewhere. */
  const target = { id, path: `widgets/${id}/`, widget: declared };

  test.describe(id, () => {
    test('trains to the end on wasm, shows the run in its tables, and obeys the keyboard', async ({
      page,
    }) => {
      const widget = await trainsToTheEnd(page, target, 'wasm');
      const press = async (name: string, key: string, state: RegExp) => {
        await button(widget, name).focus();
        await page.keyboard.press(key);
        await expect(widget).toHaveAttribute('data-state', state);
      };
      await widget.getByLabel('Speed', { exact: true }).selectOption('normal');
      await press('Reset', 'Enter', /^idle$/);
      await press('Step', 'Enter', /^(paused|done)$/);
      await press('Run', 'Enter', /^running$/);
      await press('Pause', 'Space', /^paused$/);
      await press('Reset', 'Enter', /^idle$/);
    });

    test('gives the same numbers for the same seed, and others for another', async ({ page }) => {
      const run = async (seed: number) => {
        const widget = await live(page, target, `backend=wasm&seed=${seed}${few(declared)}`);
        expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
        return tablesOf(widget);
      };
      const first = await run(3);
      expect(await run(3)).toEqual(first);
      if (declared.seeded) expect(await run(4)).not.toEqual(first);
    });
  });
}
