import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, site, test } from '../support/site.ts';

test('no part imports the first file of a worker, which WebKit would run again', () => {
  const folder = join(site.dir, '_astro');
  const parts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const first = parts.filter((name) => /\.worker[.-]/.test(name));
  expect(first.length).toBeGreaterThan(0);
  const imports = (text: string): string[] =>
    [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+)["'`]/g)].map(
      ([, name = '']) => name,
    );
  const again = parts.filter((part) =>
    imports(readFileSync(join(folder, part), 'utf8')).some((name) => first.includes(name)),
  );
  expect(again).toEqual([]);
});
