import { describe, expect, test } from 'vitest';
import { contentSchema } from '../../../src/site/book/chapter.ts';

const good = {
  title: 'Vanishing gradients',
  description: 'Why the gradient shrinks from layer to layer, and what it does to learning.',
  part: 'The problem',
  order: 20,
  minutes: 15,
  prerequisites: ['introduction'],
  objectives: ['Say why a product of small factors vanishes.'],
  authors: ['A. Author'],
};

/** The sentences about front matter that differs from a good one. */
const said = (change: Record<string, unknown>): string[] => {
  const result = contentSchema.safeParse({ ...good, ...change });
  return result.success ? [] : result.error.issues.map(({ message }) => message);
};

describe('front matter of a chapter', () => {
  test('is accepted when complete', () => {
    expect(said({})).toEqual([]);
  });

  test('may leave out prerequisites and symbols', () => {
    expect(contentSchema.parse(good)).toMatchObject({ symbols: {} });
    expect(contentSchema.parse({ ...good, prerequisites: undefined })).toMatchObject({
      prerequisites: [],
    });
  });

  test('declares symbols by their meaning', () => {
    expect(
      said({ symbols: { '\\eta': 'learning rate', x_0: 'input, of the first layer' } }),
    ).toEqual([]);
  });

  test.each(['title', 'description', 'part', 'order', 'minutes', 'objectives', 'authors'])(
    'names a missing %s and says what to give',
    (field) => {
      expect(said({ [field]: undefined })).toEqual([
        expect.stringMatching(new RegExp(`^"${field}" is missing: give .+\\.$`)),
      ]);
    },
  );

  test.each([
    ['title', 7],
    ['order', 'first'],
    ['minutes', 'ten'],
    ['minutes', 0],
    ['minutes', 1000],
    ['minutes', 2.5],
    ['objectives', 'one'],
    ['prerequisites', 'introduction'],
    ['symbols', ['\\eta']],
    ['symbols', 'x'],
  ])('names a %s of %j, and shows it', (field, value) => {
    const [sentence, ...others] = said({ [field]: value });
    expect(others).toEqual([]);
    expect(sentence).toMatch(new RegExp(`^"${field}" must be .+; it is `));
    expect(sentence).toContain(`it is ${JSON.stringify(value)}.`);
  });

  test.each([49, 161])('refuses a description of %i characters', (length) => {
    expect(said({ description: 'x'.repeat(length) })).toEqual([
      `"description" must have 50 to 160 characters, the length that search engines show; it has ${length}.`,
    ]);
  });

  test.each([50, 160])('takes a description of %i characters', (length) => {
    expect(said({ description: 'x'.repeat(length) })).toEqual([]);
  });

  test('refuses empty lists of objectives and authors', () => {
    expect(said({ objectives: [] })[0]).toMatch(/^"objectives" is empty/);
    expect(said({ authors: [] })[0]).toMatch(/^"authors" is empty/);
  });

  test.each([7, null])('refuses %j as the meaning of a symbol, and shows it', (meaning) => {
    expect(said({ symbols: { x: meaning } })).toEqual([
      `"symbols" must be symbols as TeX in quotes, each with its meaning, the name first; it is ${meaning}.`,
    ]);
  });

  test.each(['', ', of a unit'])('refuses the meaning “%s”, which has no name', (meaning) => {
    expect(said({ symbols: { x: meaning } })).toEqual([
      '"symbols" holds a meaning without a name: give symbols as TeX in quotes, each with its meaning, the name first.',
    ]);
  });

  test('names a field that does not exist', () => {
    expect(said({ prerequisite: [] })).toEqual([
      '"prerequisite" is no field of the front matter. A chapter has title, description, part, ' +
        'order, minutes, prerequisites, objectives, symbols, authors, paper and draft.',
    ]);
  });

  test('refuses a kind it does not know', () => {
    expect(said({ kind: 'essay' })).toEqual([
      '"kind" must be left out for a chapter, or be "page".',
    ]);
  });
});

test('a page needs a title and a description alone', () => {
  const { title, description } = good;
  expect(contentSchema.safeParse({ kind: 'page', title, description }).success).toBe(true);
});
