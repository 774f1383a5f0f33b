import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import experiment from '../../../src/commands/experiment';
import { formatNumber } from '../../../src/kit/format';
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
