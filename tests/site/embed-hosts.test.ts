import type { GradientLabElement } from '../../src/embed/api.ts';
import {
  element,
  embeds,
  expect,
  heard,
  id,
  iframe,
  runElement,
  setting,
  test,
  trainsInSandbox,
  widgetIn,
  widgetOfElement,
} from '../support/foreign.ts';
import { onePerKernelSet, training } from '../support/placed.ts';
import { site } from '../support/site.ts';
import { awake, badgeOf, runToEnd } from '../support/widgets.ts';

for (const { id: one, widget } of onePerKernelSet)
  test(`${one} trains to the end in a sandbox of another site`, async ({ page, host }) => {
    // That a sandbox has WebGL is asked in embed.test.ts, of each widget by `npm run bench:webgl`.
    await trainsInSandbox(page, host, widget, 'captured');
  });

test('every other widget that trains is ready to in a sandbox of another site', async ({
  page,
  host,
}) => {
  // What follows is the engine's, which has been asked for the kernels of each above.
  for (const { id: other } of training.filter((one) => !onePerKernelSet.includes(one))) {
    await host(iframe('allow-scripts', '', other));
    await awake(widgetIn(page.frameLocator('iframe'), other));
  }
});

test('ten elements on one page train in turn on WebGL, and none loses its context', async ({
  page,
  host,
  warnings,
}) => {
  const one = `<gradient-lab widget="${id}" depth="3" steps="10" backend="webgl"></gradient-lab>`;
  await host(`<script async src="${embeds}v1.js"></script>${one.repeat(10)}`);
  for (let k = 0; k < 10; k++) {
    const box = page.locator('gradient-lab').nth(k);
    await box.scrollIntoViewIfNeeded();
    const widget = widgetIn(box.frameLocator('iframe'));
    await awake(widget);
    expect(await runToEnd(widget)).toBe('done');
    await expect(badgeOf(widget)).toContainText('WebGL');
    // What went wrong, a lost context among it, is told in a list of notes.
    await expect(widget.locator('.notes')).toHaveCount(0);
  }
  expect(warnings.filter((text) => /context/i.test(text))).toEqual([]);
});

test('two elements share nothing: running one leaves the other as it was', async ({
  page,
  host,
}) => {
  const other = `<gradient-lab widget="${id}" depth="4" steps="40"></gradient-lab>`;
  await host(element() + other);
  await runElement(page);
  const second = page.locator('gradient-lab').nth(1);
  await second.scrollIntoViewIfNeeded();
  await awake(widgetIn(second.frameLocator('iframe')));
  await expect(widgetIn(second.frameLocator('iframe'))).toHaveAttribute('data-state', 'idle');
  const results = await page
    .locator('gradient-lab')
    .evaluateAll((all) => all.map((one) => (one as GradientLabElement).result?.['finalLoss']));
  expect(results[0]).toEqual(expect.any(Number));
  expect(results[1]).not.toEqual(results[0]);
});

