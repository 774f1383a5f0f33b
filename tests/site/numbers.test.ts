import { expect, open, test } from '../support/site.ts';
import { awaken, widgetOf } from '../support/widgets.ts';

const path = 'widgets/norm-unit/';

test('each number of a batch is moved by arrow keys and by the mouse, and all outputs follow', async ({
  page,
}) => {
  await open(page, path);
  const widget = widgetOf(page, 'norm-unit');
  await awaken(widget);
  const number = (i: number) => widget.getByRole('slider', { name: `Number ${i}`, exact: true });
  const first = (await number(1).getAttribute('aria-valuetext'))!;
  await number(3).focus();
  await page.keyboard.press('End');
  await expect(number(3)).toHaveAttribute('aria-valuetext', /^6, becomes /);
  await expect(number(1)).not.toHaveAttribute('aria-valuetext', first);
  await expect(page).toHaveURL(/third=/);

  const line = (await number(3).boundingBox())!;
  const [x, y] = [line.x + line.width - 12, line.y + line.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(line.x + line.width / 2, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs(Number(await number(3).inputValue()))).toBeLessThan(0.1);
});
