import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { withDefaults } from '../../../src/engine/types';
import { root } from '../../config/root';
import { importsOf } from '../../support/imports';
import { small } from './backend';

test('the engine trains what the page compares', () => {
  expect(withDefaults(small)).toEqual(resolveSpec(small));
});

/** A file and all that it loads, by path from the root without ending; packages by name. */
function loadedBy(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const file = `${path}.ts`;
  for (const { kind, specifier } of importsOf(file, readFileSync(`${root}${file}`, 'utf8'))) {
    if (kind === 'type') continue;
    if (specifier?.startsWith('.')) loadedBy(posix.join(posix.dirname(path), specifier), found);
    else found.add(String(specifier));
  }
  return found;
}

test('the defaults bring nothing onto the page but tables: no tfjs, no data', () => {
  expect([...loadedBy('src/engine/types')].sort()).toEqual([
    'src/engine/backends/backend',
    'src/engine/service/missing',
    'src/engine/spec/cells',
    'src/engine/spec/defaults',
    'src/engine/spec/tasks',
    'src/engine/spec/training',
    'src/engine/types',
  ]);
});
