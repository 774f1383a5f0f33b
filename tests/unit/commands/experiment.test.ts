import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import experiment from '../../../src/commands/experiment';
import { seedsInWords } from '../../../src/commands/experiment/seeds';
import { formatNumber } from '../../../src/kit/format';
import { spreadOf } from '../../../src/kit/spread';
import { getRecording } from '../../../src/registry/server';
import { framesOf } from '../engine/backend';
import type { TrainingSpec } from '../../../src/engine/types';

const spec: TrainingSpec = {
  network: {
    kind: 'recurrent',
    cell: 'lstm',
    hiddenSize: 4,
    initializer: { kind: 'leCunNormal' },
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
  },
  task: { kind: 'recall', length: 3 },
  optimizer: { kind: 'sgd', learningRate: 0.5 },
  batchSize: 4,
  steps: 3,
  seed: 2,
};

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'experiment-'));
  file = join(folder, 'spec.json');
  writeFileSync(file, JSON.stringify(spec));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the command prints. */
async function printed(...args: string[]): Promise<string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await experiment(args);
    return log.mock.calls.map(([line]) => String(line));
  } finally {
    log.mockRestore();
  }
}

/** The envelope that the command prints. */
async function envelopeOf(...args: string[]): Promise<Envelope> {
  const lines = await printed(...args, '--json');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as Envelope;
}

interface Envelope {
  widget: string;
  version: number;
  params: Record<string, unknown>;
  backend: string;
  seeds: number[];
  values: Record<string, number | number[]>;
  valuesBySeed: Record<string, number | number[]>[];
  results: unknown[];
}

describe('an experiment from a specification', () => {
  test('prints the statistics asked for, as the first and the last frame have them', async () => {
    const names = ['cellStd', 'saturation.f', 'updateRatio'];
    const frames = await framesOf(spec, {
      every: 3,
      statistics: ['cellStd', 'saturation', 'updateRatio'],
    });
    const lines = await printed('--spec', file, '--statistics', 'cellStd,saturation,updateRatio');
    for (const name of names) {
      const title = name[0]!.toUpperCase() + name.slice(1);
      for (const [when, frame] of [
        ['initial', frames[0]!],
        ['final', frames.at(-1)!],
      ] as const) {
        const numbers = frame.extra![name]!.map((one) => formatNumber(one)).join(' ');
        expect(lines).toContain(`${when}${title}: ${numbers}`);
      }
    }
  });

  test('prints none without being asked', async () => {
    expect((await printed('--spec', file)).join('\n')).not.toContain('initialCellStd');
  });

  test('refuses a statistic that there is not, with a sentence', async () => {
    await expect(printed('--spec', file, '--statistics', 'cellSdt')).rejects.toThrow(
      'statistics holds cellSdt; allowed: ',
    );
  });
});

test('a widget chooses its own statistics', async () => {
  await expect(printed('vanishing-depth', '--statistics', 'saturation')).rejects.toThrow(
    '--statistics belongs to --spec; a widget chooses its own.',
  );
});

describe('a survey', () => {
  test('runs once a seed, leaves out the seeds that a run uses up, and gives medians', async () => {
    const small = ['phase-diagram', '--set', 'repeats=2', '--set', 'steps=10', '--set', 'width=8'];
    const both = await envelopeOf(...small, '--seeds', '2');
    expect(both).toMatchObject({
      widget: 'phase-diagram',
      params: { repeats: 2, seed: 1 },
      backend: 'Node',
      seeds: [1, 3],
    });
    expect(both.results).toHaveLength(2);
    const runs = both.valuesBySeed.map(({ worstDeepAccuracy }) => Number(worstDeepAccuracy));
    expect(both.values['worstDeepAccuracy']).toBe(spreadOf(runs).median);
    const second = await printed(...small, '--set', 'seed=3');
    expect(second[0]).toBe('Backends as the survey chooses, 1 seed(s) from 3.');
    expect(second).toContain(`worstDeepAccuracy: ${formatNumber(runs[1]!)}`);
  });

  test('says which seeds', () => {
    expect(seedsInWords([1, 3, 5])).toBe('3 seed(s) from 1, 2 apart');
    expect(seedsInWords([4, 5])).toBe('2 seed(s) from 4');
    expect(seedsInWords([])).toBe('no seed');
  });

  test('gives the recorded values and result, of presets as well', async () => {
    for (const preset of ['problem', 'adam']) {
      const recording = getRecording('captured-program', preset === 'adam' ? 'optimizer=adam' : '');
      const { seeds, values, results } = await envelopeOf('captured-program', '--preset', preset);
      expect(seeds).toEqual([]);
      expect(results).toEqual([recording.result]);
      expect(values['kernelCalls']).toBe(recording.values['kernelCalls']![0]);
    }
  });

  test('runs on the backend that is named', async () => {
    const { backend, values } = await envelopeOf('golden-check', '--backend', 'cpu');
    expect(backend).toBe('cpu');
    expect(values).toMatchObject({ failed: 0, wasmWorst: 'NaN' });
    expect(values['cpuWorst']).toBeLessThan(1);
  });

  test('says where it takes no backend', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const { backend } = await envelopeOf('captured-program', '--backend', 'cpu');
      expect(backend).toBe('Node');
      expect(error.mock.calls).toEqual([
        ['captured-program chooses its backends itself: --backend cpu changes nothing.'],
      ]);
    } finally {
      error.mockRestore();
    }
  });
});

describe('a closed form', () => {
  test('is computed for each seed, where it has one', async () => {
    const { backend, seeds, values, valuesBySeed } = await envelopeOf(
      ...['float-floor', '--set', 'maxDepth=20', '--set', 'seed=4', '--seeds', '3'],
    );
    expect(backend).toBe('float64');
    expect(seeds).toEqual([4, 5, 6]);
    const lost = valuesBySeed.map(({ float16LostDepth }) => Number(float16LostDepth));
    expect(new Set(lost).size).toBeGreaterThan(1);
    expect(values['float16LostDepth']).toBe(spreadOf(lost).median);
  });

  test('is computed once, where it has none', async () => {
    expect((await printed('backprop-chain'))[0]).toBe('Backend float64, no seed.');
    expect(await envelopeOf('backprop-chain')).toMatchObject({ seeds: [] });
  });
});

test.each([
  [
    ['golden-check', '--seeds', '20'],
    '--seeds is 20, but golden-check has no seed, so every run of it is the same; allowed: 1.',
  ],
  [
    ['activation-explorer', '--seeds', '2'],
    '--seeds is 2, but activation-explorer has no seed, so every run of it is the same; allowed: 1.',
  ],
  [
    ['activation-explorer', '--backend', 'cpu'],
    '--backend is cpu, but activation-explorer is a closed form, computed in float64; allowed: no --backend.',
  ],
  [['phase-diagram', '--backend', 'webgl'], '--backend is webgl; allowed: cpu, wasm, captured.'],
  [['phase-diagram', '--seeds', '0.5'], '--seeds is 0.5; allowed: a whole number from 1 to 1000.'],
  [['phase-diagram', '--set', 'steps=5'], 'steps is a whole number from 10 to 1000'],
  [['phase-diagram', '--preset', 'none'], 'preset is one of problem, cure'],
  [['phase-diagrm'], 'There is no widget "phase-diagrm"; the widgets are activation-explorer,'],
])('%j is refused with a sentence', async (args, sentence) => {
  await expect(printed(...args)).rejects.toThrow(sentence);
});
