import { mdxToMdast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { termSchema } from '../../src/site/glossary/term';
import { renderFormula } from '../../src/site/math/render';
import { frontmatterOf, slugOf } from '../support/content';
import { contentFiles, known, termFiles } from '../support/known';
import { nodesOf } from '../support/mdx';

const terms = termFiles.map(
  ({ path, text }) => [path, termSchema.safeParse(frontmatterOf(text))] as const,
);

const chapters = new Map(contentFiles.map(({ path, text }) => [slugOf(path), text]));

/** Whether a content file's prose holds a word, also in the plural; programs, formulas and attributes do not count. */
function holds(text: string, word: string): boolean {
  const words = word.split(' ').map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w-])${words.join('\\s+')}(e?s)?(?![\\w-])`, 'i');
  return nodesOf(mdxToMdast(text, { features: { math: true } })).some(
    (node) => (node.type === 'text' || node.type === 'inlineCode') && pattern.test(node.value),
  );
}

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

  test('stands in the text of that chapter', () => {
    expect(holds(chapters.get(data!.chapter)!, data!.term)).toBe(true);
  });

  test('has a symbol that can be set', () => {
    expect(() => renderFormula(data?.symbol ?? '', { display: false })).not.toThrow();
  });
});

test('a chapter holds a word that its prose uses, not one that only its programs, formulas or figures do', () => {
  const text =
    '---\ntitle: The seed\n---\n\nTwo *Global\nnorms*.\n\n' +
    'Pre-activations, `NaN`, $gain$ and overflowing.\n\n```\nmomentum\n```\n\n<Figure description="A batch." />\n';
  const held = ['global norm', 'pre-activation', 'NaN'];
  const others = ['activation', 'momentum', 'gain', 'overflow', 'batch', 'seed'];
  expect([...held, ...others].filter((word) => holds(text, word))).toEqual(held);
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
