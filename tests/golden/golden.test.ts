import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/backends';
import type { OpenBackend } from '../../src/engine/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.node';
import { checkCase, passes, worst } from '../../src/engine/golden/check';
import { goldenCases } from './files';

const backends = new Backends({ wasmLocation });
const lines: string[] = [];

afterAll(() => console.log(['Worst deviation by case, in tolerances:', ...lines].join('\n')));

describe.each(['captured', 'cpu', 'wasm'] as const)('%s', (name) => {
  let backend: OpenBackend;
  beforeAll(async () => {
    backend = await backends.open(name);
  });

  test.each(goldenCases().map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => {
      await backend.activate();
      const report = await checkCase(golden, backend.factory);
      const { quantity, measured, tolerance } = worst(report);
      lines.push(
        `${name.padEnd(5)} ${golden.name.padEnd(28)} ${(measured / tolerance).toFixed(4)}  ${quantity}`,
      );
      const failed = report.deviations.filter((one) => !(one.measured <= one.tolerance));
      expect(failed.map((one) => `${one.quantity}: ${one.measured} > ${one.tolerance}`)).toEqual(
        [],
      );
      expect(passes(report)).toBe(true);
    },
  );
});
