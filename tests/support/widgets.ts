import { expect, type Locator, type Page } from '@playwright/test';

/** The first widget of an id on a page, by the contract that every widget keeps. */
export const widgetOf = (page: Page, id: string): Locator =>
  page.locator(`[data-widget="${id}"]`).first();

export const button = (widget: Locator, name: string): Locator =>
  widget.getByRole('button', { name, exact: true });

/** The box that holds a widget in a page of the site. */
export const hostOf = (widget: Locator): Locator =>
  widget.page().locator('widget-host').filter({ has: widget }).first();

/** Turns to the widget-host of a widget as a reader does, and waits until it is live. */
export async function awakenHost(host: Locator): Promise<void> {
  await host.scrollIntoViewIfNeeded();
  await host.dispatchEvent('pointerover');
  await expect(host).toHaveAttribute('data-live', '');
}

/** Turns to a widget and waits until it is live. */
export const awaken = (widget: Locator): Promise<void> => awakenHost(hostOf(widget));

/** Waits until a widget in an embed's frame is live; there it wakes by itself. */
export async function awake(widget: Locator): Promise<void> {
  // In this order: the live widget takes the place of the still one.
  await expect(button(widget, 'Run')).toBeEnabled();
  await widget.scrollIntoViewIfNeeded();
}

/** Chooses a speed where there is a choice. */
export async function chooseSpeed(widget: Locator, pace: 'full' | 'normal'): Promise<void> {
  const speed = widget.getByLabel('Speed', { exact: true });
  if ((await speed.count()) > 0) await speed.selectOption(pace);
}

/**
 * Presses Run, at full speed where there is a choice, and waits for the end; resolves with the state there.
 * At full speed the time decides at which steps there are frames, at normal speed the settings do.
 */
export async function runToEnd(widget: Locator, pace: 'full' | 'normal' = 'full'): Promise<string> {
  await chooseSpeed(widget, pace);
  await button(widget, 'Run').click();
  return endOf(widget);
}

/** Waits until a run has ended, however it ended. */
export async function endOf(widget: Locator): Promise<string> {
  await expect(widget).toHaveAttribute('data-state', /^(done|diverged|error)$/, {
    timeout: 400_000,
  });
  return (await widget.getAttribute('data-state')) ?? '';
}

/** What the badge calls each backend. */
export const badges = {
  captured: 'captured step',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
  webgl: 'WebGL',
};

export const badgeOf = (widget: Locator): Locator =>
  widget.locator('summary', { hasText: 'Computed by' });

export interface TableText {
  caption: string;
  head: string[];
  rows: string[][];
}

/** The tables behind a widget's figures, as text: unfolded, read, and folded again where they were. */
export const tablesOf = (widget: Locator): Promise<TableText[]> =>
  widget.locator('table').evaluateAll(readTables);

/** The tables that a page holds of a widget before a script runs, by the page's HTML. */
export async function stillTablesOf(page: Page, html: string, id: string): Promise<TableText[]> {
  const tables = await page.evaluateHandle(
    ([text, name]) => [
      ...new DOMParser()
        .parseFromString(text, 'text/html')
        .querySelector(`[data-widget="${name}"]`)!
        .querySelectorAll('table'),
    ],
    [html, id] as const,
  );
  return tables.evaluate(readTables);
}

/** In the page. */
async function readTables(tables: Element[]): Promise<TableText[]> {
  const folded = tables
    .flatMap((table) => table.closest('details') ?? [])
    .filter((details) => !details.open);
  for (const details of folded) details.open = true;
  // A folded table is filled when it is unfolded, of which the browser tells a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const texts = (tables as HTMLTableElement[]).map((table) => {
    const text = (cell: Element) => cell.textContent?.trim() ?? '';
    return {
      caption: table.caption ? text(table.caption) : '',
      head: [...(table.tHead?.rows[0]?.cells ?? [])].map(text),
      rows: [...table.tBodies].flatMap((body) =>
        [...body.rows].map((row) => [...row.cells].map(text)),
      ),
    };
  });
  for (const details of folded) details.open = false;
  return texts;
}
