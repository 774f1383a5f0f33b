import type { Page } from '@playwright/test';
import { faultsOf, loadAxe } from '../support/axe.ts';
import { courseOf } from '../support/checkup/courses.ts';
import { forms } from '../support/checkup/forms.ts';
import { expect, open, site, test } from '../support/site.ts';

const done = '.checkup[data-state="done"]';

const found = (page: Page): Promise<string[]> =>
  page
    .locator('[data-finding]')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-finding')!));

/** Gives the page a text as a chosen file, and waits for what it says. */
async function give(page: Page, name: string, text: string | Buffer): Promise<void> {
  const before = await page
    .locator('.results h2')
    .first()
    .textContent({ timeout: 1000 })
    .catch(() => null);
  await page
    .getByLabel('A log of a training')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  if (before !== name) await expect(page.locator('.results h2').first()).toHaveText(name);
  await expect(page.locator(done)).toBeVisible();
}

/** Waits until the page has fetched at leisure all that it will need. */
async function whole(page: Page): Promise<void> {
  await open(page, 'checkup/');
  // What it fetches at leisure may begin after a pause of the network, where the processor is busy.
  await page.waitForFunction(() =>
    ['reading', 'Results'].every((part) =>
      performance
        .getEntriesByType('resource')
        .some(({ name }) => name.includes(`/${part}.`) && name.endsWith('.js')),
    ),
  );
  await page.waitForLoadState('networkidle');
}

test.describe('the check-up', () => {
  test('tells what is in its samples, with pictures first', async ({ page }) => {
    await whole(page);
    const expected = {
      'A run that dies': ['not-finite', 'gradient-explodes'],
      'Twelve layers that do not learn': ['layers-vanish', 'stalled-at-chance'],
      'NaN, and healthy': ['overflow-skips'],
    };
    for (const [name, ids] of Object.entries(expected)) {
      await page.getByRole('button', { name }).click();
      await expect.poll(() => found(page)).toEqual(ids);
    }
    await expect(page.locator('.results')).toContainText('Healthy, as far as this file tells');
    await page.getByRole('button', { name: 'Twelve layers that do not learn' }).click();
    await expect(page.locator('figure[data-kind="heat"]')).toBeVisible();
    const kinds = await page
      .locator('.results figure')
      .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('data-figure')));
    expect(kinds).toEqual(['layers', 'loss', 'norm']);
    await loadAxe(page);
    expect(await faultsOf(page, {}, '.checkup')).toEqual([]);
  });

  test('sends nothing while a file is read, and reads on without a network', async ({
    page,
    context,
  }) => {
    await whole(page);
    await context.setOffline(true);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url())) asked.push(request.url());
    });
    await give(page, 'mine.log', forms['key-value']!(courseOf('dies', 1)));
    expect(await found(page)).toEqual(['not-finite']);
    expect(asked).toEqual([]);
    await context.setOffline(false);
  });

  test('forbids connections, in the worker that reads as well', async ({ page, complaints }) => {
    await whole(page);
    await give(page, 'mine.log', forms['key-value']!(courseOf('healthy', 1)));
    const tryIt = (url: string): Promise<string> =>
      fetch(url).then(
        () => 'sent',
        () => 'refused',
      );
    const reader = page.workers().find((worker) => worker.url().startsWith('blob:'))!;
    expect(await reader.evaluate(tryIt, site.url)).toBe('refused');
    expect(await page.evaluate(tryIt, site.url)).toBe('refused');
    // The browser says so in the console, and that is meant.
    expect(complaints.list.length).toBeGreaterThan(0);
    expect(complaints.list.join(' ')).toContain('Content Security Policy');
    complaints.list.length = 0;
    // Another page of the site may.
    await open(page, 'claims/');
    expect(await page.evaluate(tryIt, site.url)).toBe('sent');
  });

  test('is worked by keyboard, and says what it found', async ({ page }) => {
    await whole(page);
    await page.getByText('Paste lines').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Lines of a log').fill(forms['csv']!(courseOf('spikes', 2)));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('.results')).toBeFocused();
    await expect(page.locator('.state')).toHaveText(
      /Healthy, as far as this file tells, and one thing to know/,
    );
    expect(await found(page)).toEqual(['gradient-spikes']);
  });

  test('judges again by what the reader says of a column, and of the threshold', async ({
    page,
  }) => {
    await whole(page);
    const rows = courseOf('dies', 4).map(
      ({ step, loss, norm }) => `t=${step} L=${loss} g2=${norm}`,
    );
    await give(page, 'mine.log', rows.join('\n'));
    expect(await found(page)).toEqual([]);
    await page.getByLabel('Meaning of g2').selectOption('gradientNorm');
    await expect.poll(() => found(page)).toEqual(['not-finite']);
    await page.getByLabel('Threshold of clipping').fill('0.00001');
    await page.getByLabel('Threshold of clipping').press('Tab');
    await expect.poll(() => found(page)).toEqual(['not-finite', 'clipped-always']);
    // What is no threshold is told, and a comma is a point.
    await page.getByLabel('Threshold of clipping').fill('-1');
    await page.getByLabel('Threshold of clipping').press('Tab');
    await expect(page.getByRole('alert')).toHaveText(
      'The threshold of clipping is a number above 0, not -1: none is known.',
    );
    await expect.poll(() => found(page)).toEqual(['not-finite']);
    await page.getByLabel('Threshold of clipping').fill('0,00001');
    await page.getByLabel('Threshold of clipping').press('Tab');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect.poll(() => found(page)).toEqual(['not-finite', 'clipped-always']);
  });

  test('says of a file that it cannot read what it saw and what it looked for', async ({
    page,
  }) => {
    await whole(page);
    await give(page, 'letter.txt', 'Dear colleague,\nit does not learn.\n');
    await expect(page.locator('.results')).toContainText('Dear colleague,');
    await expect(page.locator('.results')).toContainText('Hugging Face Trainer, terminal');
    await give(page, 'model.pt', Buffer.from([0x80, 2, 0x8a, 10, 1]));
    await expect(page.locator('.results')).toContainText('Opening one runs code');
  });

  test('lays a second file over the first, and copies its findings as Markdown', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await whole(page);
    await give(page, 'first.csv', forms['csv']!(courseOf('explodes', 1)));
    await page.getByLabel('A second log, to compare with').setInputFiles({
      name: 'second.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(forms['csv']!(courseOf('healthy', 2))),
    });
    await expect(page.locator('.read')).toContainText('Compared with second.csv: Healthy');
    await expect(page.locator('figure[data-figure="norm"] figcaption')).toContainText(
      'second file',
    );
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect(page.locator('.actions')).toContainText('Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^## Check-up of first\.csv/);
    expect(copied).toMatch(/### Fault: The gradient explodes/);
  });

  test('leads to the search of another page', async ({ page }) => {
    await open(page, 'checkup/');
    await page.getByRole('link', { name: 'Search' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Search' })).toBeVisible();
  });

  test('does not fetch a link ahead of a click', async ({ page }) => {
    await whole(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.locator('main').getByRole('link', { name: 'floating point' }).hover();
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
  });
});
