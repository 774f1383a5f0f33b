import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Updates that the page's workers have made, lane by lane of each run. */
    updates: number[];
  }
}

/** Makes a page count what its workers do, from the messages that they send; before it is opened. */
export async function countUpdates(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.updates = [];
    interface Reply {
      type: string;
      value?: { frames?: { lanes: Record<string, { step: number; done: boolean }> }[] };
    }
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        this.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
          for (const frame of data.value?.frames ?? [])
            for (const [name, lane] of Object.entries(frame.lanes))
              if (lane.done && name !== 'warmUp') window.updates.push(lane.step);
        });
      }
    };
  });
}

/** The updates that were counted since the last call. */
export const takeUpdates = (page: Page): Promise<number[]> =>
  page.evaluate(() => window.updates.splice(0));
