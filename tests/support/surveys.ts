import { expect, type Page } from '@playwright/test';
import { alone, placed, type Placed } from './placed.ts';
import { open } from './site.ts';
import { smallest } from './training.ts';
import { awaken, runToEnd, tablesOf, widgetOf } from './widgets.ts';

export const surveys: Placed[] = placed.filter(({ widget }) => widget.kind === 'survey').map(alone);

/** The least that is asked for of a short survey. */
const SHORT = { steps: 10, draws: 10, depth: 10, repeats: 1 };

/** Runs a survey of few steps, draws, layers and repeats to its end on a backend: its tables then show what it found. */
export async function surveyEnds(
  page: Page,
  { id, path, widget: { params } }: Placed,
  backend: string,
): Promise<void> {
  await open(page, `${path}?backend=${backend}${smallest(params, SHORT)}`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  expect(await runToEnd(widget)).toBe('done');
  const tables = await tablesOf(widget);
  expect(tables.length).toBeGreaterThan(0);
  for (const { head, rows } of tables) {
    expect(head.length).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(0);
  }
}
