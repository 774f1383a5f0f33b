import { afterEach, describe, expect, test, vi } from 'vitest';
import { Replay } from '../../../src/engine/capture/replay';
import { learningRateAt } from '../../../src/engine/closedForms';
import { createLocalEngineService } from '../../../src/engine/node';
import type { OptimizerSpec, ScheduleSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, lossesOf, small } from './backend';

const scheduled = (
  schedule: ScheduleSpec,
  optimizer: OptimizerSpec = { kind: 'sgd', learningRate: 0.08 },
): TrainingSpec => ({ ...small, optimizer, schedule });

/** The rates of the first updates, in units of the full one. */
const factors = (schedule: ScheduleSpec, updates: number): number[] =>
  Array.from({ length: updates }, (_, k) => learningRateAt(scheduled(schedule), k + 1) / 0.08);

describe('the learning rate of each update', () => {
  test.each<[string, ScheduleSpec, number[]]>([
    ['rises in a straight line, and never from 0', { warmUp: 4 }, [0.25, 0.5, 0.75, 1, 1, 1]],
    [
      'falls by steps',
      { decay: { kind: 'step', every: 2, factor: 0.5 } },
      [1, 1, 0.5, 0.5, 0.25, 0.25],
    ],
    [
      'falls as half a cosine, and stays where that ends',
      { decay: { kind: 'cosine', steps: 4, to: 0.5 } },
      [1, 0.75 + Math.SQRT1_2 / 4, 0.75, 0.75 - Math.SQRT1_2 / 4, 0.5, 0.5],
    ],
    [
      'falls from where the warm-up ends',
      { warmUp: 2, decay: { kind: 'step', every: 1 } },
      [0.5, 1, 1, 0.1, 0.01, 0.001],
    ],
  ])('%s', (_what, schedule, expected) => {
    factors(schedule, expected.length).forEach((factor, k) =>
      expect(factor).toBeCloseTo(expected[k]!, 12),
    );
  });

  test('is 0 after a cosine over the whole run, and half of it in the middle', () => {
    const all = factors({ decay: { kind: 'cosine' } }, small.steps + 1);
    expect(all[small.steps / 2]).toBeCloseTo(0.5, 12);
    expect(all[small.steps]).toBeCloseTo(0, 12);
    all.slice(1).forEach((factor, k) => expect(factor).toBeLessThan(all[k]!));
  });

  test('only rises where the warm-up is longer than the run', async () => {
    const spec = scheduled({ warmUp: 400, decay: { kind: 'cosine' } });
    expect(learningRateAt(spec, small.steps)).toBeCloseTo(0.08 / 10, 12);
    const losses = lossesOf(await framesOf(spec));
    expect(losses.every(Number.isFinite)).toBe(true);
  });
});

describe('in training', () => {
  const schedule: ScheduleSpec = { warmUp: 10, decay: { kind: 'cosine', steps: 25, to: 0.1 } };

  test.each(['cpu', 'wasm', 'captured'] as const)(
    'gradient descent moves the weights by the rate of each step, on %s',
    async (backend) => {
      const spec = scheduled(schedule);
      const frames = await framesOf(spec, {
        ...{ backend, steps: 1, every: 1, statistics: ['updateNorm', 'learningRate'] },
      });
      expect(frames).toHaveLength(small.steps + 1);
      for (const { step, extra, weightGradientNorm } of frames) {
        expect(extra!['learningRate']).toEqual([learningRateAt(spec, step + 1)]);
        extra!['updateNorm']!.forEach((norm, i) => {
          const rate = norm / weightGradientNorm[i]!;
          // Weights of size 1 keep steps of 1e-4 to three digits in float32.
          expect(rate / learningRateAt(spec, step + 1)).toBeCloseTo(1, 2);
        });
      }
    },
  );

  test('a schedule that changes nothing trains as none does, bit for bit', async () => {
    const constant: ScheduleSpec = { warmUp: 1, decay: { kind: 'step', every: 1000 } };
    const optimizer: OptimizerSpec = { kind: 'adamw', learningRate: 0.003, weightDecay: 0.1 };
    const [plain, same, other] = [
      await framesOf({ ...small, optimizer }),
      await framesOf(scheduled(constant, optimizer)),
      await framesOf(scheduled(schedule, optimizer)),
    ];
    expect(lossesOf(same)).toEqual(lossesOf(plain));
    expect(lossesOf(other)).not.toEqual(lossesOf(plain));
  });

  test('the decay of AdamW’s weights follows the rate', async () => {
    // So large an ε leaves nothing of the gradient, and only the decay moves the weights.
    const frames = await framesOf(
      scheduled({ warmUp: 4 }, { kind: 'adamw', learningRate: 0.1, weightDecay: 1, epsilon: 1e30 }),
      { steps: 1, every: 1, statistics: ['updateRatio'] },
    );
    const ratios = frames.slice(0, 5).map(({ extra }) => extra!['updateRatio']![0]!);
    [0.025, 0.05, 0.075, 0.1, 0.1].forEach((ratio, k) => expect(ratios[k]).toBeCloseTo(ratio, 5));
  });
});

describe('a captured step', () => {
  afterEach(() => vi.restoreAllMocks());

  test('is captured once, whatever the schedule, the rate and the momentum', async () => {
    const capture = vi.spyOn(Replay, 'create');
    const session = createLocalEngineService('captured').session({
      pace: () => ({ steps: 10, milliseconds: 60_000 }),
    });
    const decay = { kind: 'cosine' } as const;
    const lanes: Record<string, TrainingSpec> = {
      none: { ...small, steps: 3 },
      warmUp: { ...small, steps: 3, schedule: { warmUp: 2 } },
      both: { ...small, steps: 3, schedule: { warmUp: 1, decay } },
      faster: {
        ...small,
        ...{ steps: 3, schedule: { decay } },
        optimizer: { ...small.optimizer, learningRate: 0.07 },
      },
      lighter: {
        ...{ ...small, steps: 3 },
        optimizer: { kind: 'momentum', learningRate: 0.02, momentum: 0.3 },
      },
    };
    const losses: Record<string, number> = {};
    for await (const frame of session.train(lanes))
      for (const [name, lane] of Object.entries(frame.lanes))
        losses[name] = lane.losses.at(-1) ?? losses[name]!;
    // The step itself, and the inference over either part of the data.
    expect(capture.mock.calls.length).toBe(3);
    expect(new Set(Object.values(losses)).size).toBe(5);
  });
});
