import { expect, open, site, test } from '../support/site.ts';
import { engines } from '../support/engines.ts';
import { awaken, button, endOf, hostOf, runToEnd, widgetOf } from '../support/widgets.ts';

/** What readers do with their hands, and what they take away: fields, fingers, selections, translators. */

const path = 'widgets/dying-relu/';
const id = 'dying-relu';

test('a number beside a slider can be typed; what is not allowed is said there, and the value put back', async ({
  page,
}) => {
  await open(page, path);
  const widget = widgetOf(page, id);
  await awaken(widget);
  const rate = widget.getByRole('textbox', { name: 'Learning rate is a number from 0.01 to 2' });
  await rate.fill('0,05');
  await rate.press('Enter');
  await expect(rate).toHaveValue('0.05');
  await expect(page).toHaveURL(/learning-rate=0\.05/);
  const slider = widget.getByRole('slider', { name: /^Learning rate/ });
  // Arrows step through round numbers.
  const seen: number[] = [];
  await slider.focus();
  for (let k = 0; k < 6; k++) {
    await slider.press('ArrowRight');
    seen.push(Number(await rate.inputValue()));
  }
  expect(seen).toEqual([0.054, 0.06, 0.065, 0.07, 0.075, 0.085]);
  await widget.getByText('More settings').click();
  for (const [name, typed, wrong] of [
    [/^Learning rate/, '7', 'Learning rate is a number from 0.01 to 2, not 7; it stays '],
    [/^Hidden layers/, '2.5', 'Hidden layers is a whole number from 1 to 10, not 2.5; it stays '],
  ] as const) {
    const field = widget.getByRole('textbox', { name });
    const before = await field.inputValue();
    await field.fill(typed);
    await field.press('Enter');
    await expect(field).toHaveValue(before);
    await expect(field).toHaveAccessibleDescription(`${wrong}${before}.`);
  }
  const batch = widget.getByRole('spinbutton', { name: 'Batch size' });
  for (const typed of ['99999', '-3', '300.5', '']) {
    await batch.fill(typed);
    await batch.press('Enter');
    await expect(batch).toHaveValue('32');
    await expect(batch).toHaveAccessibleDescription(
      `Batch size is a whole number from 8 to 128${typed && `, not ${typed}`}; it stays 32.`,
    );
  }
  await expect(page).not.toHaveURL(/batch-size/);
});

test.describe('on a screen that is touched', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });

  test('a swipe that begins on a slider scrolls and changes nothing, and two fingers on a chart enlarge', async ({
    page,
  }) => {
    await open(page, path);
    const widget = widgetOf(page, id);
    await awaken(widget);
    const slider = widget.getByRole('slider', { name: /^Learning rate/ });
    await slider.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const before = await slider.inputValue();
    const box = (await slider.boundingBox())!;
    const [x, y] = [box.x + box.width * 0.8, box.y + box.height / 2];
    const scrolled = await page.evaluate(() => scrollY);
    const session = await page.context().newCDPSession(page);
    await session.send('Input.synthesizeScrollGesture', { x, y, yDistance: -200, speed: 800 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 50);
    await expect(slider).toHaveValue(before);
    await expect(page).not.toHaveURL(/learning-rate/);

    const chart = widget.locator('.gl-pointer').first();
    await chart.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const middle = (await chart.boundingBox())!;
    await session.send('Input.synthesizePinchGesture', {
      x: middle.x + middle.width / 2,
      y: middle.y + middle.height / 2,
      scaleFactor: 2,
    });
    await expect.poll(() => page.evaluate(() => visualViewport!.scale)).toBeGreaterThan(1.2);
  });
});

/** Puts elements in the place of every text, as translators do, with the words as they were. */
function translate(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const all: Text[] = [];
  while (texts.nextNode()) all.push(texts.currentNode as Text);
  for (const text of all) {
    const parent = text.parentElement!;
    if (text.data.trim() === '' || parent.closest('script, style, [translate="no"], option'))
      continue;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = text.data;
    outer.append(inner);
    text.replaceWith(outer);
  }
}