test('an element that is removed leaves nothing behind, and starts anew where it is put back', async ({
  page,
  host,
}) => {
  await host(element());
  await runElement(page);
  const left = await page.evaluate(async () => {
    const element = document.querySelector('gradient-lab')!;
    const inner = element.querySelector('iframe')!.contentWindow;
    element.remove();
    let heard = 0;
    element.addEventListener('gradient-lab-error', () => heard++);
    element.run();
    dispatchEvent(
      new MessageEvent('message', {
        source: inner,
        data: { gradientLab: 1, type: 'error', message: 'Late.' },
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      frames: document.querySelectorAll('iframe').length,
      inside: element.children.length,
      heard,
    };
  });
  expect(left).toEqual({ frames: 0, inside: 0, heard: 0 });
  await page.evaluate(() => {
    const element = document.createElement('gradient-lab');
    element.widget = 'vanishing-depth';
    element.parameters = { depth: 5, steps: 10 };
    document.body.append(element);
  });
  const widget = widgetOfElement(page);
  await awake(widget);
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('5');
  await runElement(page);
});

test('the host steers a run by methods and hears of each change', async ({ page, host }) => {
  await host(element());
  await awake(widgetOfElement(page));
  const call = (name: 'step' | 'reset') =>
    page.evaluate((method) => {
      const element = document.querySelector('gradient-lab')!;
      return new Promise<{ state: string; named: number | null }>((resolve) => {
        const listening = new AbortController();
        element.addEventListener(
          'gradient-lab-frame',
          ({ detail: { state } }) => {
            if (state !== { step: 'paused', reset: 'idle' }[method]) return;
            listening.abort();
            resolve({ state, named: element.result && Object.keys(element.result).length });
          },
          { signal: listening.signal },
        );
        element[method]();
      });
    }, name);
  const stepped = await call('step');
  expect(stepped.named).toBeGreaterThan(0);
  expect(await call('reset')).toEqual({ state: 'idle', named: null });
  // Paused at its first frame, since a fast machine may be done before anyone has looked.
  await page.evaluate(() => {
    const element = document.querySelector('gradient-lab')!;
    element.setAttribute('steps', '2000');
    const listening = new AbortController();
    element.addEventListener(
      'gradient-lab-frame',
      ({ detail }) => {
        if (detail.state !== 'running') return;
        listening.abort();
        element.pause();
      },
      { signal: listening.signal },
    );
    element.run();
  });
  await expect(widgetOfElement(page)).toHaveAttribute('data-state', 'paused');
  expect(await call('reset')).toEqual({ state: 'idle', named: null });
  const error = heard(page, 'gradient-lab-error');
  await page.evaluate(() => document.querySelector('gradient-lab')!.setAttribute('depth', '900'));
  expect(await error).toMatchObject({ message: expect.stringContaining('from 1 to 50') });
});

test('an element in a page that is sandboxed itself is steered all the same', async ({
  page,
  host,
}) => {
  await host(element(), 'sandbox allow-scripts');
  await awake(widgetOfElement(page));
  expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
  await page.evaluate(() => document.querySelector('gradient-lab')!.setAttribute('depth', '4'));
  await expect(widgetOfElement(page).getByRole('slider', { name: /^Hidden layers/ })).toHaveValue(
    '4',
  );
});

test('another backend is an attribute too, and takes effect', async ({ page, host }) => {
  await host(element('backend="captured"'));
  const widget = widgetOfElement(page);
  await awake(widget);
  await runElement(page);
  await expect(badgeOf(widget)).toContainText('captured step');
  await page.evaluate(() => document.querySelector('gradient-lab')!.setAttribute('backend', 'cpu'));
  await runElement(page);
  await expect(badgeOf(widget)).toContainText('JavaScript');
});

test('an element far below the screen answers to a command', async ({ page, host }) => {
  await host(`<div style="height: 20000px"></div>${element()}`);
  const ready = heard(page, 'gradient-lab-ready');
  await page.evaluate(async () => {
    await customElements.whenDefined('gradient-lab');
    document.querySelector('gradient-lab')!.run();
  });
  expect(await ready).toMatchObject({ widget: id });
});

test('what a framework or HTML adds to the element is no parameter, and its frame keeps a title', async ({
  page,
  host,
  warnings,
}) => {
  await host(element('_ngcontent-abc tabindex="0" role="figure" data-x="1" title="Mine"'));
  const box = page.locator('gradient-lab iframe');
  await awake(widgetOfElement(page));
  await expect(widgetOfElement(page).locator('.notes')).toHaveCount(0);
  expect(warnings.filter((text) => text.includes('<gradient-lab>'))).toEqual([]);
  await expect(box).toHaveAttribute('title', 'Mine');
  await page.evaluate(() => document.querySelector('gradient-lab')!.removeAttribute('title'));
  await expect(box).toHaveAttribute('title', /\(Gradient Lab\)$/);
});

test('properties set before the script has loaded are kept', async ({ page, host }) => {
  await host('<p>A course</p>');
  await page.evaluate((src) => {
    const element = document.createElement('gradient-lab');
    Object.assign(element, {
      widget: 'vanishing-depth',
      theme: 'dark',
      parameters: { depth: 6, steps: 40 },
    });
    const script = document.createElement('script');
    script.src = src;
    document.body.append(element, script);
  }, `${embeds}v1.js`);
  const widget = widgetOfElement(page);
  await awake(widget);
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('6');
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.evaluate(() => (document.querySelector('gradient-lab')!.theme = 'light'));
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a preset and the version of a setting are attributes too', async ({
  page,
  host,
  warnings,
}) => {
  await host(element('preset="cure" v="1"'));
  const widget = widgetOfElement(page);
  await awake(widget);
  await page.evaluate(() => document.querySelector('gradient-lab')!.setAttribute('depth', '4'));
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('4');
  await expect(widget.locator('.notes')).toHaveCount(0);
  expect(warnings.filter((text) => text.includes('<gradient-lab>'))).toEqual([]);
});

test('trains where cookies and every kind of storage are refused', async ({
  page,
  host,
  context,
}) => {
  await context.addInitScript(() => {
    const refuse = (owner: object, name: string) =>
      Object.defineProperty(owner, name, {
        configurable: true,
        get() {
          console.error(`${name} was asked for`);
          throw new DOMException('Refused.', 'SecurityError');
        },
        set() {
          console.error(`${name} was set`);
        },
      });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'])
      refuse(globalThis, name);
    refuse(Document.prototype, 'cookie');
  });
  await host(element());
  await awake(widgetOfElement(page));
  expect(await runElement(page)).toMatchObject({ finalLoss: expect.any(Number) });
});

test('trains in the page itself, and says so, where no worker is allowed', async ({
  page,
  host,
  context,
}) => {
  await context.addInitScript(() => {
    Object.assign(globalThis, {
      Worker: class {
        constructor() {
          throw new DOMException('No worker here.', 'SecurityError');
        }
      },
    });
  });
  for (const backend of ['captured', 'wasm']) {
    await host(iframe('allow-scripts', `${setting}&backend=${backend}`));
    const widget = widgetIn(page.frameLocator('iframe'));
    await awake(widget);
    expect(await runToEnd(widget)).toBe('done');
    await expect(widget.locator('.notes')).toContainText('the page itself computes');
  }
});

test('works from a site built under a sub-path', async ({ page, host }) => {
  await host(element('', `${site.subUrl}embed/`));
  const widget = widgetOfElement(page);
  await awake(widget);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin, pathname } = new URL(request.url());
    if (
      protocol === 'http:' &&
      origin === new URL(site.subUrl).origin &&
      !pathname.startsWith(site.subPath)
    )
      asked.push(pathname);
  });
  expect(await runToEnd(widget)).toBe('done');
  expect(asked).toEqual([]);
});

