import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type ConsoleMessage, type Page } from '@playwright/test';
import type { ParameterTable } from '../../src/kit/parameters.ts';
import type { AnyWidget } from '../../src/kit/widget.ts';
import { unveil } from './unveiled.ts';

/** What the set-up (buildSite.ts) tells the tests of the built site. */
export interface SiteFacts {
  /** Folder and address of the site built for the root of a host. */
  dir: string;
  url: string;
  /** The same, built for and served under a sub-path. */
  subDir: string;
  subPath: string;
  subUrl: string;
  /**
   * What the site under the sub-path holds besides: what the commands generated, and the ids of all
   * generated widgets. Null where a build was given without them.
   */
  added: { chapter: string; draft: string; widget: string; crowd: readonly string[] } | null;
  /** What the registry declares. */
  widgets: (Pick<AnyWidget, 'id' | 'kind' | 'title' | 'chapter'> & {
    /** Whether it draws something by itself above its figures. */
    draws: boolean;
    params: ParameterTable;
    /** The names of its presets. */
    presets: string[];
    /** Whether another seed gives another run at the default setting. */
    seeded: boolean;
    /** Whether its default run overflows, as recorded. */
    diverges: boolean;
    /** The kernels of tfjs that its default run calls, sorted; none where it trains nothing side by side. */
    kernels: string[];
  })[];
}

export const site: SiteFacts = JSON.parse(
  readFileSync(process.env['GRADIENT_LAB_SITE'] ?? fail(), 'utf8'),
) as SiteFacts;

function fail(): never {
  throw new Error('Site tests run by Playwright with tests/config/playwright.ts.');
}

/** The addresses of all pages in a built site's sitemap. */
function addressesOf(dir: string): URL[] {
  return readdirSync(dir)
    .filter((name) => /^sitemap-\d+\.xml$/.test(name))
    .flatMap((name) => [...readFileSync(join(dir, name), 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)])
    .map((match) => new URL(match[1]!));
}

/** Paths of all pages in a built site's sitemap, relative to its base: '' is the home page. */
export const sitemapOf = (dir: string, base: string): string[] =>
  addressesOf(dir)
    .map(({ pathname }) => pathname.slice(base.length))
    .sort();

/** The origin that a site was built for. */
export const originOf = (dir: string): string => addressesOf(dir)[0]!.origin;

/** Every page of the sitemap, and the page for what is not there. */
export const pages: string[] = [...sitemapOf(site.dir, '/'), '404.html'];

/** Pages that hold a widget, with the ids of the widgets on each. */
export const pagesWithWidgets: { path: string; ids: string[] }[] = pages
  .map((path) => ({ path, ids: widgetsIn(htmlOf(path)) }))
  .filter(({ ids }) => ids.length > 0);

/** The HTML of a page, as built for the root of a host or into another folder. */
export function htmlOf(path: string, dir = site.dir): string {
  return readFileSync(join(dir, path, path.endsWith('.html') ? '' : 'index.html'), 'utf8');
}

function widgetsIn(html: string): string[] {
  return [...html.matchAll(/\bdata-widget="([^"]+)"/g)].map((match) => match[1]!);
}

/** Complaints of a page: what a reader's console would show, and requests that should not be. */
export class Complaints {
  readonly list: string[] = [];

  watch(page: Page): void {
    const origins = [site.url, site.subUrl].map((url) => new URL(url).origin);
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.list.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.list.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(data|blob):$/.test(url.protocol)) return;
      if (!origins.includes(url.origin)) this.list.push(`request to another origin: ${url.href}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('/404.html'))
        this.list.push(`${response.status()}: ${response.url()}`);
    });
  }
}

/**
 * Playwright's `test`, which also fails where a page logs an error, throws, asks another origin, asks for
 * what is not there, or stores a cookie. `complaints` may be read, and emptied of what a test expects.
 */
export const test = base.extend<{ complaints: Complaints; veiled: boolean }>({
  /** Whether figures are veiled until a guess is made, as on a reader's first visit. */
  veiled: [false, { option: true }],
  context: async ({ context, veiled }, use) => {
    if (!veiled) await unveil(context);
    await use(context);
  },

  complaints: [
    async ({ page, context }, use) => {
      const complaints = new Complaints();
      complaints.watch(page);
      await use(complaints);
      expect(complaints.list, 'complaints of the page').toEqual([]);
      expect(await context.cookies(), 'cookies').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page of the site (path relative to the base) and waits until it has loaded. */
export async function open(page: Page, path: string, base = site.url): Promise<void> {
  await page.goto(new URL(path, base).href, { waitUntil: 'load' });
}

/** Scrolls through the whole page, so that everything that waits to be seen wakes up. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pause = () =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: 'instant' });
      await pause();
    }
  });
}

/** Scrolls to the top, and waits until the page stays there: a focus's smooth scroll may be under way. */
export async function toTop(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let there = 0; there < 5; there = scrollY === 0 ? there + 1 : 0) {
      scrollTo({ top: 0, behavior: 'instant' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}
