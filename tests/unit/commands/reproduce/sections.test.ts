import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compare } from '../../../../src/commands/reproduce/compare';
import { sections } from '../../../../src/commands/reproduce/sections';
import { root } from '../../../config/root';

/** What each row compares: section, setting, quantity and reference. */
const rows = sections.flatMap(({ section, settings }) =>
  settings.flatMap(({ name, compared }) =>
    compared.map((one) => [String(section), name, one.quantity, compare(one, [1]).reference]),
  ),
);

test('the sections stand in order, each once', () => {
  expect(sections.map(({ section }) => section)).toEqual(sections.map((_, i) => i + 1));
});

test('no two rows have one name', () => {
  const names = rows.map(([section, setting, quantity]) => [section, setting, quantity].join());
  expect(new Set(names).size).toBe(rows.length);
});

test('the written comparison is of these rows', () => {
  const written = readFileSync(`${root}tests/golden/REPRODUCTION.md`, 'utf8')
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, 5)
        .map((cell) => cell.trim()),
    );
  expect(written).toEqual(rows);
});
