import { beforeAll, expect, it } from 'vitest';
import { fingerprints } from './bits.ts';
import { expectedBits } from './expectedBits.ts';
import { useCpu } from './steps.ts';

beforeAll(useCpu);

it('computes the recorded bits in Node', async () => {
  expect(await fingerprints()).toEqual(expectedBits);
});
