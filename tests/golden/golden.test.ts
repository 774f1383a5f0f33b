import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/service/backends';
import type { OpenBackend } from '../../src/engine/service/records';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.node';
import { checkCase, passes } from '../../src/engine/golden/check';
import { givenFolder, readFolder } from './files';
import { WorstDeviations } from './report';

const backends = new Backends({ wasmLocation });
const { cases } = readFolder(givenFolder);

describe.skipIf(cases.length === 0).each(['captured', 'cpu', 'wasm'] as const)('%s', (name) => {
  let backend: OpenBackend;
  const worst = new WorstDeviations(name);
  beforeAll(async () => {
    backend = await backends.open(name);
  });
  afterAll(() => worst.print());

  test.each(cases.map((golden) => [golden.name, golden] as const))(
    'computes %s as the reference does',
    async (_name, golden) => {
      await backend.activate();
      const report = await checkCase(golden, backend.factory);
      expect(worst.add(report)).toEqual([]);
      expect(passes(report)).toBe(true);
    },
  );
});
