import { expect, test } from 'vitest';
import { framesOf, lossesOf, small } from './backend';

const spec = { ...small, steps: 5, optimizer: { kind: 'sgd', learningRate: 0 } } as const;

test.each(['cpu', 'captured'] as const)(
  'squared errors summed over the ten outputs are ten times their mean on %s',
  async (backend) => {
    const mean = await framesOf({ ...spec, loss: 'meanSquaredError' }, { backend });
    const kind = 'meanSquaredError';
    const same = await framesOf({ ...spec, loss: { kind, reduction: 'mean' } }, { backend });
    const sum = await framesOf({ ...spec, loss: { kind, reduction: 'sum' } }, { backend });
    expect(lossesOf(same)).toEqual(lossesOf(mean));
    lossesOf(sum).forEach((loss, i) => expect(loss / lossesOf(mean)[i]!).toBeCloseTo(10, 5));
    expect(sum[0]!.globalNorm / mean[0]!.globalNorm).toBeCloseTo(10, 5);
    expect(sum.at(-1)!.final!.trainLoss / mean.at(-1)!.final!.trainLoss).toBeCloseTo(10, 5);
  },
);

test('the sum with a tenth of the learning rate is the same descent', async () => {
  const run = (reduction: 'mean' | 'sum', learningRate: number) =>
    framesOf({
      ...small,
      loss: { kind: 'meanSquaredError', reduction },
      optimizer: { kind: 'sgd', learningRate },
    });
  const [mean, sum] = [await run('mean', 0.5), await run('sum', 0.05)];
  lossesOf(sum).forEach((loss, i) => expect(loss / 10).toBeCloseTo(lossesOf(mean)[i]!, 5));
  expect(lossesOf(mean).at(-1)).toBeLessThan(lossesOf(mean)[0]! / 2);
});
