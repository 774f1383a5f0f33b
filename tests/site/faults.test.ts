import { chromium } from '@playwright/test';
import { kebabCase } from '../../src/kit/codec.ts';
import type { Parameter } from '../../src/kit/parameters.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { unveil } from '../support/unveiled.ts';
import { expect, open, pagesWithWidgets, site, test } from '../support/site.ts';
import { awaken, button, hostOf, runToEnd, widgetOf } from '../support/widgets.ts';
import { placed, training } from '../support/placed.ts';

for (const { path, ids } of pagesWithWidgets) {
  const asked = placed.filter((one) => one.path === path);
  const several = ids.length > 1;
  if (asked.length === 0 && !several) continue;
  const names = asked.map(({ id }) => id).join(', ') || 'its figures';
  test(`/${path}: ${names} say what is wrong with the address, what is allowed, and nothing of the keys of others`, async ({
    page,
  }) => {
    const query = new URLSearchParams({ backend: 'abacus' });
    const wrong = asked.map(({ id, widget: { params } }, i) => {
      const [name, parameter] = Object.entries(params)[0]!;
      const { text, allowed } = misspelt(parameter);
      const key = kebabCase(name);
      // Keys without a prefix are read too.
      query.append(several && i > 0 ? `${id}.${key}` : key, text);
      return { id, says: [`${key}=${text} is not allowed`, ...allowed] };
    });
    const { params } = site.widgets.find(({ id }) => id === ids[0])!;
    const typo = `${kebabCase(Object.keys(params)[0]!)}x`;
    // Twice, as some add them to a link that has them.
    const others = '&ref=a&ref=b&_x_tr_sl=en&msclkid=1&lang=de';
    const stray = several ? `&${typo}=2&preset=nope&preset=nope${others}` : others;
    await open(page, `${path}?${query}${stray}`);
    for (const { id, says } of wrong) {
      const widget = widgetOf(page, id);
      await awaken(widget);
      const notes = widget.getByRole('list', { name: 'Notes' });
      for (const text of says) await expect(notes).toContainText(text);
      await expect(notes).toContainText('backend=abacus is not allowed');
    }
    const first = widgetOf(page, ids[0]!);
    await awaken(first);
    const notes = first.getByRole('list', { name: 'Notes' });
    if (several) {
      await expect(notes).toContainText(`${typo} is not a setting of`);
      await expect(notes).toContainText(/preset=nope (is not allowed|does not say which figure)/);
    }
    for (const key of ['ref', '_x_tr_sl', 'msclkid', 'lang'])
      await expect(notes).not.toContainText(`${key} is not`);
  });
}

test('a preset needs no prefix where every widget of the page is the same', async ({ page }) => {
  const path = 'floating-point/';
  const ids = pagesWithWidgets.find((one) => one.path === path)?.ids;
  expect([...new Set(ids)]).toEqual(['float-floor']);
  await open(page, `${path}?preset=deep`);
  const widget = widgetOf(page, 'float-floor');
  await awaken(widget);
  await expect(button(widget, 'To the end of float64')).toHaveAttribute('aria-pressed', 'true');
});

/** A text that a parameter does not take, and what its message must say instead. */
function misspelt(parameter: Parameter): { text: string; allowed: string[] } {
  switch (parameter.kind) {
    case 'choice':
      return { text: 'nonsense', allowed: parameter.options.map(({ value }) => value) };
    case 'flag':
      return { text: 'perhaps', allowed: ['true', 'false'] };
    default:
      return {
        text: String(parameter.max * 10 + 1),
        allowed: [`from ${parameter.min} to ${parameter.max}`],
      };
  }
}

test.describe('a device that lacks something', () => {
  const { id, path } = training[0]!;

  test('without WebGL the widget says so and trains on another backend', async () => {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [
        ...browserFlags.filter((flag) => !/gl|angle|swiftshader/.test(flag)),
        '--use-gl=disabled',
      ],
    });
    try {
      const page = await browser.newPage();
      await open(page, `${path}?backend=webgl`);
      const widget = widgetOf(page, id);
      await awaken(widget);
      expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
      await expect(widget).toContainText(/WebGL[^.]*\b(not|no|lacks|missing|without)\b/i);
    } finally {
      await browser.close();
    }
  });

  test('without WebAssembly the widget says so and trains in JavaScript', async () => {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [...browserFlags, '--js-flags=--jitless'],
    });
    try {
      const page = await browser.newPage();
      await unveil(page);
      await open(page, path);
      expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
      const widget = widgetOf(page, id);
      await awaken(widget);
      await button(widget, 'Step').click();
      // Without it Chromium has no compiler of scripts either, and is slow.
      await expect(widget).toHaveAttribute('data-state', 'paused', { timeout: 400_000 });
      const notes = widget.getByRole('list', { name: 'Notes' });
      await expect(notes).toContainText(/no WebAssembly.*JavaScript runs instead/);
    } finally {
      await browser.close();
    }
  });

  test('without workers the widget says so and the page goes on', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
    await open(page, path);
    const widget = widgetOf(page, id);
    await awaken(widget);
    expect(await runToEnd(widget)).toMatch(/^(done|diverged|error)$/);
    await expect(widget).toContainText(/worker/i);
  });

  test('a run goes on where the browser stopped the page and wakes it again', async ({ page }) => {
    await open(page, path);
    const widget = widgetOf(page, id);
    await awaken(widget);
    await button(widget, 'Run').click();
    await expect(widget).toHaveAttribute('data-state', 'running');
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    // Longer than what a watched run may be behind its clock.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await expect(widget).toHaveAttribute('data-state', /^(done|diverged)$/, { timeout: 60_000 });
    await expect(widget.getByRole('list', { name: 'Notes' })).toHaveCount(0);
  });

  test('where the engine cannot be loaded the widget says so', async ({ page, complaints }) => {
    await open(page, path);
    const widget = widgetOf(page, id);
    await page.context().setOffline(true);
    expect(await runToEnd(widget)).toBe('error');
    const notes = hostOf(widget).getByRole('list', { name: 'Notes' });
    await expect(notes).toContainText('could not be loaded');
    // A pointer on its way to the link tries again; the link must be there when it arrives.
    const again = notes.getByRole('link', { name: 'Load the page again' });
    const isKept = await again.evaluate(
      (link) =>
        new Promise<boolean>((resolve) => {
          const toldAgain = new MutationObserver(() => resolve(link.isConnected));
          toldAgain.observe(link.closest('widget-host')!, {
            ...{ characterData: true, childList: true, subtree: true },
          });
          link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        }),
    );
    expect(isKept).toBe(true);
    await page.context().setOffline(false);
    complaints.list.length = 0;
    await again.click();
    await awaken(widget);
    expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
  });
});
