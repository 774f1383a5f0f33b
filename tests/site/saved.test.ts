import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { iframe, test as foreign, widgetIn } from '../support/foreign.ts';
import { expect, open, test } from '../support/site.ts';
import { awake, awaken, button, widgetOf } from '../support/widgets.ts';

/** What readers save: files that other programs read, and what is said where none may be saved. */

const id = 'phase-diagram';
const RSVG = '/usr/bin/rsvg-convert';

/** Saves the first figure of a widget and resolves with the file. */
async function saved(page: Page, widget: Locator, kind: string): Promise<Buffer> {
  const save = widget.locator('details.save');
  if ((await save.getAttribute('open')) === null) await save.locator('summary').first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(widget, kind).click(),
  ]);
  return readFileSync(await download.path());
}

/** Colours of a PNG at points given as shares of its width and height, and how many pixels are dark, by row. */
const pixels = (page: Page, png: Buffer, points: [number, number][]): Promise<number[][]> =>
  page.evaluate(
    async ([data, points]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      return (points as [number, number][]).map(([x, y]) => [
        ...context.getImageData(canvas.width * x, canvas.height * y, 1, 1).data,
      ]);
    },
    [png.toString('base64'), points] as [string, [number, number][]],
  );

test('a saved heat map is the same picture in a browser, as a PNG, and in librsvg; a CSV is for spreadsheets', async ({
  page,
}) => {
  await open(page, `widgets/${id}/`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  const csv = (await saved(page, widget, 'CSV')).toString();
  expect(csv.startsWith('\uFEFF')).toBe(true);
  await widget.getByLabel('Columns of the CSV').selectOption(';');
  const other = (await saved(page, widget, 'CSV')).toString();
  expect(other.split('\r\n')[1]!.split(';')).toHaveLength(csv.split('\r\n')[1]!.split(',').length);
  expect(other).toMatch(/;\d+,\d+/);

  // In the plot's cold left, in its hot right, and on the paper.
  const points: [number, number][] = [
    [0.16, 0.3],
    [0.9, 0.3],
    [0.01, 0.99],
  ];
  const isRight = ([cold, hot, paper]: number[][]) => {
    expect(cold![2]! - cold![0]!).toBeGreaterThan(60);
    expect(hot![0]! - hot![2]!).toBeGreaterThan(60);
    expect(paper!.slice(0, 3)).toEqual([255, 255, 255]);
  };
  const png = await saved(page, widget, 'PNG');
  isRight(await pixels(page, png, points));
  const svg = await saved(page, widget, 'SVG');
  expect(svg.toString()).not.toContain(' href=');
  // eslint-disable-next-line no-restricted-properties -- Debian brings it; the report says so
  test.skip(!existsSync(RSVG), 'No librsvg here: install librsvg2-bin.');
  const folder = mkdtempSync(join(tmpdir(), 'saved-'));
  const [from, to] = [join(folder, 'figure.svg'), join(folder, 'figure.png')];
  writeFileSync(from, svg);
  execFileSync(RSVG, [from, '-o', to]);
  isRight(await pixels(page, readFileSync(to), points));
});

foreign(
  'in a sandbox that allows no files, it is said what must be allowed, and the text is there to copy',
  async ({ page, host, errors }) => {
    await host(iframe('allow-scripts', ''));
    const widget = widgetIn(page.frameLocator('iframe'));
    await awake(widget);
    await widget.locator('details.save > summary').click();
    await button(widget, 'CSV').click();
    await widget.getByText('No file?').click();
    await expect(widget.locator('details.save')).toContainText('allow-downloads');
    await expect(widget.getByRole('textbox', { name: 'Copy this' })).toHaveValue(/^Step,/);
    await button(widget, 'PNG').click();
    await expect(widget.locator('details.save img')).toHaveJSProperty('complete', true);
    errors.length = 0;
  },
);

test('where a browser hides what pages draw, the SVG is saved and it is said why', async ({
  page,
}) => {
  // As Firefox and Brave do where they protect against fingerprinting.
  await page.addInitScript(() => {
    CanvasRenderingContext2D.prototype.getImageData = (_x, _y, width, height) =>
      new ImageData(
        new Uint8ClampedArray(4 * width * height).map((_, k) => (k * 97) % 256),
        width,
      );
  });
  await open(page, `widgets/${id}/`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  expect((await saved(page, widget, 'PNG')).toString()).toMatch(/^<svg /);
  await expect(widget.locator('.save [role=status]')).toContainText('hides from pages');
});
