import { describe, expect, test } from 'vitest';
import { withDefaults, type RecurrentSpec } from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { runOf } from '../../../src/kit/training/run';
import { carouselAlone, keptShare, timeConstant } from '../../../src/widgets/forget-bias/gate';
import type { ForgetSettings } from '../../../src/widgets/forget-bias/params';
import widget from '../../../src/widgets/forget-bias/widget';
import { framesOf } from '../engine/backend';
import { train } from './training';

const say = sayFor();
const at = (preset: string, own: Partial<ForgetSettings> = {}): ForgetSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});

test('four draws differ in their seed alone, and no other run has one of them', () => {
  const specs = (seed: number) =>
    widget.lanes(at('problem', { seed }), say).map(({ spec }) => spec);
  const [first, ...others] = specs(1);
  for (const other of others) expect({ ...other, seed: first!.seed }).toEqual(first);
  const seeds = [0, 1, 2].flatMap((seed) => specs(seed).map((spec) => spec.seed));
  expect(new Set(seeds).size).toBe(12);
});

test('the dial is the bias of the gate that keeps: of an LSTM b_f, of a GRU b_z', () => {
  const networkOf = (own: Partial<ForgetSettings>) =>
    withDefaults(widget.lanes(at('problem', own), say)[0]!.spec).network as RecurrentSpec;
  expect(networkOf({ bias: 2.5 })).toMatchObject({ cell: 'lstm', forgetBias: 2.5 });
  expect(networkOf({ bias: -1, cell: 'gru' })).toMatchObject({
    ...{ cell: 'gruResetBefore', updateBias: -1 },
  });
});

describe('a bias', () => {
  test('of 0 keeps a half, for two time steps; of 3 it keeps 0.953, for 21', () => {
    expect(keptShare(0)).toBe(0.5);
    expect(timeConstant(0)).toBe(2);
    expect(keptShare(3)).toBeCloseTo(0.9526, 4);
    expect(timeConstant(3)).toBeCloseTo(1 / (1 - keptShare(3)), 10);
  });

  test('leaves what the formula says where nothing comes back by another way', async () => {
    const settings = at('cure', { steps: 0, length: 20 });
    const [lane] = widget.lanes(settings, say);
    const zeros = { kind: 'zeros' } as const;
    const network = lane!.spec.network as RecurrentSpec;
    const [frame] = await framesOf(
      { ...lane!.spec, network: { ...network, initializer: zeros, recurrentInitializer: zeros } },
      { statistics: ['memoryGradientNorm'] },
    );
    const alone = frame!.extra!['memoryGradientNorm']!;
    expect(alone[0]! / alone.at(-1)! / keptShare(3) ** 19).toBeCloseTo(1, 5);

    const { result } = await train(widget, settings);
    const run = runOf(settings, widget.lanes(settings, say), result, say);
    const [theory] = carouselAlone(run.lanes, settings.bias);
    expect(theory!.y).toHaveLength(20);
    expect(theory!.y[0]! / theory!.y.at(-1)!).toBeCloseTo(keptShare(3) ** 19, 12);
  });
});

test('an open gate lets a class through thirty time steps, and a half-closed one does not', async () => {
  const closed = await train(widget, at('problem'));
  const open = await train(widget, at('cure'));
  expect(closed.named['solvedDraws']).toBe(0);
  expect(open.named['solvedDraws']).toBe(4);
  expect(open.named['medianFirstToLast']! / closed.named['medianFirstToLast']!).toBeGreaterThan(
    1e3,
  );
  const told = widget.describe(at('cure'), open.result, say);
  expect(told).toContain('a time constant of 21.1 time steps');
  expect(told).toContain('4 of 4 draws have solved recall');
});

test('the gradient of an LSTM grows where its recurrent weights are large', async () => {
  const { named } = await train(widget, at('exploding', { steps: 0 }));
  expect(named['medianFirstToLast']).toBeGreaterThan(30);
});
