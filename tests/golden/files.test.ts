import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownFolder, readFolder } from './files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden #1 50%?'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('tables are found whatever their file is called, and need no cases beside them', () => {
  cpSync(join(ownFolder, 'standalone.json'), join(folder, 'other tables.json'));
  const { cases, tables } = readFolder(folder);
  expect(cases).toEqual([]);
  expect(tables).toEqual(readFolder(ownFolder).tables);
  for (const [name, entries] of Object.entries(tables)) expect(entries, name).not.toEqual([]);
});

test('cases need no tables beside them', () => {
  cpSync(join(ownFolder, 'clipping.json'), join(folder, 'clipping.json'));
  const { cases, tables } = readFolder(folder);
  expect(cases.length).toBeGreaterThan(0);
  expect(Object.values(tables).flat()).toEqual([]);
});

test.each([
  ['{"format":"vanish-golden-1","set":"a"}', /^a\.json holds neither cases nor one of the tables/],
  ['{"format":"vanish-golden-1","cases":[]}', /^a\.json holds neither cases nor/],
  ['{"format":"vanish-golden-2","cases":[]}', /^a\.json is of format vanish-golden-2; /],
  ['{', /^a\.json is not JSON: /],
])('a folder with the file %s is refused with a sentence', (text, sentence) => {
  writeFileSync(join(folder, 'a.json'), text);
  expect(() => readFolder(folder)).toThrow(sentence);
});

test('a folder without files is refused with a sentence', () => {
  expect(() => readFolder(folder)).toThrow(/ holds no \.json file\.$/);
});
