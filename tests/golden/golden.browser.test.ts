import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/backends';
import type { OpenBackend } from '../../src/engine/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.browser';
import type { GoldenCase, GoldenFile } from '../../src/engine/golden/case';
import { checkCase, worst } from '../../src/engine/golden/check';
import { revive } from '../../src/engine/json';
import { readGoldenFiles } from './files.browser';

const files = (await readGoldenFiles()).map((text) => revive(JSON.parse(text)) as GoldenFile);
const cases: GoldenCase[] = files.flatMap((file) => file.cases ?? []);
const backends = new Backends({ wasmLocation });
const lines: string[] = [];

afterAll(() => console.log(['Worst deviation by case, in tolerances:', ...lines].join('\n')));

test('the folder holds reference cases of the known format', () => {
  expect(cases.length).toBeGreaterThan(0);
  expect(files.map((file) => file.format)).toEqual(files.map(() => 'vanish-golden-1'));
});

describe('webgl', () => {
  let backend: OpenBackend;
  beforeAll(async () => {
    backend = await backends.open('webgl', true);
  });

  test.each(cases.map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => {
      await backend.activate();
      const report = await checkCase(golden, backend.factory);
      const { quantity, measured, tolerance } = worst(report);
      lines.push(
        `webgl ${golden.name.padEnd(28)} ${(measured / tolerance).toFixed(4)}  ${quantity}`,
      );
      const failed = report.deviations.filter((one) => !(one.measured <= one.tolerance));
      expect(failed.map((one) => `${one.quantity}: ${one.measured} > ${one.tolerance}`)).toEqual(
        [],
      );
    },
  );
});
