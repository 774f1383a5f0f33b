import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from './browser.ts';
import { findFirefox, launchFirefox, noFirefox } from './firefox.ts';
import { hasWebKit, noWebKit, WebKit } from './webkit.ts';

/** A page in some browser: what the questions need that every browser is asked. */
export interface AnyPage {
  goto(url: string): Promise<unknown>;
  evaluate<A extends unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  close(): Promise<void>;
}

/** A browser of each engine that readers have; `missing` says why one is not here. */
export interface Engine {
  name: string;
  missing: string | null;
  open(): Promise<AnyPage>;
}

const firefox = findFirefox();

export const engines: readonly Engine[] = [
  {
    name: 'Chromium',
    missing: null,
    async open() {
      const browser = await chromium.launch({
        executablePath: await findBrowser(),
        args: browserFlags,
      });
      const page = await browser.newPage();
      return {
        goto: (url) => page.goto(url),
        // Playwright hands over one argument.
        evaluate: (work, ...args) =>
          page.evaluate(`(${String(work)})(...${JSON.stringify(args)})`) as never,
        close: () => browser.close(),
      };
    },
  },
  {
    name: 'Firefox',
    missing: firefox === null ? noFirefox : null,
    async open() {
      const browser = await launchFirefox(firefox!);
      const page = await browser.newPage();
      return {
        goto: (url) => page.goto(url),
        evaluate: (work, ...args) =>
          page.evaluate(work as never, ...(args as unknown as never[])) as never,
        close: () => browser.close(),
      };
    },
  },
  {
    name: 'WebKit',
    missing: hasWebKit() ? null : noWebKit,
    open: () => WebKit.launch(),
  },
];
