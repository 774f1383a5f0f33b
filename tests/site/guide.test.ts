import { readFileSync } from 'node:fs';
import { collectSymptoms } from '../../src/site/symptoms/symptom.ts';
import { root } from '../config/root.ts';
import { pagesOfPdf } from '../support/pdf.ts';
import { expect, open, test } from '../support/site.ts';

const symptoms = collectSymptoms('guide', readFileSync(`${root}content/guide.mdx`, 'utf8'));

test('the home page leads to each symptom by one press', async ({ page }) => {
  await open(page, 'guide/');
  for (const { id, title } of symptoms)
    await expect(page.locator(`h2#${id}`), title).toHaveText(title);
  await open(page, '');
  const links = page.locator('#mend').getByRole('link');
  for (const { id, title } of symptoms)
    await expect(links.filter({ hasText: title })).toHaveAttribute('href', `/guide/#${id}`);
  const { title } = symptoms.at(-1)!;
  await links.filter({ hasText: title }).click();
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeInViewport();
});

test('“Loss is NaN?” and “Fix my network” stand on the first screen, and lead to the guide', async ({
  page,
}) => {
  for (const [from, name] of [
    ['', 'Loss is NaN?'],
    ['exploding-gradients/', 'Loss is NaN? What to look at first'],
  ] as const) {
    await open(page, from);
    const link = page.getByRole('link', { name, exact: true });
    await expect(link).toBeInViewport();
    await link.click();
    await expect(page.getByRole('heading', { name: 'NaN at step k' })).toBeInViewport();
  }
  await open(page, '');
  await page.locator('.start').getByRole('link', { name: 'Fix my network' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/does not learn/);
});

test('the tree of questions leads to every symptom by the keyboard, and is a list to who hears it', async ({
  page,
}) => {
  await open(page, 'guide/');
  const tree = page.getByRole('navigation', { name: 'From what the log shows to the symptom' });
  const links = tree.getByRole('link');
  await expect(links).toHaveCount(symptoms.length);
  await links.first().focus();
  const reached: (string | undefined)[] = [];
  for (let k = 0; k < symptoms.length; k += 1) {
    reached.push(await page.evaluate(() => document.activeElement?.getAttribute('href')?.slice(1)));
    await page.keyboard.press('Tab');
  }
  expect(reached.sort()).toEqual(symptoms.map(({ id }) => id).sort());
  await links.first().focus();
  await page.keyboard.press('Enter');
  const [first] = await links.evaluateAll((all) => all.map((one) => one.textContent));
  const target = symptoms.find(({ id }) => page.url().endsWith(`#${id}`));
  expect(target, first ?? '').toBeDefined();
});

for (const path of ['guide-on-one-page/', 'cheat-sheet/'])
  test(`/${path} is printed on one page of A4`, async ({ page }) => {
    await open(page, path);
    const printed = pagesOfPdf(await page.pdf({ format: 'A4' }));
    expect(printed).toHaveLength(1);
    expect(printed[0]!.filled).toBeGreaterThan(0.5);
  });
