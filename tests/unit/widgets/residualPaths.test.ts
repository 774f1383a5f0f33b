import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import experiment from '../../../src/widgets/residual-paths/experiment';
import { meanLength, pathShares } from '../../../src/widgets/residual-paths/lengths';
import { blocksOf, specsOf, type PathResult } from '../../../src/widgets/residual-paths/networks';
import type { PathSettings } from '../../../src/widgets/residual-paths/params';
import widget from '../../../src/widgets/residual-paths/widget';

const service = createLocalEngineService('captured');
afterAll(() => service.close());

const settings = (preset: string, own: Partial<PathSettings> = {}): PathSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});

async function looks(given: PathSettings): Promise<PathResult[]> {
  const results: PathResult[] = [];
  for await (const result of experiment(given, service, {})) results.push(result);
  return results;
}

describe('the lengths of paths', () => {
  test('are binomial, half of the blocks on average', () => {
    expect(pathShares(3)).toEqual([1 / 8, 3 / 8, 3 / 8, 1 / 8]);
    expect(pathShares(60).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(meanLength(pathShares(60))).toBeCloseTo(30, 10);
  });

  test('reach from 0 to the number of blocks, with one layer a block or two', () => {
    expect(blocksOf(settings('problem'))).toBe(60);
    expect(blocksOf(settings('paths'))).toBe(30);
  });
});

describe('the experiment', () => {
  const small = { blocks: 3, width: 8, batchSize: 16 };

  test('looks at both networks as drawn, by block and by length', async () => {
    const given = settings('paths', small);
    const [result, ...more] = await looks(given);
    expect(more).toEqual([]);
    const { plain, residual } = result!.networks;
    expect(plain!.spectrum.median).toHaveLength(6);
    expect(residual!.spectrum.median).toHaveLength(3);
    expect(residual!.share).toHaveLength(4);
    expect(plain!.share).toEqual([]);
    expect(residual!.share.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    expect(widget.describe(given, result!, sayFor())).toMatch(/^Through 3 blocks, after 0 steps\./);
  });

  test('looks again as it trains, and at the end', async () => {
    const results = await looks(settings('cure', { ...small, steps: 150 }));
    expect(results.map(({ step }) => step)).toEqual([0, 100, 150]);
    const [before, , after] = results.map(({ networks }) => networks.residual!.share);
    expect(after).not.toEqual(before);
  });

  test('shows a network that broke as it was last seen, and says when', async () => {
    const given = settings('relu', { blocks: 12, steps: 30, learningRate: 1 });
    const last = (await looks(given)).at(-1)!;
    expect(last.networks.residual!.broke).not.toBeNull();
    expect(last.networks.residual!.spectrum.median.every(Number.isFinite)).toBe(true);
    expect(widget.describe(given, last, sayFor())).toMatch(/residual network left the finite/);
  });

  test('asks for no network that is deeper than there can be', () => {
    for (const form of ['single', 'preActivation', 'postActivation'] as const)
      expect(specsOf(settings('problem', { form, blocks: 30 })).residual.network.depth).toBe(61);
  });
});
