import type { FrameLocator, Locator, Page } from '@playwright/test';
import { embeds, expect, id, test, widgetIn, widgetOfElement } from '../support/foreign.ts';
import { site } from '../support/site.ts';
import { awake, runToEnd } from '../support/widgets.ts';

/** The shapes in which slides, learning platforms and phones show a frame, in pixels. */
const FRAMES = {
  '16:9': [960, 540],
  '4:3': [800, 600],
  square: [600, 600],
  'a slide': [960, 600],
  '600 high': [720, 600],
  '900 high': [720, 900],
  'a phone': [390, 640],
  'a lecture room': [1920, 1080],
} as const;

/** What of an embed page is cut or scrolled, and how large its first chart and its letters are, in pixels. */
const measure = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    const drawings = [...document.querySelectorAll<SVGSVGElement>('.gl-chart > svg')];
    const boxes = drawings.map((one) => one.getBoundingClientRect());
    const letters = drawings.map((one, k) => {
      const units = Number.parseFloat(getComputedStyle(one).fontSize);
      return (units * boxes[k]!.width) / one.viewBox.baseVal.width;
    });
    return {
      scrolled: root.scrollHeight > innerHeight || root.scrollWidth > innerWidth,
      cut: boxes.filter(
        ({ left, top, right, bottom }) =>
          left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1,
      ).length,
      charts: boxes.length,
      share:
        boxes.reduce((sum, { width, height }) => sum + width * height, 0) /
        (innerWidth * innerHeight),
      letters: Math.min(...letters),
      overlaps: [...document.querySelectorAll('figure')].filter((figure) => {
        const chart = figure.querySelector('svg')!.getBoundingClientRect();
        const table = figure.querySelector('details')!.getBoundingClientRect();
        return chart.bottom > table.top + 1;
      }).length,
    };
  });

const fitted = async (page: Page, path: string, [width, height]: readonly [number, number]) => {
  await page.setViewportSize({ width, height });
  await page.goto(`${embeds}${path}`);
  await page.locator('.fitted svg').first().waitFor();
  // The drawing takes the size of its place.
  await expect.poll(async () => (await measure(page)).cut).toBe(0);
  return measure(page);
};

for (const [name, frame] of Object.entries(FRAMES))
  test(`a figure fills ${name} (${frame.join(' × ')}) with letters that can be read`, async ({
    page,
  }) => {
    for (const [controls, least] of [
      ['none', 0.5],
      ['run', 0.4],
      ['all', 0.2],
    ] as const) {
      const seen = await fitted(page, `${id}/?figures=signal-gradient&controls=${controls}`, frame);
      expect(seen, controls).toMatchObject({ scrolled: false, cut: 0, charts: 1, overlaps: 0 });
      expect(seen.share, controls).toBeGreaterThan(least);
      expect(seen.letters, controls).toBeGreaterThan(
        frame[0] >= 1920 && controls !== 'all' ? 24 : 11,
      );
    }
  });

test('two figures stand beside each other in a slide and above each other in a phone', async ({
  page,
}) => {
  const tops = () =>
    page
      .locator('.figures > figure')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  for (const frame of [FRAMES['a slide'], FRAMES['a phone']]) {
    const seen = await fitted(page, `${id}/?figures=loss,signal-gradient&controls=none`, frame);
    expect(seen).toMatchObject({ scrolled: false, cut: 0, charts: 2, overlaps: 0 });
    const [first, second] = await tops();
    expect(first === second).toBe(frame === FRAMES['a slide']);
  }
});

test('the first figure of every widget fits a slide and a phone', async ({ page }) => {
  test.setTimeout(180_000);
  for (const widget of site.widgets) {
    const figure = await page.request
      .get(`${embeds}${widget.id}/`)
      .then((answer) => answer.text())
      .then((html) => /data-figure="([^"]+)"/.exec(html)?.[1]);
    expect(figure, widget.id).toBeDefined();
    await fitted(page, `${widget.id}/?figures=${figure}&controls=run`, FRAMES['a slide']);
    for (const frame of [FRAMES['a slide'], FRAMES['a phone']]) {
      const [width, height] = frame;
      await page.setViewportSize({ width, height });
      // What fills its frame follows it.
      await expect(async () =>
        expect(await measure(page), `${widget.id} ${frame.join(' × ')}`).toMatchObject({
          ...{ scrolled: false, cut: 0, charts: 1, overlaps: 0 },
        }),
      ).toPass({ timeout: 30_000 });
    }
  }
});

test('settings of what needs no Run stand under its figure in a phone, not over it', async ({
  page,
}) => {
  const [width, height] = FRAMES['a phone'];
  await page.setViewportSize({ width, height });
  test.setTimeout(120_000);
  const closed = site.widgets.filter(({ kind }) => kind === 'closedForm');
  expect(closed.length).toBeGreaterThan(3);
  for (const { id: widget } of closed) {
    const html = await (await page.request.get(`${embeds}${widget}/`)).text();
    const figure = /data-figure="([^"]+)"/.exec(html)?.[1];
    await page.goto(`${embeds}${widget}/?figures=${figure}&controls=all`);
    await page.locator('.fitted svg').first().waitFor();
    const seen = () =>
      page.evaluate(() => {
        const boxOf = (selector: string) =>
          document.querySelector(selector)!.getBoundingClientRect();
        const { bottom, height } = boxOf('.fitted .gl-chart > svg');
        return { over: bottom > boxOf('.fitted .settings').top + 1, low: height < 150 };
      });
    await expect.poll(seen, widget).toEqual({ over: false, low: false });
  }
});

