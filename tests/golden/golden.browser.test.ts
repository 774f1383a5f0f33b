import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/service/backends';
import type { OpenBackend } from '../../src/engine/service/records';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.browser';
import { checkCase } from '../../src/engine/golden/check';
import { readFolder } from './files.browser';
import { WorstDeviations } from './report';

const { cases } = await readFolder();
const backends = new Backends({ wasmLocation });

describe.skipIf(cases.length === 0)('webgl', () => {
  let backend: OpenBackend;
  const worst = new WorstDeviations('webgl');
  beforeAll(async () => {
    backend = await backends.open('webgl', true);
  });
  afterAll(() => worst.print());

  test.each(cases.map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => {
      await backend.activate();
      expect(worst.add(await checkCase(golden, backend.factory))).toEqual([]);
    },
  );
});
