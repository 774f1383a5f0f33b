/** Frames a second of the home page's living picture, at rest and while its network trains. */
import type { Browser, Page } from 'playwright';
import type { PictureRecord } from '../../src/site/bench/pages.ts';
import { unveil } from '../support/unveiled.ts';
import { median } from './median.ts';

/** How much slower than it is the processor is made to look to the page. */
const SLOWDOWNS = [1, 4];

/** Milliseconds for which frames are counted. */
const WATCHED = 3000;

/** Counts frames for a while, during which the network is trained again and again where it is asked for. */
const framesPerSecond = (page: Page, training: boolean): Promise<number> =>
  page.evaluate(
    async ({ watched, training }) => {
      const widget = document.querySelector('[data-widget]')!;
      const run = [...widget.querySelectorAll('button')].find(
        (button) => button.textContent?.trim() === 'Run',
      )!;
      const train = (): void => {
        const state = widget.getAttribute('data-state');
        if (training && state !== 'running') run.click();
      };
      train();
      const start = performance.now();
      let frames = 0;
      return new Promise<number>((resolve) => {
        const frame = (now: number): void => {
          frames++;
          if (now - start > watched) return resolve((1000 * frames) / (now - start));
          train();
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
    },
    { watched: WATCHED, training },
  );

/** Measures the picture at each slowdown, `times` times, and prints medians. */
export async function measurePicture(
  browser: Browser,
  url: string,
  times: number,
  openWidget: (page: Page, url: string) => Promise<void>,
): Promise<PictureRecord[]> {
  const found: PictureRecord[] = [];
  console.log('\nThe living picture of the home page, frames a second');
  for (const slowdown of SLOWDOWNS) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await unveil(context);
    const page = await context.newPage();
    await openWidget(page, url);
    const tools = await context.newCDPSession(page);
    await tools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    // What is loaded at the first touch is not the picture's own work.
    await framesPerSecond(page, true);
    const atRest: number[] = [];
    const training: number[] = [];
    for (let k = 0; k < times; k++) {
      atRest.push(await framesPerSecond(page, false));
      training.push(await framesPerSecond(page, true));
    }
    await context.close();
    const row = {
      slowdown,
      atRest: Math.round(median(atRest)),
      training: Math.round(median(training)),
    };
    console.log(`  ${slowdown}×  at rest ${row.atRest}, training ${row.training}`);
    found.push(row);
  }
  return found;
}
