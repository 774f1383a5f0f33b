import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, site, sitemapOf, test } from '../support/site.ts';
import { button, widgetOf, awaken } from '../support/widgets.ts';

const read = (path: string) => readFileSync(join(site.subDir, path), 'utf8');

/** A build that was given holds nothing added. */
const additions = site.added === null ? [] : [site.added];

for (const { chapter, draft, widget } of additions) {
  test('what the commands generate stands in navigation, sitemap, gallery and embeds without a list', () => {
    const paths = sitemapOf(site.subDir, site.subPath);
    expect(paths).toContain(`${chapter}/`);
    expect(paths).toContain(`widgets/${widget}/`);
    for (const page of ['index.html', 'bibliography/index.html'])
      expect(read(page)).toContain(`href="${site.subPath}${chapter}/"`);
    expect(read('widgets/index.html')).toContain(`href="${site.subPath}widgets/${widget}/"`);
    expect(read(`embed/${widget}/index.html`)).toContain(`data-widget="${widget}"`);
  });

  test('a generated chapter is left out of the build while it is a draft', () => {
    expect(existsSync(join(site.subDir, draft))).toBe(false);
    for (const page of ['index.html', 'bibliography/index.html', `${chapter}/index.html`])
      expect(read(page)).not.toContain(`${site.subPath}${draft}/`);
  });

  test('a generated widget comes to life in the page', async ({ page }) => {
    await page.goto(new URL(`widgets/${widget}/`, site.subUrl).href);
    const root = widgetOf(page, widget);
    await awaken(root);
    await expect(button(root, 'Run')).toBeEnabled();
  });
}
