import type { Locator } from '@playwright/test';
import { expect, pagesWithWidgets, site, test } from '../support/site.ts';
import { alone, asksWithin, onePerKernelSet, training } from '../support/placed.ts';
import { few, live, trainsToTheEnd } from '../support/training.ts';
import { button, runToEnd, tablesOf } from '../support/widgets.ts';

test('every widget of the registry stands on a page', () => {
  const shown = new Set(pagesWithWidgets.flatMap(({ ids }) => ids));
  expect(site.widgets.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  expect(training.length).toBeGreaterThan(0);
});

test('every training widget calls kernels, and a test below trains with all of them', () => {
  for (const one of training) {
    expect(one.widget.kernels.length, one.id).toBeGreaterThan(0);
    expect(
      onePerKernelSet.some((other) => asksWithin(one, other)),
      one.id,
    ).toBe(true);
  }
});

test('a long run says how much it is before it begins, and Reset is a way out of it', async ({
  page,
}) => {
  await page.goto(`${site.url}embed/init-training/?width=1000`);
  const widget = page.locator('[data-widget]');
  const line = widget.locator('.progress .line');
  await button(widget, 'Run').click();
  await expect(line).toContainText(/\d+ billion multiplications\. Reset ends it\./);
  await button(widget, 'Reset').click();
  await expect(widget).toHaveAttribute('data-state', 'idle');
  await expect(button(widget, 'Run')).toBeEnabled();
});

test('a run that lasts says how long it still takes', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(`${site.url}embed/init-training/?width=300&steps=1000`);
  const widget = page.locator('[data-widget]');
  await button(widget, 'Run').click();
  await expect(widget.locator('.progress .line')).toContainText(
    /Step \d+ of 1,000, about \d+ s left/,
    { timeout: 200_000 },
  );
  await button(widget, 'Reset').click();
  await expect(widget).toHaveAttribute('data-state', 'idle');
});

for (const target of onePerKernelSet) {
  test(`${target.id} trains to the end on webgl, and shows the run in its tables`, async ({
    page,
  }) => {
    await trainsToTheEnd(page, target, 'webgl', few(target.widget));
  });

  test(`${target.id} gives the same numbers for the same seed, and others for another`, async ({
    page,
  }) => {
    const query = (seed: number) => `backend=wasm&seed=${seed}${few(target.widget)}`;
    const run = async (widget: Locator) => {
      expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
      return tablesOf(widget);
    };
    const first = await run(await live(page, alone(target), query(3)));
    if (!target.widget.seeded) {
      expect(await run(await live(page, alone(target), query(3)))).toEqual(first);
      return;
    }
    const again = await live(page, alone(target), query(4));
    expect(await run(again)).not.toEqual(first);
    const seed = again.getByLabel('Seed', { exact: true });
    // What hardly a reader touches is folded.
    await seed.evaluate((one) => {
      for (let box = one.closest('details'); box; box = box.parentElement!.closest('details'))
        box.open = true;
    });
    await seed.fill('3');
    expect(await run(again)).toEqual(first);
  });
}

for (const target of training.map(alone)) {
  const { id, widget: declared } = target;

  test.describe(id, () => {
    test('trains to the end on captured, shows the run in its tables, and obeys the keyboard', async ({
      page,
    }) => {
      // Whole runs give their recorded numbers in Node; one that is to overflow must come so far.
      const short = declared.diverges ? '' : few(declared, 30);
      const widget = await trainsToTheEnd(page, target, 'captured', short);
      const whole = await tablesOf(widget);
      const press = async (name: string, key: string, state: RegExp) => {
        await button(widget, name).focus();
        await page.keyboard.press(key);
        await expect(widget).toHaveAttribute('data-state', state);
      };
      await widget.getByLabel('Speed', { exact: true }).selectOption('normal');
      await press('Reset', 'Enter', /^idle$/);
      await press('Step', 'Enter', /^(paused|done)$/);
      // Not those of the run with which the figure has filled itself.
      expect(await tablesOf(widget)).not.toEqual(whole);
      await press('Run', 'Enter', /^running$/);
      await press('Pause', 'Space', /^paused$/);
      await press('Reset', 'Enter', /^idle$/);
    });
  });
}
