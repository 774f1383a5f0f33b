import { describe, expect, test } from 'vitest';
import { differing, shardOf } from '../../../src/commands/compare-recording';
import type { Recording } from '../../../src/kit/widget';

const SEEDS = [4, 5];

const recorded: Recording = {
  key: '',
  version: 1,
  backend: 'captured',
  versions: {},
  seeds: SEEDS,
  result: { lanes: { cure: { loss: [2.3, 1.1], norms: [[1, NaN]], final: null } } },
  values: {
    loss: [2.303, 2.31],
    norms: [
      [1, 2],
      [3, 4],
    ],
    never: [Infinity, NaN],
  },
};

const again = recorded;
/** The re-run of one seed alone. */
const only = (run: number): Recording => ({
  ...again,
  seeds: [SEEDS[run]!],
  result: run === 0 ? again.result : { lanes: {} },
  values: Object.fromEntries(
    Object.entries(again.values).map(([name, values]) => [name, [values[run]!]]),
  ),
});
/** The recording with some of its values changed. */
const valued = (change: Recording['values']): Recording => ({
  ...recorded,
  values: { ...recorded.values, ...change },
});
const resulting = (cure: object): Recording => ({
  ...recorded,
  result: { lanes: { cure: { loss: [2.3, 1.1], norms: [[1, NaN]], final: null, ...cure } } },
});

describe('a re-run', () => {
  test('agrees with its own recording, whole or seed by seed', () => {
    for (const run of [again, only(0), only(1)])
      expect(differing(recorded, run, SEEDS)).toEqual([]);
  });

  test('agrees where the fourth digit was rounded', () => {
    expect(differing(valued({ loss: [2.3034, 2.3101] }), again, SEEDS)).toEqual([]);
  });

  test('of what has no seeds is compared as the one run that it is', () => {
    const one = { ...only(0), seeds: [] };
    expect(differing(one, one, [])).toEqual([]);
    expect(differing({ ...one, values: { ...one.values, loss: [2.4] } }, one, [])).toEqual([
      'loss',
    ]);
  });

  const mutations: [what: string, mutated: Recording, found: string][] = [
    ['a value', valued({ loss: [2.303, 2.313] }), 'loss'],
    ['an entry of a layer', valued({ norms: [[1, 2.01], recorded.values['norms']![1]!] }), 'norms'],
    ['a layer more', valued({ norms: [[1, 2, 3], recorded.values['norms']![1]!] }), 'norms'],
    ['a number in place of an infinite one', valued({ never: [1, NaN] }), 'never'],
    ['a value that no run gives', valued({ accuracy: [0.5, 0.5] }), 'accuracy'],
    ['a value appended', valued({ loss: [2.303, 2.31, 0.01] }), 'loss'],
    ['a value taken away', valued({ loss: [2.303] }), 'loss'],
    ['a point of a curve', resulting({ loss: [2.3, 1.2] }), 'result.lanes.cure.loss[1]'],
    ['a curve cut short', resulting({ loss: [2.3] }), 'result.lanes.cure.loss'],
    ['an entry of a frame', resulting({ norms: [[1, 2]] }), 'result.lanes.cure.norms[0][1]'],
    ['an end', resulting({ final: { trainLoss: 1 } }), 'result.lanes.cure.final'],
    ['a field more', resulting({ extra: {} }), 'result.lanes.cure.extra'],
    ['its seeds', { ...recorded, seeds: [4, 6] }, 'seeds'],
    ['a seed more', { ...recorded, seeds: [4, 5, 6] }, 'seeds'],
    ['its backend', { ...recorded, backend: 'webgl' }, 'backend'],
    ['its version', { ...recorded, version: 2 }, 'version'],
  ];
  test.each(mutations)('finds a recording with %s changed', (_, mutated, found) => {
    expect(differing(mutated, again, SEEDS)).toEqual([found]);
  });

  test('of one seed finds what was appended, and does not look for another seed’s curves', () => {
    expect(differing(valued({ loss: [2.303, 2.31, 0.01] }), only(1), SEEDS)).toEqual(['loss']);
    expect(differing(valued({ loss: [2.303, 2.41] }), only(1), SEEDS)).toEqual(['loss']);
    expect(differing(resulting({ loss: [0, 0] }), only(1), SEEDS)).toEqual([]);
  });

  test('differs where another seed was run', () => {
    expect(differing(valued({ loss: [2.31, 2.303] }), only(0), SEEDS)).toEqual(['loss']);
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