test('what a widget draws by itself fits a slide and a phone, in letters that can be read', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const led = site.widgets.filter(({ draws }) => draws);
  expect(led.length).toBeGreaterThan(10);
  const place = page.locator('[data-figure="drawing"] > .place');
  for (const widget of led) {
    await page.goto(`${embeds}${widget.id}/?figures=drawing&controls=run`);
    await place.waitFor();
    // What fills its frame follows it.
    for (const [width, height] of [FRAMES['a slide'], FRAMES['4:3'], FRAMES['a phone']]) {
      await page.setViewportSize({ width, height });
      const where = `${widget.id} ${width} × ${height}`;
      const seen = () =>
        place.evaluate((place) => {
          const content = place.firstElementChild!;
          const { width, height } = content.getBoundingClientRect();
          const root = document.documentElement;
          return {
            scrolled: root.scrollHeight > innerHeight || root.scrollWidth > innerWidth,
            wide: place.scrollWidth > place.clientWidth + 1 || width > place.clientWidth + 1,
            tall: place.scrollHeight > place.clientHeight + 1,
            sideways: [...content.querySelectorAll('.gl-scroller')]
              .filter((one) => one.scrollWidth > one.clientWidth + 1)
              .map((one) => one.ariaLabel),
            filled: Math.abs(width - place.clientWidth) <= 1,
            letters:
              (Number.parseFloat(getComputedStyle(content).fontSize) * width) /
              (content as HTMLElement).offsetWidth,
            share: height / place.clientHeight,
          };
        });
      await expect.poll(seen, where).toMatchObject({
        ...{ scrolled: false, wide: false, tall: false, sideways: [], filled: true },
      });
      const { letters, share } = await seen();
      expect(letters, where).toBeGreaterThan(11);
      expect(share, where).toBeGreaterThan(0.2);
    }
  }
});

test('what can be taken hold of in a widget’s page can be in a figure that fills a frame', async ({
  page,
}) => {
  await page.setViewportSize({ width: 960, height: 600 });
  await page.goto(`${embeds}clip-cliff/?figures=plane&controls=all`);
  const picture = page.locator('[data-figure="plane"] svg image').first();
  await awake(page.locator('[data-widget="clip-cliff"]'));
  const weight = page.getByRole('slider', { name: /^Weight at the start/ });
  const bias = page.getByRole('slider', { name: /^Bias at the start/ });
  const before = [Number(await weight.inputValue()), Number(await bias.inputValue())] as const;
  const box = (await picture.boundingBox())!;
  // Where the default start stands in a picture of weights from 4 to 6.6 and biases from −3.8 to −1.6.
  const [x, y] = [box.x + 0.46 * box.width, box.y + 0.32 * box.height];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 0.2 * box.width, y + 0.2 * box.height, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Number(await weight.inputValue())).toBeGreaterThan(before[0]);
  expect(Number(await bias.inputValue())).toBeLessThan(before[1]);
});

test('a figure that is not there: a sentence, and all figures', async ({ page }) => {
  await page.goto(`${embeds}${id}/?figures=gradients`);
  await expect(page.locator('.notes')).toContainText('figures=gradients is not allowed');
  await expect(page.locator('.notes')).toContainText('signal-gradient');
  await expect(page.locator('.fitted figure')).toHaveCount(5);
  await expect(page.locator('.fitted figure svg[role="img"]')).toHaveCount(5);
});

test('what fills a frame trains in a sandbox, with nothing but the buttons asked for', async ({
  page,
  host,
}) => {
  const src = `${embeds}${id}/?figures=loss&controls=run&depth=3&steps=10`;
  await host(
    `<iframe title="A figure" width="960" height="600" sandbox="allow-scripts" src="${src}"></iframe>`,
  );
  const frame: FrameLocator = page.frameLocator('iframe');
  const widget = widgetIn(frame);
  await awake(widget);
  await expect(frame.getByRole('slider', { name: /^Hidden layers/ })).toHaveCount(0);
  expect(await runToEnd(widget)).toBe('done');
});

const heightOf = (one: Locator) =>
  one.evaluate((element) => element.getBoundingClientRect().height);

test('an element that shows figures takes the height of its page’s styles, and follows its attributes', async ({
  page,
  host,
}) => {
  await host(
    `<style>#tall { display: block; height: 480px }</style>
     <script async src="${embeds}v1.js"></script>
     <gradient-lab id="tall" widget="${id}" figures="loss" controls="none"></gradient-lab>`,
  );
  const widget = widgetOfElement(page);
  await expect(widget.locator('figure')).toHaveCount(1);
  expect(await heightOf(page.locator('iframe'))).toBe(480);
  await page.evaluate(() => {
    document.querySelector('gradient-lab')!.setAttribute('figures', 'loss,map');
  });
  await expect(widget.locator('figure')).toHaveCount(2);
  expect(await heightOf(page.locator('iframe'))).toBe(480);
});
