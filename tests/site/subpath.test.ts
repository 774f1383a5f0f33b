import { expect, open, site, test } from '../support/site.ts';
import { awaken, button, runToEnd, widgetOf } from '../support/widgets.ts';
import { training } from '../support/placed.ts';
import { few } from '../support/training.ts';

test('a widget trains under a sub-path', async ({ page }) => {
  const { id, path, widget: declared } = training[0]!;
  await open(page, `${path}?backend=wasm${few(declared)}`, site.subUrl);
  const widget = widgetOf(page, id);
  await awaken(widget);
  expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
  await button(widget, 'Reset').click();
  await expect(widget).toHaveAttribute('data-state', 'idle');
});
