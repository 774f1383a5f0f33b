/** The engine on captured programs: the same runs as on cpu, the same bits every time. */
import { describe, expect, it } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import type { BackendName, LaneFrame, TrainingSpec } from '../../../src/engine/types';

const base: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 4,
    width: 16,
    activation: 'tanh',
    initializer: { kind: 'glorotNormal' },
  },
  task: { kind: 'twoSpirals' },
  optimizer: { kind: 'adam', learningRate: 0.003 },
  batchSize: 32,
  steps: 120,
  seed: 5,
};

async function run(backend: BackendName, spec: TrainingSpec, every = 40): Promise<LaneFrame[]> {
  const service = createLocalEngineService(backend);
  const session = service.session({ pace: () => ({ steps: every, milliseconds: 1e6 }) });
  const frames: LaneFrame[] = [];
  expect((await session.info()).backend).toBe(backend);
  for await (const { lanes } of session.train({ lane: spec }, { every }))
    frames.push(lanes['lane']!);
  service.close();
  return frames;
}

describe('the engine on captured programs', () => {
  it('trains with Adam beyond step 50 as cpu does', async () => {
    const [cpu, captured] = [await run('cpu', base), await run('captured', base)];
    expect(captured.length).toBe(cpu.length);
    captured.forEach((frame, i) => {
      frame.losses.forEach((loss, k) => expect(loss).toBeCloseTo(cpu[i]!.losses[k]!, 4));
      expect(frame.accuracies).toEqual(cpu[i]!.accuracies);
    });
    expect(captured.at(-1)!.final!.trainLoss).toBeCloseTo(cpu.at(-1)!.final!.trainLoss, 4);
  });

  it('repeats a run bit for bit, in frames of another length too', async () => {
    const [first, second] = [await run('captured', base), await run('captured', base, 7)];
    const losses = (frames: LaneFrame[]): number[] => frames.flatMap((frame) => frame.losses);
    expect(losses(second)).toEqual(losses(first));
    expect(second.at(-1)!.final).toEqual(first.at(-1)!.final);
  });

  it('draws LSUV weights, which measure on the way', async () => {
    const spec: TrainingSpec = {
      ...base,
      network: { ...base.network, initializer: { kind: 'lsuv' } } as TrainingSpec['network'],
      steps: 3,
    };
    const [cpu, captured] = [await run('cpu', spec, 1), await run('captured', spec, 1)];
    expect(captured[0]!.losses[0]).toBeCloseTo(cpu[0]!.losses[0]!, 4);
  });

  const exploding: Record<string, TrainingSpec> = {
    'a learning rate far too high': {
      ...base,
      network: { ...base.network, activation: 'relu' } as TrainingSpec['network'],
      task: { kind: 'digits' },
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 30 },
    },
    'weights far too large': {
      ...base,
      network: {
        kind: 'mlp',
        depth: 40,
        width: 24,
        activation: 'relu',
        initializer: { kind: 'heNormal', gain: 8 },
      },
      task: { kind: 'digits' },
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
    },
  };

  it.each(Object.entries(exploding))(
    'finds the first non-finite value where cpu does: %s',
    async (_, spec) => {
      const [cpu, captured] = [await run('cpu', spec), await run('captured', spec)];
      const [expected, actual] = [cpu.at(-1)!.firstNonFinite!, captured.at(-1)!.firstNonFinite!];
      expect(expected).not.toBeNull();
      expect(Math.abs(actual.step - expected.step)).toBeLessThanOrEqual(1);
      expect(actual.phase).toBe(expected.phase);
    },
  );
});
