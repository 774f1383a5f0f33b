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

  test('may leave out prerequisites', () => {
    expect(contentSchema.parse({ ...good, prerequisites: undefined })).toMatchObject({
      prerequisites: [],
    });
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

  test('names a field that does not exist', () => {
    expect(said({ prerequisite: [] })).toEqual([
      '"prerequisite" is no field of the front matter. A chapter has title, description, part, ' +
        'order, minutes, prerequisites, objectives, authors and draft.',
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
