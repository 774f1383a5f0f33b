import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * The engine of Safari, as Debian brings it: WebKitGTK's MiniBrowser on a screen that nobody sees, driven by
 * the few calls of W3C WebDriver that the tests need.
 */

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/xvfb-run';

/** Why the tests that need a WebKit are skipped where none is found. */
export const noWebKit =
  'No WebKit here: install webkit2gtk-driver and xvfb (Debian, Ubuntu); other systems have no such driver.';

/** Whether there is a WebKit to test with. */
export const hasWebKit = (): boolean => existsSync(DRIVER) && existsSync(SCREEN);

/** What WebDriver calls an element in its answers. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** One window of a browser. */
export class WebKit {
  readonly #driver: ChildProcess;
  readonly #session: string;

  private constructor(driver: ChildProcess, session: string) {
    this.#driver = driver;
    this.#session = session;
  }

  /** Starts a browser with further arguments of MiniBrowser's, such as `--minimum-font-size=24`. */
  static async launch(...args: string[]): Promise<WebKit> {
    const port = await freePort();
    const command = [DRIVER, `--port=${port}`];
    const driver = spawn(SCREEN, ['-a', '-s', '-screen 0 1600x1200x24', ...command], {
      stdio: 'ignore',
      // A group of its own, so that all that it starts ends with it.
      detached: true,
    });
    const url = `http://127.0.0.1:${port}`;
    try {
      await answering(`${url}/status`);
      const { sessionId } = (await ask('POST', `${url}/session`, {
        capabilities: {
          alwaysMatch: {
            'webkitgtk:browserOptions': { args: ['--automation', ...args] },
            timeouts: { script: 300_000, pageLoad: 120_000 },
          },
        },
      })) as { sessionId: string };
      return new WebKit(driver, `${url}/session/${sessionId}`);
    } catch (reason) {
      end(driver);
      throw reason;
    }
  }

  async close(): Promise<void> {
    await this.#ask('DELETE', '').catch(() => {
      // What does not answer any more is ended below.
    });
    end(this.#driver);
  }

  /** Opens an address and waits until it has loaded. */
  async goto(url: string): Promise<void> {
    await this.#ask('POST', '/url', { url });
  }

  /** Sizes the window so that its page is so many pixels wide and high. */
  async resize(width: number, height: number): Promise<void> {
    await this.#ask('POST', '/window/rect', { width, height });
    const inner = await this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await this.#ask('POST', '/window/rect', {
      width: 2 * width - inner.width,
      height: 2 * height - inner.height,
    });
    await this.waitFor((wide) => Math.abs(innerWidth - wide) < 2, width);
  }

  /** Goes into the first frame that a selector finds in the page, or back to the page itself. */
  async enter(selector: string | null): Promise<void> {
    await this.#ask('POST', '/frame', { id: null });
    if (selector === null) return;
    const found = (await this.#ask('POST', '/element', {
      using: 'css selector',
      value: selector,
    })) as Record<string, string>;
    await this.#ask('POST', '/frame', { id: { [ELEMENT]: found[ELEMENT] } });
  }

  /** Runs a function in the page, or in the frame that was entered, and resolves with what it gives. */
  async evaluate<A extends unknown[], T>(
    work: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<T> {
    const script = `const done = arguments[arguments.length - 1];
      const args = Array.prototype.slice.call(arguments, 0, -1);
      Promise.resolve().then(() => (${String(work)})(...args))
        .then((value) => done({ value }), (reason) => done({ reason: String(reason) }));`;
    const answer = (await this.#ask('POST', '/execute/async', { script, args })) as {
      value: T;
      reason?: string;
    };
    if (answer.reason !== undefined) throw new Error(answer.reason);
    return answer.value;
  }

  /** Asks again and again until something holds, and resolves with it; throws after so many milliseconds. */
  async waitFor<A extends unknown[], T>(
    holds: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<NonNullable<T>> {
    const until = Date.now() + 120_000;
    for (;;) {
      const found = await this.evaluate(holds, ...args);
      if (found) return found;
      if (Date.now() > until) throw new Error(`It never held in WebKit: ${String(holds)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The window as it looks, as a PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#ask('GET', '/screenshot')) as string, 'base64');
  }

  #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return ask(method, this.#session + path, body);
  }
}

async function ask(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebKit: ${value?.error}: ${value?.message}`);
  return value;
}

/** Waits until an address answers. */
async function answering(url: string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error('WebKit’s driver does not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function end(driver: ChildProcess): void {
  try {
    if (driver.pid !== undefined) process.kill(-driver.pid);
  } catch {
    // It has ended by itself.
  }
}
