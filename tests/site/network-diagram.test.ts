import { expect, open, test } from '../support/site.ts';
import { awaken, widgetOf } from '../support/widgets.ts';
import { unveil } from '../support/unveiled.ts';
import type { Locator, Page } from '@playwright/test';

const diagramOf = async (page: Page, preset: string): Promise<Locator> => {
  await open(page, `widgets/resnet-diagram/?preset=${preset}`);
  const widget = widgetOf(page, 'resnet-diagram');
  await awaken(widget);
  return widget;
};

const sliderOf = (widget: Locator, network: string): Locator =>
  widget.getByRole('slider', { name: `Layer of ${network}`, exact: true });

/** How wide a network's drawing is beside its frame. */
const widening = (widget: Locator): Promise<number> =>
  widget
    .locator('.frame')
    .first()
    .evaluate((frame) => frame.scrollWidth / frame.clientWidth);

test('the diagram tells each layer to the keyboard, and works out its costs', async ({ page }) => {
  const widget = await diagramOf(page, 'published');
  const slider = sliderOf(widget, 'ResNet-50');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    /^Stage 2, block 1: 1 × 1 convolution, 56 × 56 × 64 to 56 × 56 × 64; /,
  );
  await page.keyboard.press('End');
  await expect(widget.getByText('2,048 · 1,000 + 1,000 = 2,049,000')).toBeVisible();
});

test('the table behind the diagram has every layer', async ({ page }) => {
  const widget = await diagramOf(page, 'deepest');
  await widget.getByText('Every layer of ResNet-152 as a table').click();
  const rows = widget
    .getByRole('group', { name: 'Every layer of ResNet-152', exact: true })
    .locator('tbody tr');
  // 152 layers, four projections, and two poolings.
  await expect(rows).toHaveCount(158);
});

test('the diagram is made larger and pans, and a tap chooses a layer', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await unveil(context);
  const page = await context.newPage();
  const widget = await diagramOf(page, 'deepest');
  expect(await widening(widget)).toBe(1);
  for (let press = 0; press < 3; press++)
    await widget.getByRole('button', { name: 'Larger' }).tap();
  await expect.poll(() => widening(widget)).toBeGreaterThan(3);

  const frame = widget.locator('.frame');
  await frame.evaluate((element) => (element.scrollLeft = element.scrollWidth));
  const box = (await frame.boundingBox())!;
  await page.touchscreen.tap(box.x + box.width - 4, box.y + box.height / 2);
  await expect(sliderOf(widget, 'ResNet-152')).toHaveAttribute(
    'aria-valuetext',
    /^Classifier: fully connected layer/,
  );

  // Going back by the slider brings the layer into sight.
  await sliderOf(widget, 'ResNet-152').fill('0');
  await expect.poll(() => frame.evaluate((element) => element.scrollLeft)).toBe(0);
  await widget.getByRole('button', { name: 'Whole' }).tap();
  await expect.poll(() => widening(widget)).toBe(1);
  await context.close();
});

test('two fingers make the diagram larger', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await unveil(context);
  const page = await context.newPage();
  const widget = await diagramOf(page, 'deepest');
  await widget.locator('.frame').scrollIntoViewIfNeeded();
  const box = (await widget.locator('.frame').boundingBox())!;
  const touch = await context.newCDPSession(page);
  const y = box.y + 100;
  const points = (apart: number) => [
    { x: box.x + box.width / 2 - apart / 2, y, id: 1 },
    { x: box.x + box.width / 2 + apart / 2, y, id: 2 },
  ];
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart = 0) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : points(apart),
    });
  await send('touchStart', 60);
  for (const apart of [90, 120, 180]) await send('touchMove', apart);
  await send('touchEnd');
  await expect.poll(() => widening(widget)).toBeGreaterThan(2);
  await context.close();
});

test('the diagram on paper is whole, whatever it was on the screen', async ({ page }) => {
  const widget = await diagramOf(page, 'deepest');
  await widget.getByRole('button', { name: 'Larger' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(widget.getByRole('button', { name: 'Whole' })).toBeHidden();
  expect(await widening(widget)).toBe(1);
  const height = await widget
    .locator('section')
    .first()
    .evaluate((element) => element.getBoundingClientRect().height);
  // Less than the printed height of a page of A4, in pixels of CSS.
  expect(height).toBeLessThan(900);
});

test('a side that cannot be halved five times is named, with the nearest that can', async ({
  page,
}) => {
  const widget = await diagramOf(page, 'published');
  const side = widget.getByLabel('Side of the input, in pixels');
  await side.fill('20');
  await side.press('Enter');
  await expect(widget.getByRole('status').last()).toHaveText(
    /^A side of 20 cannot be halved five times; 32 is the smallest that can, and is drawn\./,
  );
});
