/**
 * What a reader waits for who moves a dial: milliseconds from a key to the first changed picture and to the
 * picture of the finished run, a whole run at full speed, the longest task of the page and the frames it
 * dropped, at the processor's own speed and slowed four times.
 */
import type { Browser, Page } from 'playwright';
import type { DragRecord } from '../../src/site/bench/pages.ts';
import { unveil } from '../support/unveiled.ts';
import { median } from './median.ts';

/** The widgets whose first dial is moved: one network, and two side by side. */
export const DRAGGED = ['home-network', 'vanishing-depth', 'init-training'];

/** How much slower than it is the processor is made to look to the page. */
const SLOWDOWNS = [1, 4];

/** Positions that a dial is moved to. */
const MOVES = 9;

/** Milliseconds after which a picture counts as not come. */
const PATIENCE = 10_000;

interface Seen {
  changed: number[];
  finished: number[];
  full: number[];
  longestTask: number;
  dropped: number;
}

/** Moves the first dial of the page's widget by key after key, then runs it at full speed three times. */
const drag = (page: Page): Promise<Seen> =>
  page.evaluate(
    async ({ moves, patience }) => {
      const widget = document.querySelector<HTMLElement>('[data-widget]')!;
      const slider = widget.querySelector<HTMLInputElement>('.control input[type=range]')!;
      const figure = widget.querySelector<HTMLElement>('[data-figure]')!;
      const rest = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
      /** Milliseconds until the frame after something holds. */
      const until = (holds: () => boolean): Promise<number> =>
        new Promise((done) => {
          const start = performance.now();
          const frame = (): void => {
            const waited = performance.now() - start;
            if (holds() || waited > patience) setTimeout(() => done(performance.now() - start));
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        });
      let longestTask = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
      }).observe({ type: 'longtask' });
      const frames: number[] = [];
      let watching = true;
      const watch = (now: number): void => {
        frames.push(now);
        if (watching) requestAnimationFrame(watch);
      };
      const changed: number[] = [];
      const finished: number[] = [];
      slider.focus();
      // The positions beside this one are readied.
      await rest(2500);
      requestAnimationFrame(watch);
      for (let move = 0; move < moves; move++) {
        // The whole figure: a network is drawn on a canvas, and its words and table change with it.
        const before = figure.innerHTML;
        const value =
          slider.parentElement!.querySelector<HTMLInputElement>('input:not([type=range])')!;
        const shown = value.value;
        slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        slider.stepUp();
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        const first = until(() => value.value !== shown);
        const whole = until(
          () => figure.innerHTML !== before && !figure.classList.contains('stale'),
        );
        changed.push(await first);
        finished.push(await whole);
        await rest(250);
      }
      slider.dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowRight', bubbles: true }));
      await rest(500);
      watching = false;
      const speed = widget.querySelector<HTMLSelectElement>('.speed select')!;
      speed.value = 'full';
      speed.dispatchEvent(new Event('change', { bubbles: true }));
      const full: number[] = [];
      for (let run = 0; run < 3; run++) {
        widget.querySelector<HTMLButtonElement>('.bar .primary')!.click();
        await until(() => !['done', 'diverged'].includes(widget.dataset['state'] ?? '')).then(
          async (waited) =>
            full.push(
              waited + (await until(() => ['done', 'diverged'].includes(widget.dataset['state']!))),
            ),
        );
        await rest(300);
      }
      const rate = 1000 / 60;
      const dropped = frames
        .slice(1)
        .map((now, i) => Math.max(0, Math.round((now - frames[i]!) / rate) - 1))
        .reduce((a, b) => a + b, 0);
      return { changed, finished, full, longestTask, dropped };
    },
    { moves: MOVES, patience: PATIENCE },
  );

/** Measures every widget of `DRAGGED` at every slowdown, each in a page just opened. */
export async function measureDrags(
  browser: Browser,
  url: string,
  openWidget: (page: Page, url: string) => Promise<void>,
): Promise<DragRecord[]> {
  const found: DragRecord[] = [];
  console.log(
    '\nA dial moved: ms to the changed and to the finished picture, full run, longest task',
  );
  for (const widget of DRAGGED)
    for (const slowdown of SLOWDOWNS) {
      const context = await browser.newContext();
      await unveil(context);
      const page = await context.newPage();
      await openWidget(page, `${url}widgets/${widget}/`);
      await page.waitForTimeout(1500);
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      const { changed, finished, full, longestTask, dropped } = await drag(page);
      await context.close();
      const row: DragRecord = {
        ...{ widget, slowdown },
        changed: Math.round(median(changed)),
        finished: Math.round(median(finished)),
        full: Math.round(median(full)),
        longestTask: Math.round(longestTask),
        droppedFrames: dropped,
      };
      found.push(row);
      console.log(
        `  ${widget.padEnd(18)} ${slowdown}×  ${row.changed}, ${row.finished}, ${row.full}, ${row.longestTask}; ${row.droppedFrames} frames dropped`,
      );
    }
  return found;
}
