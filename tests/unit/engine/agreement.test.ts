/** One specification is one run: to the last bit on one backend, and nearly so across backends. */
import { describe, expect, test } from 'vitest';
import { framesOf, lossesOf } from './backend';
import { stableSpecs } from './stableSpecs';

describe.each(['cpu', 'wasm', 'captured'] as const)('two runs on %s', (backend) => {
  test.each(Object.entries(stableSpecs))('%s: equal to the last bit', async (_name, spec) => {
    const [first, second] = [
      await framesOf({ ...spec, steps: 25 }, { backend }),
      await framesOf({ ...spec, steps: 25 }, { backend }),
    ];
    expect(second).toEqual(first);
  });
});

describe('backends agree within 1e-3 after 200 steps', () => {
  test.each(Object.entries(stableSpecs))('%s', async (_name, spec) => {
    const wasm = lossesOf(await framesOf(spec, { steps: 200 }));
    expect(wasm).toHaveLength(201);
    expect(wasm.at(-1)).not.toBe(wasm[0]);
    for (const backend of ['cpu', 'captured'] as const) {
      const losses = lossesOf(await framesOf(spec, { backend, steps: 200 }));
      expect(losses).toHaveLength(201);
      const distances = losses.map((loss, i) => Math.abs(loss - wasm[i]!));
      expect(Math.max(...distances), backend).toBeLessThan(1e-3);
    }
  });
});