test.describe('a widget that is not there', () => {
  const listed = site.widgets.map(({ id: one }) => one);

  test('gives the element a frame with a sentence and the list, and one warning', async ({
    page,
    host,
    warnings,
  }) => {
    await host(
      `<script async src="${embeds}v1.js"></script><gradient-lab widget="nonsense"></gradient-lab>`,
    );
    const frame = page.frameLocator('gradient-lab iframe');
    await expect(frame.getByText('There is no widget “nonsense”.')).toBeVisible();
    await expect(frame.locator('li code')).toHaveText(listed);
    await expect.poll(() => warnings.filter((text) => text.includes('nonsense'))).toHaveLength(1);
    await page.evaluate((good) => {
      document.querySelector('gradient-lab')!.widget = good;
    }, id);
    await awake(widgetOfElement(page));
  });

  test('gives a plain frame the same, by way of the site’s page for what is not there', async ({
    page,
    host,
    errors,
  }) => {
    await host(
      `<iframe title="A widget" width="900" height="800" sandbox="allow-scripts" src="${embeds}nonsense/?depth=3"></iframe>`,
    );
    const frame = page.frameLocator('iframe');
    await expect(frame.getByText('There is no widget “nonsense”.')).toBeVisible();
    await expect(frame.locator('li code')).toHaveText(listed);
    // The page that was asked for first is not there, which the console tells, and so is a frame
    // without an origin that asks for modules.
    expect(errors.filter((text) => text.includes('404')).length).toBeGreaterThan(0);
    errors.length = 0;
  });

  test('is shown after all where only the host’s script is too old to know it', async ({
    page,
  }) => {
    await page.goto(`${embeds}unknown/?widget=${id}&depth=7`);
    await awake(page.locator(`[data-widget="${id}"]`));
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`/embed/${id}/$`));
    await expect(page.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('7');
  });
});

test('an oversized message is ignored, and so is a strange one from the frame', async ({
  page,
  host,
}) => {
  await host(element());
  await awake(widgetOfElement(page));
  const heights = await page.evaluate(async () => {
    const frame = document.querySelector<HTMLIFrameElement>('gradient-lab iframe')!;
    const post = (data: unknown) => frame.contentWindow!.postMessage(data, '*');
    post({ gradientLab: 1, type: 'configure', parameters: { depth: '9'.repeat(100_000) } });
    const from = (source: Window | null, data: unknown) => {
      dispatchEvent(new MessageEvent('message', { source, data }));
      return parseFloat(frame.style.height);
    };
    return {
      // What the frame itself asks for is taken.
      own: from(frame.contentWindow, { gradientLab: 1, type: 'size', height: 1234 }),
      oversized: from(frame.contentWindow, { gradientLab: 1, type: 'size', height: 1e9 }),
      otherVersion: from(frame.contentWindow, { gradientLab: 2, type: 'size', height: 50 }),
      stranger: from(window, { gradientLab: 1, type: 'size', height: 50 }),
    };
  });
  expect(heights).toEqual({ own: 1234, oversized: 1234, otherVersion: 1234, stranger: 1234 });
  const widget = widgetOfElement(page);
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('3');
  await expect(widget.locator('.notes')).toHaveCount(0);
});
