import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { widgets } from '../../src/registry/server';
import { root } from '../config/root';

/** The presets that a text names, as in “the presets *Plateau* and *Cure: tanh*”. */
const named = (text: string): string[] =>
  [...text.matchAll(/\bpresets?\s+\*([^*]+)\*(?:\s+and\s+\*([^*]+)\*)?/g)].flatMap(
    ([, first, second]) => [first!, ...(second === undefined ? [] : [second])],
  );

/** The presets that a text names, and that no widget which it shows has. */
const missing = (text: string): string[] => {
  const ids = [...text.matchAll(/<Widget id="([^"]+)"/g)].map(([, id]) => id!);
  const labels = ids.flatMap((id) =>
    Object.values(widgets.get(id)?.presets ?? {}).map(({ label }) => label),
  );
  return named(text).filter((name) => !labels.includes(name));
};

test('every preset that a chapter names stands under this name at one of its figures', () => {
  const texts = readdirSync(`${root}content`)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => [name, readFileSync(`${root}content/${name}`, 'utf8')] as const);
  expect(texts.flatMap(([, text]) => named(text)).length).toBeGreaterThan(15);
  for (const [name, text] of texts) expect(missing(text), name).toEqual([]);
});

test('a preset under another name is found', () => {
  const text = '<Widget id="vanishing-depth" /> The presets *Plateau* and *Cure: sigmoid* differ.';
  expect(missing(text)).toEqual(['Cure: sigmoid']);
});
