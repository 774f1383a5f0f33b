import { describe, expect, test } from 'vitest';
import { termSchema } from '../../src/site/glossary/term';
import { renderFormula } from '../../src/site/math/render';
import { frontmatterOf } from '../support/content';
import { known, termFiles } from '../support/known';

const terms = termFiles.map(
  ({ path, text }) => [path, termSchema.safeParse(frontmatterOf(text))] as const,
);

test('there are terms', () => {
  expect(terms.length).toBeGreaterThan(10);
});

describe.each(terms)('%s', (_, { data, error }) => {
  test('has the fields of a term', () => {
    expect(error?.issues.map(({ message }) => message) ?? []).toEqual([]);
  });

  test('names a chapter that is there', () => {
    expect([...known.pages.keys()]).toContain(data?.chapter);
  });

  test('has a symbol that can be set', () => {
    expect(() => renderFormula(data?.symbol ?? '', { display: false })).not.toThrow();
  });
});

test('no two entries are of one word', () => {
  const words = terms.map(([, { data }]) => data?.term.toLowerCase());
  expect(words).toEqual([...new Set(words)]);
});

describe('a term is refused', () => {
  const good = { term: 'loss', definition: 'A number that says how bad it is.', chapter: 'x' };
  const cases: [change: object, sentence: string][] = [
    [{ definition: undefined }, '"definition" is missing: give one sentence without a formula.'],
    [{ definition: 'Short.' }, '"definition" must be one sentence of 20 to 200 characters'],
    [{ symbol: 7 }, '"symbol" must be a symbol as TeX, without dollar signs; it is 7.'],
    [{ symbole: 'x' }, '"symbole" is no field of a term; it has term, definition'],
  ];
  test.each(cases)('with %j', (change, sentence) => {
    const result = termSchema.safeParse({ ...good, ...change });
    expect(result.error?.issues[0]?.message).toContain(sentence);
  });
});
