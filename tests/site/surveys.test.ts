import { expect, open, test } from '../support/site.ts';
import { placed } from '../support/placed.ts';
import { awaken, runToEnd, tablesOf, widgetOf } from '../support/widgets.ts';

const surveys = placed.filter(({ widget }) => widget.kind === 'survey');

test('there are surveys, and some of them train', () => {
  expect(surveys.filter(({ widget }) => widget.params['steps']).length).toBeGreaterThan(0);
});

for (const { id, path, widget: declared } of surveys) {
  const { steps } = declared.params;
  const few = steps?.kind === 'int' ? `&steps=${Math.max(steps.min, 10)}` : '';
  for (const backend of ['wasm', 'webgl'])
    test(`${id} runs to its end on ${backend}, and shows what it found in its tables`, async ({
      page,
    }) => {
      await open(page, `${path}?backend=${backend}${few}`);
      const widget = widgetOf(page, id);
      await awaken(widget);
      expect(await runToEnd(widget)).toBe('done');
      const tables = await tablesOf(widget);
      expect(tables.length).toBeGreaterThan(0);
      for (const { head, rows } of tables) {
        expect(head.length).toBeGreaterThan(1);
        expect(rows.length).toBeGreaterThan(0);
      }
    });
}
