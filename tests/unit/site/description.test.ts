import { expect, test } from 'vitest';
import { pageDescription } from '../../../src/site/gallery/description.ts';

test('a short summary stands whole in a page’s description', () => {
  expect(pageDescription('It shows one thing.')).toBe(
    'A live figure of Gradient Lab. It shows one thing.',
  );
});

test('a long one ends at a word, within the length that front matter allows', () => {
  const description = pageDescription('word '.repeat(60).trim());
  expect(description.length).toBeLessThanOrEqual(160);
  expect(description).toMatch(/ word…$/);
});