for (const when of ['before the figure wakes', 'after it'] as const)
  test(`under a translator that came ${when}, nothing old stays beside something new`, async ({
    page,
  }) => {
    /** What the figure says after the same steps, with and without a translator. */
    const told: string[] = [];
    for (const translated of [false, true]) {
      await open(page, 'widgets/vanishing-depth/');
      const widget = widgetOf(page, 'vanishing-depth');
      if (translated && when === 'before the figure wakes') await page.evaluate(translate);
      await awaken(widget);
      if (translated && when === 'after it') await page.evaluate(translate);
      await widget.getByRole('textbox', { name: /^Hidden layers/ }).fill('12');
      await page.keyboard.press('Enter');
      await widget
        .locator('.gl-table')
        .first()
        .evaluate((table) => {
          (table as HTMLDetailsElement).open = true;
        });
      // What the new setting trains by itself shows as a run where it takes long, with Pause in the place of Run.
      await endOf(widget);
      expect(await runToEnd(widget)).toBe('done');
      await expect(widget.locator('thead').first()).toContainText('depth 12');
      const parts = widget.locator('.bar, .line, thead, tbody, figcaption, .told, .title, .live');
      told.push((await parts.allInnerTexts()).join('\n'));
    }
    expect(told[1]).toBe(told[0]);
  });

test('a run whose parts could not be fetched says so without an address, and offers to load with what it holds', async ({
  page,
  complaints,
}) => {
  await open(page, path);
  const widget = widgetOf(page, id);
  await awaken(widget);
  await widget.getByRole('textbox', { name: /^Learning rate/ }).fill('0.2');
  await page.context().setOffline(true);
  await page.keyboard.press('Enter');
  await button(widget, 'Run').click();
  const notes = widget.getByRole('list', { name: 'Notes' });
  await expect(notes).toContainText('could not be loaded');
  await expect(notes).not.toContainText('://');
  const again = notes.getByRole('link', { name: 'Load the page again' });
  await expect(again).toHaveAttribute('href', /learning-rate=0\.2/);
  await page.context().setOffline(false);
  complaints.list.length = 0;
  await again.click();
  await awaken(widget);
  await expect(widget.getByRole('textbox', { name: /^Learning rate/ })).toHaveValue('0.2');
  expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
});

for (const engine of engines)
  test(`in ${engine.name}, a copied paragraph keeps its measured numbers, and formulas are TeX`, async () => {
    // eslint-disable-next-line no-restricted-properties -- no package brings it; the report says so
    test.skip(engine.missing !== null, engine.missing ?? '');
    const page = await engine.open();
    try {
      await page.goto(`${site.url}vanishing-gradients/`);
      const copied = await page.evaluate(async () => {
        const copyOf = async (element: Element): Promise<string> => {
          getSelection()!.selectAllChildren(element);
          // Firefox knows the second way alone.
          const clipboardData = new DataTransfer();
          const init = { clipboardData, dataType: 'text/plain', data: '', bubbles: true };
          const event = new ClipboardEvent('copy', init);
          element.dispatchEvent(event);
          // What nothing put there the browser copies by itself: the text of the selection.
          return event.clipboardData?.getData('text/plain') || String(getSelection());
        };
        const paragraphs = [...document.querySelectorAll('main .sl-markdown-content > p')];
        const numbers = paragraphs.find((one) => one.querySelector('.fact.measured button'))!;
        const formulas = paragraphs.find((one) => one.querySelectorAll('.katex').length > 2)!;
        const until = Date.now() + 10_000;
        while (!(await copyOf(formulas)).includes('$') && Date.now() < until)
          await new Promise((resolve) => setTimeout(resolve, 100));
        return {
          values: [...numbers.querySelectorAll('.fact.measured data')].map(
            (one) => one.textContent!,
          ),
          numbers: await copyOf(numbers),
          tex: [...formulas.querySelectorAll('annotation')].map((one) => one.textContent!),
          formulas: await copyOf(formulas),
          equation: await copyOf(document.querySelector('.equation')!),
        };
      });
      expect(copied.values.length).toBeGreaterThan(0);
      for (const value of copied.values) expect(copied.numbers).toContain(value);
      for (const tex of copied.tex) expect(copied.formulas).toContain(`$${tex}$`);
      expect(copied.formulas.split('\n')).toHaveLength(1);
      expect(copied.equation).toMatch(/^\$\$[^$]+\$\$/);
    } finally {
      await page.close();
    }
  });

test('what was set does not come back alone after a reload', async ({ page }) => {
  await open(page, path);
  const widget = widgetOf(page, id);
  await awaken(widget);
  await widget.getByLabel('Speed', { exact: true }).selectOption('full');
  await page.reload();
  await awaken(widget);
  await expect(widget.getByLabel('Speed', { exact: true })).toHaveValue('normal');
  for (const control of await hostOf(widget).locator('input, select').all())
    await expect(control).toHaveAttribute('autocomplete', 'off');
});
