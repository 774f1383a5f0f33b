import { beforeAll, expect, it } from 'vitest';
import { randomStep } from './randomGraph.ts';
import {
  numbers,
  runCaptured,
  runEagerly,
  sizeOf,
  useCpu,
  worstDeviation,
  type Values,
} from './steps.ts';

beforeAll(useCpu);

const graphs = 240;

it(`replays ${graphs} random graphs of kernels as the cpu backend computes them`, async () => {
  const failures: string[] = [];
  for (let seed = 1; seed <= graphs; seed++) {
    const step = randomStep(seed);
    const feeds: Values = Object.fromEntries(
      Object.entries(step.feeds).map(([name, shape], i) => [
        name,
        numbers(sizeOf(shape), seed * 100 + i),
      ]),
    );
    try {
      const expected = runEagerly(step, {}, () => feeds, 1);
      const actual = await runCaptured(step, {}, () => feeds, 1);
      const worst = worstDeviation(actual, expected);
      // Sums of some thousand float32 numbers in another order.
      if (!(worst.value < 2e-5))
        failures.push(`seed ${seed}: ${worst.name} deviates by ${worst.value}`);
    } catch (error) {
      failures.push(`seed ${seed}: ${(error as Error).stack?.split('\n').slice(0, 7).join('|')}`);
    }
  }
  expect(failures).toEqual([]);
});
