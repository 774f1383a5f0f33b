import { afterAll, describe, expect, test } from 'vitest';
import { checkCase, float64Tolerances } from '../../src/engine/golden/check';
import { createOracle } from '../../src/engine/oracle/executor';
import type { GoldenCase } from '../../src/engine/golden/case';
import type { ReferenceReport } from '../../src/engine/types';
import { givenFolder, ownFolder, readFolder } from './files';
import { WorstDeviations } from './report';

const { cases } = readFolder(givenFolder);

const check = (golden: GoldenCase): Promise<ReferenceReport> =>
  checkCase(golden, (request) => Promise.resolve(createOracle(request)), float64Tolerances);

describe.skipIf(cases.length === 0)('the oracle, in double precision', () => {
  const worst = new WorstDeviations('oracle');
  afterAll(() => worst.print());

  test.each(cases.map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => expect(worst.add(await check(golden))).toEqual([]),
  );
});

test('a reference that is off by one part in a million is noticed', async () => {
  const golden = structuredClone(readFolder(ownFolder).cases[0]!);
  const [name] = Object.keys(golden.expected.grad);
  const { data } = golden.expected.grad[name!]!;
  const largest = data.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(data[best]!) ? i : best),
    0,
  );
  data[largest] = data[largest]! * (1 + 1e-6);
  const { deviations } = await check(golden);
  expect(
    deviations.filter((one) => one.measured > one.tolerance).map((one) => one.quantity),
  ).toEqual([`gradient of ${name}`]);
});
