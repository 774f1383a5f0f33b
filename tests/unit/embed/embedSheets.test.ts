import { expect, test } from 'vitest';
import { embedSheets } from '../../../src/commands/embed-sheets';

test('the embeds’ sheets are one for all of them and one for each widget with styles of its own', () => {
  const sheets = [
    { fileName: 'frame.css', source: 'a{}' },
    { fileName: 'kit.css', source: 'b{}' },
    { fileName: 'widget-one.css', source: 'c{}' },
    { fileName: 'widget-one-two.css', source: 'd{}' },
  ];
  expect([...embedSheets(sheets)]).toEqual([
    ['frame.css', 'a{}b{}'],
    ['widgets/one.css', 'c{}'],
    ['widgets/one-two.css', 'd{}'],
  ]);
});
