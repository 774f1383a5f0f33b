import { expect, test } from '@playwright/test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import type { GradientLabElement } from '../../src/embed/api.ts';
import { findFirefox, launchFirefox, noFirefox, waitIn } from '../support/firefox.ts';
import { element, id, iframe, setting } from '../support/foreign.ts';
import { serveHostPage } from '../support/hostPage.ts';
import { site } from '../support/site.ts';

const firefox = findFirefox();

test.describe.configure({ mode: 'serial' });
// eslint-disable-next-line no-restricted-properties -- no package brings a Firefox; the report says so
test.skip(firefox === null, noFirefox);

let browser: Browser;
test.beforeAll(async () => {
  if (firefox !== null) browser = await launchFirefox(firefox);
});
test.afterAll(() => browser?.close());

/** Opens a foreign page around a body, does something with it, and resolves with the errors it logged. */
async function onHost(
  body: string,
  work: (page: Page) => Promise<void>,
  { policy, from = browser }: { policy?: string; from?: Browser } = {},
): Promise<string[]> {
  const host = await serveHostPage(body, policy);
  const page = await from.newPage();
  const errors: string[] = [];
  const complain = (text: string): void => {
    // Firefox asks every host for its icon and tells where the host's own policy forbids that.
    if (!text.includes(`${host.url}favicon.ico`)) errors.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') complain(message.text());
  });
  page.on('pageerror', (error) => complain(String(error)));
  try {
    await page.goto(host.url);
    await work(page);
  } finally {
    await page.close();
    await host.close();
  }
  return errors;
}

/** Presses Run in a frame and resolves with the state that the run ended in. */
async function runIn(frame: Frame): Promise<string> {
  await waitIn(
    frame,
    () =>
      [...document.querySelectorAll<HTMLButtonElement>('[data-widget] button')].some(
        (button) => button.textContent?.trim() === 'Run' && !button.disabled,
      ),
    120_000,
  );
  await frame.evaluate(() =>
    [...document.querySelectorAll<HTMLButtonElement>('[data-widget] button')]
      .find((button) => button.textContent?.trim() === 'Run')!
      .click(),
  );
  const ended = await waitIn(
    frame,
    () => {
      const state = document.querySelector<HTMLElement>('[data-widget]')?.dataset['state'] ?? '';
      return /^(done|diverged|error)$/.test(state) && state;
    },
    300_000,
  );
  return String(ended);
}

const frameOf = async (page: Page, selector = 'iframe'): Promise<Frame> => {
  const box = await page.waitForSelector(selector);
  return (await box!.contentFrame())!;
};

/** Runs the page's element and resolves with its result. */
const runElement = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await customElements.whenDefined('gradient-lab');
    const element = document.querySelector<GradientLabElement>('gradient-lab')!;
    return new Promise((resolve) => {
      element.addEventListener('gradient-lab-done', () => resolve(element.result!), { once: true });
      element.run();
    });
  });

/** What the badge calls each backend. */
const words = { captured: 'captured step', wasm: 'WebAssembly', cpu: 'JavaScript', webgl: 'WebGL' };

/** What a frame says of its run: the line that names the backend, and its notes. */
const saidIn = (frame: Frame): Promise<{ badge: string; notes: string; webgl: boolean }> =>
  frame.evaluate(() => ({
    badge:
      [...document.querySelectorAll('summary')].find((one) =>
        one.textContent?.includes('Computed by'),
      )?.textContent ?? '',
    notes: document.querySelector('.notes')?.textContent ?? '',
    webgl: document.createElement('canvas').getContext('webgl2') !== null,
  }));

for (const sandbox of ['allow-scripts', 'allow-scripts allow-same-origin'])
  test(`in Firefox, an iframe with sandbox="${sandbox}" trains on every backend it has, and says which it lacks`, async () => {
    for (const backend of ['captured', 'wasm', 'cpu', 'webgl'] as const) {
      const errors = await onHost(
        iframe(sandbox, `${setting}&backend=${backend}`),
        async (page) => {
          const frame = await frameOf(page);
          expect(await runIn(frame), backend).toBe('done');
          const { badge, notes, webgl } = await saidIn(frame);
          // A Firefox without a screen has no WebGL.
          if (backend !== 'webgl' || webgl) expect(badge).toContain(words[backend]);
          else {
            expect(notes).toContain('WebGL');
            expect(badge).toContain(words.captured);
          }
        },
      );
      expect(errors, backend).toEqual([]);
    }
  });

test('in Firefox, the element runs at the host’s word under a policy of script-src and frame-src', async () => {
  const { origin } = new URL(site.url);
  const errors = await onHost(
    element(),
    async (page) => {
      expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
      const height = await page.$eval('gradient-lab iframe', (frame) => frame.clientHeight);
      const inner = await (
        await frameOf(page)
      ).evaluate(() => document.body.getBoundingClientRect().height);
      expect(Math.abs(height - inner)).toBeLessThan(3);
    },
    { policy: `default-src 'none'; script-src ${origin}; frame-src ${origin}` },
  );
  expect(errors).toEqual([]);
});

