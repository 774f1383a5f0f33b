import { describe, expect, test } from 'vitest';
import { checkCase, float64Tolerances } from '../../src/engine/golden/check';
import { createOracle } from '../../src/engine/oracle/executor';
import { goldenCases } from './files';

const cases = goldenCases();

describe('the oracle, in double precision', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => {
      const { deviations } = await checkCase(
        golden,
        (request) => Promise.resolve(createOracle(request)),
        float64Tolerances,
      );
      const failed = deviations.filter((one) => !(one.measured <= one.tolerance));
      expect(failed.map((one) => `${one.quantity}: ${one.measured} > ${one.tolerance}`)).toEqual(
        [],
      );
    },
  );

  test('a reference that is off by one part in a million is noticed', async () => {
    const golden = structuredClone(cases[0]!);
    const [name] = Object.keys(golden.expected.grad);
    const { data } = golden.expected.grad[name!]!;
    const largest = data.reduce(
      (best, value, i) => (Math.abs(value) > Math.abs(data[best]!) ? i : best),
      0,
    );
    data[largest] = data[largest]! * (1 + 1e-6);
    const { deviations } = await checkCase(
      golden,
      (request) => Promise.resolve(createOracle(request)),
      float64Tolerances,
    );
    expect(
      deviations.filter((one) => one.measured > one.tolerance).map((one) => one.quantity),
    ).toEqual([`gradient of ${name}`]);
  });
});
