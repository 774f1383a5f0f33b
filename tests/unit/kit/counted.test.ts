import { expect, test } from 'vitest';
import { counted } from '../../../src/kit/counted';

test('a sentence stands once, with a count, where it was first said', () => {
  expect(counted(['a', 'b', 'a', 'a'])).toEqual([
    { sentence: 'a', times: 3 },
    { sentence: 'b', times: 1 },
  ]);
});
