import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutOffFiles } from '../../../src/commands/search-index.ts';

let site: string;

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'a site '));
});
afterAll(() => rm(site, { recursive: true }));

test('a site without a search index has nothing cut off', () => {
  expect(cutOffFiles(site)).toEqual([]);
});

test('empty files of the search index are found, in its folders too', async () => {
  await mkdir(join(site, 'pagefind', 'index'), { recursive: true });
  await writeFile(join(site, 'pagefind', 'pagefind-entry.json'), '{}');
  await writeFile(join(site, 'pagefind', 'index', 'en_1.pf_index'), '');
  expect(cutOffFiles(site)).toEqual([join('index', 'en_1.pf_index')]);
});
