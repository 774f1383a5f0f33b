import { expect, open, site, test } from '../support/site.ts';

test('the list is narrowed by verdict and topic, says how much is left, and keeps that in the address', async ({
  page,
}) => {
  await open(page, 'claims/');
  const items = page.locator('ul.claims > li');
  const all = await items.count();
  expect(all).toBeGreaterThan(50);
  await page.getByRole('radio', { name: /^Fails/ }).check();
  const fails = await items.filter({ visible: true }).count();
  expect(fails).toBeLessThan(all);
  await expect(page.locator('.filters [role=status]')).toHaveText(`${fails} of ${all} claims.`);
  await page.getByLabel('Topic').selectOption({ label: 'Clipping' });
  const both = items.filter({ visible: true });
  expect(await both.count()).toBeLessThan(fails);
  expect(
    await both.evaluateAll((shown) =>
      shown.every(
        ({ dataset }) => dataset['verdict'] === 'fails' && dataset['topic'] === 'clipping',
      ),
    ),
  ).toBe(true);
  expect(new URL(page.url()).search).toBe('?verdict=fails&topic=clipping');
  const shown = await both.count();
  await page.reload();
  await expect(items.filter({ visible: true })).toHaveCount(shown);
  // A link to a claim shows it, whatever the list was narrowed to.
  await page.evaluate(() => (location.hash = '#relu-beats-sigmoid'));
  await expect(page.locator('#relu-beats-sigmoid')).toBeInViewport();
});

test('an address with a verdict or a topic that is not there shows the whole list', async ({
  page,
}) => {
  await open(page, 'claims/?verdict=maybe&topic=cooking');
  const items = page.locator('ul.claims > li');
  await expect(items.filter({ visible: true })).toHaveCount(await items.count());
});

test('“Run it here” trains the setting that decides in the place where the claim stands', async ({
  page,
}) => {
  await open(page, 'claims/');
  const claim = page.locator('#clipping-gives-memory');
  const button = claim.locator('[data-run]');
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  const frame = claim.frameLocator('gradient-lab iframe');
  await expect(frame.locator('[data-widget="clip-training"]')).toHaveAttribute(
    'data-state',
    'done',
    { timeout: 60_000 },
  );
  await expect(frame.getByLabel('Network', { exact: true })).toHaveValue('forgetful');
  await button.click();
  await expect(claim.locator('gradient-lab')).toHaveCount(0);
});

test('a claim stands alone on a bare page, without a script', async ({ page }) => {
  await open(page, 'claims/');
  const code = await page.locator('#clipping-keeps-the-direction pre').textContent();
  const [, address] = /src="([^"]+)"/.exec(code!)!;
  await page.goto(new URL(new URL(address!).pathname, site.url).href);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'does not change its direction',
  );
  await expect(page.locator('.verdict')).toHaveText('Fails');
  await expect(page.locator('dd').first()).toContainText('is above 5');
  expect(await page.locator('script').count()).toBe(0);
});

test.describe('where no script runs', () => {
  test.use({ javaScriptEnabled: false });

  test('the whole list stands open, and nothing is offered that does nothing', async ({ page }) => {
    await open(page, 'claims/');
    const items = page.locator('ul.claims > li');
    await expect(items.filter({ visible: true })).toHaveCount(await items.count());
    await expect(page.locator('.filters')).toBeHidden();
    await expect(page.locator('[data-run]').first()).toBeHidden();
    await expect(items.first().getByRole('link', { name: /^Run / })).toBeVisible();
  });
});
