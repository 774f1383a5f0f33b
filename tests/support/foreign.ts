import { expect, test as base, type FrameLocator, type Page } from '@playwright/test';
import type { GradientLabElement } from '../../src/embed/api.ts';
import { serveHostPage, type HostPage } from './hostPage.ts';
import { site, type SiteFacts } from './site.ts';
import { few } from './training.ts';
import { awake, badgeOf, badges, runToEnd } from './widgets.ts';

/** The widget of most tests of embeds, and a setting that trains it in few steps, each of which can be watched. */
export const id = 'vanishing-depth';
const STEPS = 10;
export const setting = `depth=3&steps=${STEPS}`;
export const embeds = new URL('embed/', site.url).href;

interface Foreign {
  /** Opens a page of another origin around a body, optionally under a policy. */
  host: (body: string, policy?: string) => Promise<HostPage>;
  /** Errors on the console of page and frames so far; may be emptied of what a test expects. */
  errors: string[];
  /** Warnings on the console of page and frames so far. */
  warnings: string[];
}

/**
 * A test with a foreign page around an embed. It fails where page or frame log an error, where a
 * content security policy is violated, and where a cookie is set.
 */
export const test = base.extend<Foreign>({
  errors: [
    async ({ page, context }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
        });
      });
      await use(errors);
      expect(errors, 'errors on the console').toEqual([]);
      expect(await context.cookies(), 'cookies').toEqual([]);
    },
    { auto: true },
  ],
  warnings: async ({ page }, use) => {
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await use(warnings);
  },
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

export { expect };

/** A frame around an embed page. */
export const iframe = (sandbox: string, query: string, widget = id): string =>
  `<iframe title="A widget" width="900" height="1200" sandbox="${sandbox}" src="${embeds}${widget}/?${query}"></iframe>`;

/** The element and its script. */
export const element = (attributes = '', from = embeds): string =>
  `<script async src="${from}v1.js"></script>
   <gradient-lab widget="${id}" depth="3" steps="${STEPS}" ${attributes}></gradient-lab>`;

export const widgetIn = (frame: FrameLocator, widget = id) =>
  frame.locator(`[data-widget="${widget}"]`);

/** The widget in a page's first element. */
export const widgetOfElement = (page: Page, widget = id) =>
  widgetIn(page.frameLocator('gradient-lab iframe'), widget);

/** Waits for an event of an element and resolves with its detail. */
export const heard = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(
    (type) =>
      new Promise((resolve) =>
        document.addEventListener(type, (event) => resolve((event as CustomEvent).detail), {
          once: true,
        }),
      ),
    name,
  );

/** Runs the page's first element to the end and resolves with its result. */
export const runElement = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(async () => {
    await customElements.whenDefined('gradient-lab');
    const element = document.querySelector<GradientLabElement>('gradient-lab')!;
    return new Promise((resolve) => {
      element.addEventListener('gradient-lab-done', () => resolve(element.result!), { once: true });
      element.run();
    });
  });

/** A few steps of a widget's embed page on a backend, in a sandboxed frame of another site. */
export async function trainsInSandbox(
  page: Page,
  host: Foreign['host'],
  widget: SiteFacts['widgets'][number],
  backend: keyof typeof badges,
): Promise<void> {
  await host(iframe('allow-scripts', `backend=${backend}${few(widget, 20)}`, widget.id));
  const inFrame = widgetIn(page.frameLocator('iframe'), widget.id);
  await awake(inFrame);
  // A run cut short may end before it overflows.
  expect(await runToEnd(inFrame)).toMatch(widget.diverges ? /^(done|diverged)$/ : /^done$/);
  await expect(badgeOf(inFrame)).toContainText(badges[backend]);
}