test('in Firefox, a changed attribute updates the widget and strangers are ignored', async () => {
  await onHost(element(), async (page) => {
    await runElement(page);
    const frame = await frameOf(page);
    await page.evaluate(() => document.querySelector('gradient-lab')!.setAttribute('depth', '4'));
    await waitIn(
      frame,
      () =>
        document.querySelector<HTMLInputElement>('.control input[type=range]')?.value === '4' &&
        document.querySelector('[data-widget]')?.getAttribute('data-state') === 'done',
    );
    await page.evaluate(() => {
      const inner = document.querySelector('iframe')!.contentWindow!;
      for (const message of [
        { gradientLab: 2, type: 'run' },
        { gradientLab: 1, type: 'configure', parameters: { depth: 9 } },
        'run',
      ])
        inner.postMessage(message, '*');
    });
    await frame.evaluate(() => postMessage({ gradientLab: 1, type: 'run' }, '*'));
    await page.evaluate(() => {
      const inner = document.querySelector('iframe')!.contentWindow!;
      inner.postMessage({ gradientLab: 1, type: 'step' }, '*');
    });
    // The one message in order is obeyed, after the others: from a run it would not pause at the start.
    await waitIn(
      frame,
      () => document.querySelector('[data-widget]')?.getAttribute('data-state') === 'paused',
    );
    const place = await frame.$eval('.progress', (progress) => progress.textContent);
    expect(place).toContain('Step 0 of');
  });
});

test('in Firefox, a frame trains under a host policy of frame-src alone', async () => {
  const { origin } = new URL(site.url);
  const errors = await onHost(
    iframe('allow-scripts', setting),
    async (page) => {
      expect(await runIn(await frameOf(page))).toBe('done');
    },
    { policy: `default-src 'none'; frame-src ${origin}` },
  );
  expect(errors).toEqual([]);
});

test('in Firefox, an element in a page that is sandboxed itself is steered all the same', async () => {
  await onHost(
    element(),
    async (page) => {
      expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
    },
    { policy: 'sandbox allow-scripts' },
  );
});

test('in Firefox, ten elements on one page train in turn, and one that is removed leaves nothing', async () => {
  const one = `<gradient-lab widget="${id}" depth="3" steps="10"></gradient-lab>`;
  const errors = await onHost(element() + one.repeat(9), async (page) => {
    const losses = await page.evaluate(async () => {
      await customElements.whenDefined('gradient-lab');
      const all = [...document.querySelectorAll<GradientLabElement>('gradient-lab')];
      const results: unknown[] = [];
      for (const element of all) {
        element.scrollIntoView();
        await new Promise<void>((resolve) => {
          element.addEventListener('gradient-lab-done', () => resolve(), { once: true });
          element.run();
        });
        results.push(element.result?.['finalLoss']);
      }
      return results;
    });
    expect(losses).toHaveLength(10);
    for (const loss of losses) expect(loss).toEqual(expect.any(Number));
    const left = await page.evaluate(() => {
      const element = document.querySelector('gradient-lab')!;
      element.remove();
      return [document.querySelectorAll('iframe').length, element.children.length];
    });
    expect(left).toEqual([9, 0]);
  });
  expect(errors).toEqual([]);
});

test('in Firefox, properties set before the script has loaded are kept', async () => {
  await onHost('<p>A course</p>', async (page) => {
    await page.evaluate(
      (src) => {
        const early = document.createElement('gradient-lab');
        Object.assign(early, {
          widget: 'vanishing-depth',
          theme: 'dark',
          parameters: { depth: 6, steps: 40 },
        });
        const script = document.createElement('script');
        script.src = src;
        document.body.append(early, script);
      },
      `${new URL('embed/', site.url).href}v1.js`,
    );
    const frame = await frameOf(page, 'gradient-lab iframe');
    await waitIn(
      frame,
      () =>
        document.querySelector<HTMLInputElement>('.control input[type=range]')?.value === '6' &&
        document.documentElement.dataset['theme'] === 'dark',
    );
  });
});

test('in Firefox, a widget under a sub-path and one that is not there say what they should', async () => {
  await onHost(element('', `${site.subUrl}embed/`), async (page) => {
    expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
  });
  await onHost(element().replace(`"${id}"`, '"nonsense"'), async (page) => {
    const frame = await frameOf(page);
    // A page that is on its way has no body yet.
    await waitIn(frame, () => document.querySelector('body')?.innerText.includes('“nonsense”'));
    expect(await frame.$$eval('li code', (all) => all.length)).toBe(site.widgets.length);
  });
});

test('in Firefox, both forms train where cookies and storage are refused', async () => {
  const strict = await launchFirefox(firefox!, true);
  try {
    await onHost(
      element(),
      async (page) => {
        expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
      },
      { from: strict },
    );
    await onHost(
      iframe('allow-scripts allow-same-origin', setting),
      async (page) => {
        const frame = await frameOf(page);
        const refused = await frame.evaluate(() => {
          try {
            return localStorage.length === -1;
          } catch {
            return true;
          }
        });
        expect(refused).toBe(true);
        expect(await runIn(frame)).toBe('done');
      },
      { from: strict },
    );
  } finally {
    await strict.close();
  }
});
