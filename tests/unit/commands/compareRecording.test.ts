import { describe, expect, test } from 'vitest';
import { differing, shardOf } from '../../../src/commands/compare-recording';

const recorded = {
  loss: [2.303, 2.31],
  norms: [
    [1, 2],
    [3, 4],
  ],
  never: [Infinity, NaN],
};

describe('a re-run', () => {
  test('agrees where the fourth digit was rounded', () => {
    expect(differing(recorded, { ...recorded, loss: [2.3034, 2.3101] })).toEqual([]);
  });

  test('may hold the first seeds alone', () => {
    expect(differing(recorded, { loss: [2.303], norms: [[1, 2]], never: [Infinity] })).toEqual([]);
  });

  test.each([
    ['loss', { loss: [2.303, 2.313] }],
    ['norms', { norms: [[1, 2.01]] }],
    ['norms', { norms: [[1, 2, 3]] }],
    ['never', { never: [1] }],
    ['accuracy', { accuracy: [0.5] }],
  ])('differs in %s', (name, change) => {
    expect(differing(recorded, { ...recorded, ...change })).toEqual([name]);
  });

  test('differs where another seed was run', () => {
    expect(differing(recorded, { ...recorded, loss: [2.31] })).toEqual(['loss']);
  });
});

describe('a shard', () => {
  test('covers every n-th entry, and all shards cover all', () => {
    const list = ['a', 'b', 'c', 'd', 'e'];
    expect(shardOf(list, '1/2')).toEqual(['a', 'c', 'e']);
    expect(['1/3', '2/3', '3/3'].flatMap((shard) => shardOf(list, shard)).sort()).toEqual(list);
  });

  test.each(['0/2', '3/2', '2', 'a/b'])('is not %s', (shard) => {
    expect(() => shardOf([], shard)).toThrow(`--shard is a part such as 1/4, not ${shard}.`);
  });
});
