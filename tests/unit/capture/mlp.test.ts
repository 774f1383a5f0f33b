import { beforeAll, expect, it } from 'vitest';
import {
  initialValues,
  mlpStep,
  runCaptured,
  runEagerly,
  useCpu,
  worstDeviation,
} from './steps.ts';

beforeAll(useCpu);

it('replays thirty layers as the cpu backend computes them', async () => {
  const test = mlpStep({ input: 2, width: 32, depth: 30, output: 1, batch: 64 });
  const { state, feeds } = initialValues(test);
  const expected = runEagerly(test, state, () => feeds, 1);
  const actual = await runCaptured(test, state, () => feeds, 1);
  // Sixty matrix products one after another, each rounded to float32 on both sides.
  expect(worstDeviation(actual, expected).value).toBeLessThan(1e-5);
});
