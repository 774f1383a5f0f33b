import { describe, expect, test } from 'vitest';
import { brotliCompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { BackendName, EngineService, ReferenceReport } from '../../../src/engine/types';
import { sampleOf } from '../../../src/commands/sample-references';
import type { GoldenCase } from '../../../src/engine/golden/case';
import { revive } from '../../../src/engine/json';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import sample from '../../../src/widgets/golden-check/cases.json';
import experiment from '../../../src/widgets/golden-check/experiment';
import { groups } from '../../../src/widgets/golden-check/groups';
import {
  cellOf,
  cellsOf,
  passed,
  worstShare,
  type CheckResult,
} from '../../../src/widgets/golden-check/outcome';
import widget from '../../../src/widgets/golden-check/widget';
import { root } from '../../config/root';
import { ownFolder, readFolder } from '../../golden/files';

const { cases: references } = readFolder(ownFolder);
const say = sayFor();
const settings = presetSettings(widget, 'problem');

/** The last of what the check yields, and how many times it yielded. */
async function outcomeOf(
  service: EngineService,
  { spoil = false, backend }: { spoil?: boolean; backend?: BackendName } = {},
): Promise<{ result: CheckResult; yields: number }> {
  let result: CheckResult = { backends: [], cells: {} };
  let yields = 0;
  for await (const found of experiment({ spoil }, service, { backend })) {
    result = found;
    yields += 1;
  }
  return { result, yields };
}

const report = (deviations: ReferenceReport['deviations']): ReferenceReport => ({
  name: 'a',
  deviations,
});

describe('the sample of cases', () => {
  test('is what its command cuts out of the reference vectors', () => {
    expect(sample).toEqual(sampleOf(references));
  });

  test('keeps every input as float32, and what is expected to nine digits', () => {
    const full = new Map(references.map((one) => [one.name, one]));
    for (const short of sample as unknown as GoldenCase[]) {
      const { x, params, expected } = full.get(short.name)!;
      expect(short.x.data.map(Math.fround)).toEqual(x.data.map(Math.fround));
      for (const [name, { data }] of Object.entries(params))
        expect(short.params[name]!.data.map(Math.fround), name).toEqual(data.map(Math.fround));
      expect(Math.abs(short.expected.loss / expected.loss - 1)).toBeLessThan(1e-8);
    }
  });

  test('has every kind of network, loss, optimizer, clipping and penalty', () => {
    const of = (read: (one: GoldenCase) => unknown[], cases: readonly GoldenCase[]) =>
      [...new Set(cases.flatMap(read).filter((one) => one !== undefined))].sort();
    const features: Record<string, (one: GoldenCase) => unknown[]> = {
      network: ({ config }) => [config.arch],
      activation: ({ config }) => [config.arch === 'mlp' ? config.act : undefined],
      cell: ({ config }) => [config.cell],
      readout: ({ config }) => [config.readout],
      loss: ({ config }) => [config.loss],
      clipping: ({ config }) => [config.clip?.kind],
      penalty: ({ config }) => [
        config.l1 && 'l1',
        config.l2 && 'l2',
        config.decoupled && 'decoupled',
      ],
      optimizer: ({ expected }) => expected.steps.map(({ optimizer }) => optimizer['kind']),
    };
    for (const [name, read] of Object.entries(features))
      expect(of(read, sample as unknown as GoldenCase[]), name).toEqual(of(read, references));
  });

  test('is at most 60 KB on its way to the reader', () => {
    const text = readFileSync(`${root}src/widgets/golden-check/cases.json`);
    expect(brotliCompressSync(text).length).toBeLessThan(60 * 1024);
  });
});

describe('one row', () => {
  const adam = {
    quantity: 'adam: W1 after 5',
    kind: 'parameter',
    measured: 3e-4,
    tolerance: 1e-4,
  } as const;
  const loss = { quantity: 'loss', kind: 'loss', measured: 1e-6, tolerance: 1e-5 } as const;

  test('takes the worst of what belongs to it, as a share of its own tolerance', () => {
    const norm = {
      quantity: 'global norm',
      kind: 'norm',
      measured: 2e-5,
      tolerance: 1e-4,
    } as const;
    const { share, quantity } = cellOf({ label: '', case: 'a' }, report([loss, norm, adam]));
    expect(quantity).toBe('global norm');
    expect(share).toBeCloseTo(0.2, 12);
    const updates = cellOf({ label: '', case: 'a', optimizer: 'adam' }, report([loss, adam]));
    expect(updates.quantity).toBe('adam: W1 after 5');
    expect(passed(updates)).toBe(false);
  });

  test('passes up to its tolerance; infinite deviations and NaN fail', () => {
    expect(passed({ quantity: '', share: 1 })).toBe(true);
    for (const share of [1.0001, Infinity, NaN])
      expect(passed({ quantity: '', share })).toBe(false);
  });

  test('is never passed for want of anything to compare', () => {
    expect(() => cellOf({ label: 'x', case: 'a', optimizer: 'sgd' }, report([loss]))).toThrow(
      'The report of a has nothing for "x".',
    );
  });
});

describe('the check', () => {
  test('passes every row, and says what the device lacks', async () => {
    const { result, yields } = await outcomeOf(createLocalEngineService(), { backend: 'wasm' });
    expect(Object.keys(result.cells)).toEqual(['wasm']);
    expect(cellsOf(result)).toHaveLength(groups.length);
    expect(yields).toBe(sample.length + 1);
    expect(cellsOf(result).filter((cell) => !passed(cell))).toEqual([]);
    expect(worstShare(cellsOf(result))).toBeGreaterThan(0);
    const told = widget.describe(settings, result, say);
    expect(told).toContain(`All ${groups.length} checks passed, on WebAssembly.`);
    expect(told).toContain('WebGL was not run: ');
    expect(widget.values(settings, result)).toMatchObject({ checks: groups.length, failed: 0 });
  });

  test('fails every row where one number a row is spoiled', async () => {
    const service = createLocalEngineService();
    const { result } = await outcomeOf(service, { backend: 'wasm', spoil: true });
    expect(cellsOf(result).filter(passed)).toEqual([]);
    expect(widget.describe({ spoil: true }, result, say)).toContain(
      `${groups.length} of ${groups.length} checks failed`,
    );
  });

  test('reports one wrong entry of one gradient as the failure of that row alone', async () => {
    const local = createLocalEngineService();
    const wrong: EngineService = {
      ...local,
      check: (cases, backend) => {
        const [golden] = structuredClone(cases) as [GoldenCase];
        if (golden.name === 'clip_value') golden.expected.grad['Wh']!.data[3]! += 0.01;
        return local.check([revive(golden)], backend);
      },
    };
    const { result } = await outcomeOf(wrong, { backend: 'wasm' });
    const failed = groups.filter((_, row) => !passed(result.cells.wasm![row]!));
    expect(failed.map((group) => group.case)).toEqual(['clip_value']);
  });

  test('before the first row says so, and draws nothing', () => {
    const nothing: CheckResult = {
      backends: [{ backend: 'webgl', available: false, reason: 'This browser has no WebGL 2.' }],
      cells: { cpu: groups.map(() => null) },
    };
    expect(widget.describe(settings, nothing, say)).toBe(
      'No case has been run yet. WebGL was not run: This browser has no WebGL 2.',
    );
    const [figure] = widget.figures;
    expect(figure!.chart(settings, nothing, say)).toMatchObject({
      series: [{ id: 'cpu', x: [], y: [] }],
    });
  });
});
