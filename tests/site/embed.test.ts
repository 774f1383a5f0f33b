import { expect, test as base, type FrameLocator, type Page } from '@playwright/test';
import { serveHostPage, type HostPage } from '../support/hostPage.ts';
import { site } from '../support/site.ts';
import { awake, runToEnd } from '../support/widgets.ts';

/** Few steps: what is tested is that it trains here, not what it learns. */
const id = 'vanishing-depth';
const setting = 'depth=3&steps=40';
const embeds = new URL('embed/', site.url).href;

/** A test with a foreign page around an embed; it fails where anything is logged as an error. */
const test = base.extend<{
  host: (body: string, policy?: string) => Promise<HostPage>;
  errors: string[];
}>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await use(errors);
      expect(errors, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
  host: async ({ page }, use) => {
    const pages: HostPage[] = [];
    await use(async (body, policy) => {
      const host = await serveHostPage(body, policy);
      pages.push(host);
      await page.goto(host.url);
      return host;
    });
    await Promise.all(pages.map((host) => host.close()));
  },
});

const iframe = (sandbox: string, query: string) =>
  `<iframe title="A widget" width="900" height="1200" sandbox="${sandbox}" src="${embeds}${id}/?${query}"></iframe>`;

const widgetIn = (frame: FrameLocator) => frame.locator(`[data-widget="${id}"]`);

const element = (attributes = '') =>
  `<script async src="${embeds}v1.js"></script>
   <gradient-lab widget="${id}" depth="3" steps="40" ${attributes}></gradient-lab>`;

for (const sandbox of ['allow-scripts', 'allow-scripts allow-same-origin'])
  for (const backend of ['captured', 'wasm', 'cpu', 'webgl'])
    test(`an iframe with sandbox="${sandbox}" trains on ${backend}`, async ({ page, host }) => {
      await host(iframe(sandbox, `${setting}&backend=${backend}`));
      const widget = widgetIn(page.frameLocator('iframe'));
      await awake(widget);
      expect(await runToEnd(widget)).toBe('done');
      await expect(widget).toContainText('40');
    });

/** Waits for an event of the element and resolves with its detail. */
const heard = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(
    (type) =>
      new Promise((resolve) =>
        document.addEventListener(type, (event) => resolve((event as CustomEvent).detail), {
          once: true,
        }),
      ),
    name,
  );

/** Asks the element for something once it is ready. */
const ready = (page: Page) => expect(page.locator('gradient-lab iframe')).toBeAttached();

test('the element sizes itself, runs at the host’s word and hands over the result', async ({
  page,
  host,
}) => {
  await host(element());
  await ready(page);
  const widget = widgetIn(page.frameLocator('gradient-lab iframe'));
  await awake(widget);
  const done = heard(page, 'gradient-lab-done');
  await page.evaluate(() => {
    (document.querySelector('gradient-lab') as HTMLElement & { run(): void }).run();
  });
  expect(await done).toMatchObject({ type: 'done', state: 'done' });
  const result = await page.evaluate(
    () =>
      (document.querySelector('gradient-lab') as HTMLElement & { result: Record<string, unknown> })
        .result,
  );
  expect(result['finalLoss']).toEqual(expect.any(Number));
  const box = page.locator('gradient-lab iframe');
  await expect(async () => {
    const inner = await page
      .frameLocator('gradient-lab iframe')
      .locator('body')
      .evaluate((body) => body.getBoundingClientRect().height);
    const outer = await box.evaluate((frame) => frame.getBoundingClientRect().height);
    expect(Math.abs(outer - inner)).toBeLessThan(3);
  }).toPass();
});

test('a changed attribute updates the widget, and a wrong one is named once on the console', async ({
  page,
  host,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await host(element());
  await ready(page);
  const widget = widgetIn(page.frameLocator('gradient-lab iframe'));
  await awake(widget);
  const set = (depth: string) =>
    page.evaluate(
      (text) => document.querySelector('gradient-lab')?.setAttribute('depth', text),
      depth,
    );
  await set('4');
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('4');
  await set('900');
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('10');
  await set('900');
  await expect.poll(() => warnings.filter((text) => text.includes('depth=900'))).toHaveLength(1);
});

test('the element works under a host policy of script-src and frame-src alone', async ({
  page,
  host,
}) => {
  const { origin } = new URL(site.url);
  await host(element(), `default-src 'none'; script-src ${origin}; frame-src ${origin}`);
  const widget = widgetIn(page.frameLocator('gradient-lab iframe'));
  await awake(widget);
  expect(await runToEnd(widget)).toBe('done');
});

test('a frame ignores strangers: other sources, versions and shapes', async ({ page, host }) => {
  await host(iframe('allow-scripts allow-same-origin', setting));
  const frame = page.frameLocator('iframe');
  const widget = widgetIn(frame);
  await awake(widget);
  await page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentWindow;
    for (const message of [
      'run',
      null,
      { type: 'run' },
      { gradientLab: 2, type: 'run' },
      { gradientLab: 1, type: 'run away' },
      { gradientLab: 1, type: 'configure', parameters: { depth: 9 } },
    ])
      inner?.postMessage(message, '*');
  });
  // From the frame itself, which is not its host.
  await widget.evaluate(() => postMessage({ gradientLab: 1, type: 'run' }, '*'));
  await page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentWindow;
    inner?.postMessage({ gradientLab: 1, type: 'step' }, '*');
  });
  // The one message in order is obeyed; had another run been started, it would not be paused.
  await expect(widget).toHaveAttribute('data-state', /^(paused|done)$/);
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('3');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const widget of site.widgets)
    test(`${widget.id} shows its recorded figure, and says so`, async ({ page }) => {
      await page.goto(`${embeds}${widget.id}/`);
      await expect(page.locator(`[data-widget="${widget.id}"] svg`).first()).toBeVisible();
      await expect(page.getByText('switch JavaScript on')).toBeVisible();
    });
});

test('every embed page leads back to its chapter', async ({ page }) => {
  for (const widget of site.widgets) {
    await page.goto(`${embeds}${widget.id}/`);
    const back = page.locator('footer a').first();
    const response = await page.request.get(
      new URL((await back.getAttribute('href')) ?? '', page.url()).href,
    );
    expect(response.status(), `${widget.id}: ${widget.chapter}`).toBe(200);
  }
});

test('the theme of the address holds against the system’s', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${embeds}${id}/?theme=dark`);
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect.poll(paper).not.toBe('rgb(255, 255, 255)');
  await page.goto(`${embeds}${id}/`);
  expect(await paper()).toBe('rgb(255, 255, 255)');
});
