import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fontsOf, shiftSoFar } from '../support/fonts.ts';
import { embeds, expect, id, iframe, test } from '../support/foreign.ts';
import { site } from '../support/site.ts';
import { engines } from '../support/engines.ts';

/** Words of every weight that a widget sets: a heading, what buttons and labels say, running text. */
const PARTS = {
  title: '.gl-widget .title',
  buttons: '.gl-widget .running button',
  'a caption': '[data-figure="loss"] figcaption',
  summary: '.gl-widget .summary',
  footer: 'footer a',
};

for (const [where, sandbox] of [
  ['in a frame', 'allow-scripts allow-same-origin'],
  ['in a sandbox', 'allow-scripts'],
] as const)
  test(`${where} all text is in the site’s own face, in each of its weights`, async ({
    page,
    host,
  }) => {
    await host(iframe(sandbox, ''));
    await page.frameLocator('iframe').getByRole('button', { name: 'Run' }).waitFor();
    for (const [part, selector] of Object.entries(PARTS))
      await expect
        .poll(() => fontsOf(page, selector), part)
        .toEqual([expect.stringMatching(/^Gradus S/)]);
  });

test('on a first visit an embed is drawn in its face at once, with hardly a shift', async ({
  page,
}) => {
  await page.goto(`${embeds}${id}/`);
  await page.getByRole('button', { name: 'Run' }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  expect(await shiftSoFar(page)).toBeLessThan(0.02);
});

test('the script with the face weighs at most 30 KB with Brotli', () => {
  const script = readFileSync(join(site.dir, 'embed', 'fonts.js'));
  expect(brotliCompressSync(script).length).toBeLessThanOrEqual(30_000);
});

for (const engine of engines)
  test(`${engine.name} takes the face out of the script`, async () => {
    // eslint-disable-next-line no-restricted-properties -- not every machine has every engine; the report says so
    test.skip(engine.missing !== null, engine.missing ?? '');
    const page = await engine.open();
    try {
      await page.goto(`${embeds}${id}/`);
      const loaded = () =>
        page.evaluate(() =>
          [...document.fonts].some(
            ({ family, status }) => family.includes('Gradus Sans') && status === 'loaded',
          ),
        );
      await expect.poll(loaded).toBe(true);
    } finally {
      await page.close();
    }
  });
