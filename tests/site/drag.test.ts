import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parse } from '../../src/engine/json.ts';
import { countUpdates, takeUpdates } from '../support/drags.ts';
import { runIn } from '../support/newcomer.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, button, widgetOf } from '../support/widgets.ts';

const id = 'vanishing-depth';
/** So few steps that the runs follow the dial on a busy machine too. */
const STEPS = 60;
const path = `widgets/${id}/?steps=${STEPS}`;

/** Opens the widget's page and brings the widget to life; resolves with its dial of depth. */
async function dial(page: Page): Promise<{ widget: Locator; depth: Locator }> {
  await open(page, path);
  const widget = widgetOf(page, id);
  await awaken(widget);
  await expect(widget.locator('.progress .line')).toHaveText(`Step 0 of ${STEPS}`);
  return { widget, depth: dialOf(widget) };
}

const dialOf = (widget: Locator): Locator => widget.getByRole('slider', { name: /^Hidden layers/ });

/** Waits until the figures show what the dial says. */
const settled = async (widget: Locator, depth: Locator): Promise<void> => {
  const label = `Sigmoid, depth ${await depth.inputValue()}`;
  await expect(widget.locator('[data-figure="loss"] .gl-name').first()).toHaveText(label, {
    timeout: 60_000,
  });
};

/** The line of the deep network's loss, without what is left of the one before. */
const line = (widget: Locator): Promise<string | null> =>
  widget
    .locator('[data-figure="loss"] :not(.gl-ghost) > .gl-problem > .gl-line')
    .first()
    .getAttribute('d');

interface Saved {
  params: { depth: number };
  result: {
    lanes: Record<string, { frameSteps: number[]; loss: number[]; accuracy: number[] } & object>;
  };
}
interface Envelope {
  lanes: Record<string, { steps: number[][]; series: Record<string, unknown[]> }>;
}

test('what a drag shows is what the command computes, bit for bit', async ({ page }) => {
  const { widget, depth } = await dial(page);
  const box = (await depth.boundingBox())!;
  const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.2));
  await page.mouse.down();
  for (const share of [0.22, 0.26, 0.31]) await page.mouse.move(...at(share));
  await settled(widget, depth);
  await expect(widget.locator('[data-figure="loss"] .gl-ghost').first()).toBeAttached();
  const held = await line(widget);
  await page.mouse.up();
  await expect(widget.locator('[data-figure="loss"] .gl-ghost')).toHaveCount(0);
  expect(await line(widget)).toBe(held);
  await expect(page).toHaveURL(new RegExp(`depth=${await depth.inputValue()}`));

  await widget.locator('.save summary').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    widget.locator('.save').getByRole('button', { name: 'JSON' }).click(),
  ]);
  const saved = parse(await readFile(await download.path(), 'utf8')) as Saved;
  const args = [
    '--set',
    `depth=${saved.params.depth}`,
    '--set',
    `steps=${STEPS}`,
    '--backend',
    'captured',
    '--json',
  ];
  const said = runIn(process.cwd(), 'src/commands/run.ts', 'experiment', id, ...args);
  const computed = parse(said) as Envelope;
  expect(Object.keys(saved.result.lanes)).toEqual(Object.keys(computed.lanes));
  for (const [name, { steps, series }] of Object.entries(computed.lanes)) {
    const shown = saved.result.lanes[name] as unknown as Record<string, unknown>;
    expect(shown['frameSteps']).toEqual(steps[0]);
    for (const [statistic, [first]] of Object.entries(series))
      expect({ [statistic]: shown[statistic] }).toEqual({ [statistic]: first });
  }
});

test('each position is trained by the worker, a network that does not change only once', async ({
  page,
}) => {
  await countUpdates(page);
  const { widget, depth } = await dial(page);
  // Nothing is recorded for this address: both networks are trained when it comes into sight.
  expect(await takeUpdates(page)).toEqual([STEPS, STEPS]);
  const press = async (key: string): Promise<number[]> => {
    await depth.press(key);
    await settled(widget, depth);
    return takeUpdates(page);
  };
  expect(await press('ArrowRight')).toEqual([STEPS]);
  expect(await press('ArrowRight')).toEqual([STEPS]);
  expect(await press('ArrowLeft')).toEqual([]);
});

test('Reset returns to the setting that the address gave', async ({ page }) => {
  await open(page, `${path}&depth=6`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  const depth = dialOf(widget);
  await expect(widget.locator('.progress .line')).toHaveText(`Step 0 of ${STEPS}`);
  await depth.press('ArrowRight');
  await settled(widget, depth);
  await button(widget, 'Reset').click();
  await expect(depth).toHaveValue('6');
  await settled(widget, depth);
  await expect(page).toHaveURL(/depth=6/);
});
