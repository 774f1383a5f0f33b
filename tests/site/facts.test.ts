import { expect, open, test } from '../support/site.ts';

/** What stands behind the words and numbers of the prose that are read from recordings. */
for (const [name, kind, said] of [
  ['a number', 'measured', /^median of \d+ seeds, from /],
  ['a count', 'counted', /: \d+ of \d+ seeds\. The runs: /],
  ['a ranking', 'ranked', /^Medians of the final loss, (smallest|largest) first: /],
  ['a checked phrase', 'checked', / in \d+ of \d+ seeds/],
] as const)
  test(`the runs behind ${name} open by keyboard and close again`, async ({ page }) => {
    await open(page, 'activation-functions/');
    const fact = page
      .locator(`main .fact.${kind}:visible`, { has: page.locator('button') })
      .first();
    const [opener, detail] = [fact.getByRole('button'), fact.locator('[popover]')];
    await expect(detail).toBeHidden();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(detail).toBeVisible();
    await expect(detail).toHaveText(said);
    await page.keyboard.press('Escape');
    await expect(detail).toBeHidden();
    await expect(opener).toBeFocused();
  });

test('a phrase and its mark are told apart by name', async ({ page }) => {
  await open(page, 'activation-functions/');
  const marks = page.locator('main .fact.marked button:visible');
  expect(await marks.count()).toBeGreaterThan(5);
  for (const mark of await marks.all())
    await expect(mark).toHaveAccessibleName('The recorded runs behind these words');
});
