import { describe, expect, test } from 'vitest';
import { arrange } from '../../../src/site/book/arrange.ts';

const chapter = (id: string, part: string, order: number) => ({
  id,
  filePath: `content/${id}.mdx`,
  data: { title: id, part, order },
});

describe('the order of the book', () => {
  test('follows the chapters’ order and gathers them into parts', () => {
    const parts = arrange([
      chapter('c', 'Two', 30),
      chapter('a', 'One', 10),
      chapter('b', 'One', 20),
    ]);
    expect(parts.map(({ name, chapters }) => [name, chapters.map(({ id }) => id)])).toEqual([
      ['One', ['a', 'b']],
      ['Two', ['c']],
    ]);
  });

  test('refuses two chapters in one place, naming both files', () => {
    expect(() => arrange([chapter('a', 'One', 10), chapter('b', 'One', 10)])).toThrow(
      'content/b.mdx: "order" is 10, and so it is in content/a.mdx. Give each chapter its own place.',
    );
  });

  test('refuses a part that others tear apart', () => {
    expect(() =>
      arrange([chapter('a', 'One', 10), chapter('b', 'Two', 20), chapter('c', 'One', 30)]),
    ).toThrow(/^content\/c\.mdx: "order" 30 puts it after the part “Two”/);
  });
});
