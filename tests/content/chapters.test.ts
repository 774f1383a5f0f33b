import { describe, expect, test } from 'vitest';
import bibliography from '../../content/bibliography.json' with { type: 'json' };
import { frontmatterOf, problemsOf, slugOf } from '../support/content';
import { contentFiles as files, known } from '../support/known';

describe('content', () => {
  test('has chapters', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.each(files.map(({ path, text }) => [path, text]))('%s is sound', (path, text) => {
    expect(problemsOf(path, text, known)).toEqual([]);
  });

  test('has no two chapters in the same place of the book', () => {
    const orders = files
      .map(({ text }) => (frontmatterOf(text) as { order?: number }).order)
      .filter((order) => order !== undefined);
    expect(orders).toEqual([...new Set(orders)]);
  });

  test('has no chapter that builds on a later one', () => {
    const heads = files.map(({ path, text }) => ({
      slug: slugOf(path),
      ...(frontmatterOf(text) as { order?: number; prerequisites?: string[] }),
    }));
    const order = new Map(heads.map(({ slug, order }) => [slug, order]));
    const later = heads.flatMap(({ slug, order: own, prerequisites = [] }) =>
      prerequisites
        .filter((one) => (order.get(one) ?? -1) >= (own ?? Infinity))
        .map((one) => `${slug} builds on ${one}`),
    );
    expect(later).toEqual([]);
  });

  test('cites every source of the bibliography that it lists only once', () => {
    const ids = bibliography.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
