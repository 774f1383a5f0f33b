import { afterEach, describe, expect, test } from 'vitest';
import { createEngineService } from '../../../src/engine/client';
import { defaults } from '../../../src/kit/codec';
import type { EngineService, LaneFrame, TrainingSpec } from '../../../src/engine/types';
import { stableSpecs } from '../../unit/engine/stableSpecs';

const createWorker = (): Worker =>
  new Worker(new URL('../../../src/engine/engine.worker.ts', import.meta.url), { type: 'module' });

const spec: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 3,
    width: 32,
    activation: 'tanh',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'momentum', learningRate: 0.02 },
  batchSize: 32,
  steps: 30,
  seed: 3,
};

let service: EngineService | null = null;
afterEach(() => {
  service?.close();
  service = null;
});

async function lastFrame(
  frames: AsyncIterable<{ lanes: Record<string, LaneFrame> }>,
): Promise<LaneFrame> {
  let last: LaneFrame | null = null;
  for await (const { lanes } of frames) last = lanes['a'] ?? last;
  return last!;
}

describe.each(['cpu', 'wasm', 'captured', 'webgl'] as const)('the worker on %s', (backend) => {
  test('trains to the end and reports loss, gradients and accuracy', async () => {
    service = createEngineService({ createWorker, workers: 1 });
    const session = service.session({ backend, pace: () => ({ steps: 10, milliseconds: 1000 }) });
    expect((await session.info()).backend).toBe(backend);
    let steps = 0;
    let first: LaneFrame | null = null;
    let last: LaneFrame | null = null;
    for await (const { lanes } of session.train({ a: spec })) {
      last = lanes['a']!;
      first ??= last;
      steps += last.losses.length;
    }
    expect(first!.step).toBe(0);
    expect(steps).toBe(31);
    expect(last!.done).toBe(true);
    expect(last!.signalGradientNorm).toHaveLength(4);
    expect(last!.final!.trainLoss).toBeLessThan(first!.losses[0]! / 2);
    expect(last!.final!.testAccuracy).toBeGreaterThan(0.5);
  });
});

test.each([
  ['tanh', { ...spec, steps: 30 }],
  ['LSTM', { ...stableSpecs['LSTM']!, steps: 20 }],
  ['batch norm with momentum', { ...stableSpecs['batch norm with momentum']!, steps: 30 }],
] as const)('wasm and software WebGL agree: %s', async (_name, stable) => {
  service = createEngineService({ createWorker, workers: 1 });
  const losses: number[] = [];
  for (const backend of ['wasm', 'webgl'] as const) {
    const pace = () => ({ steps: stable.steps, milliseconds: 60_000 });
    const session = service.session({ backend, pace });
    losses.push((await lastFrame(session.train({ a: stable }))).final!.trainLoss);
  }
  expect(Math.abs(losses[0]! - losses[1]!)).toBeLessThan(1e-3);
});

/** The ways in which a worker ends: it reports a failure, or it is killed without a word. */
const ends: Record<string, (worker: Worker) => void> = {
  fails: (worker) => worker.dispatchEvent(new ErrorEvent('error', { cancelable: true })),
  'is killed without a word': (worker) => worker.terminate(),
};

test.each(
  Object.keys(ends).flatMap((way) =>
    (['wasm', 'captured'] as const).map((on) => [way, on] as const),
  ),
)(
  'a worker that %s is replaced and the run goes on from where the page was: %s',
  async (way, backend) => {
    const workers: Worker[] = [];
    const notices: string[] = [];
    service = createEngineService({
      createWorker: () => {
        const worker = createWorker();
        workers.push(worker);
        return worker;
      },
      workers: 1,
      silence: 3000,
    });
    const options = { backend, pace: () => ({ steps: 5, milliseconds: 1000 }) };
    const steps: number[] = [];
    let interrupted: LaneFrame | null = null;
    const session = service.session({ ...options, onNotice: (sentence) => notices.push(sentence) });
    for await (const { lanes } of session.train({ a: spec })) {
      interrupted = lanes['a']!;
      steps.push(interrupted.step);
      if (interrupted.step === 10) ends[way]!(workers[0]!);
    }
    const undisturbed = await lastFrame(service.session(options).train({ a: spec }));
    expect(workers).toHaveLength(2);
    expect(notices).toHaveLength(1);
    expect(steps).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(interrupted!.losses).toEqual(undisturbed.losses);
    expect(interrupted!.final).toEqual(undisturbed.final);
  },
);

test('a worker killed after a snapshot goes on from the snapshot, on captured', async () => {
  const workers: Worker[] = [];
  const starts: unknown[] = [];
  service = createEngineService({
    createWorker: () => {
      const worker = createWorker();
      const send = worker.postMessage.bind(worker);
      worker.postMessage = (message: { type: string; snapshot?: { step: number } | null }) => {
        if (message.type === 'start') starts.push(message.snapshot?.step ?? null);
        send(message);
      };
      workers.push(worker);
      return worker;
    },
    workers: 1,
  });
  const options = {
    backend: 'captured' as const,
    pace: () => ({ steps: 20, milliseconds: 1000 }),
  };
  const long = { ...spec, steps: 120 };
  let interrupted: LaneFrame | null = null;
  for await (const { lanes } of service.session(options).train({ a: long })) {
    interrupted = lanes['a']!;
    // A snapshot is kept every two seconds.
    if (interrupted.step === 40) await new Promise((resolve) => setTimeout(resolve, 2100));
    if (interrupted.step === 80)
      workers[0]!.dispatchEvent(new ErrorEvent('error', { cancelable: true }));
  }
  expect(starts).toHaveLength(2);
  expect(starts[1]).toBeGreaterThanOrEqual(60);
  const undisturbed = await lastFrame(service.session(options).train({ a: long }));
  expect(interrupted!.losses).toEqual(undisturbed.losses);
  expect(interrupted!.final).toEqual(undisturbed.final);
});

test('a captured program is described and measured in the worker', async () => {
  service = createEngineService({ createWorker, workers: 1 });
  const { instructions, profile } = await service.program(spec, { rounds: 1 });
  expect(profile!.instructionMicroseconds).toHaveLength(instructions.length);
  expect(Math.max(...profile!.instructionMicroseconds)).toBeGreaterThan(0);
  expect(profile!.stepMicroseconds).toBeGreaterThan(0);
});

test('a lost WebGL context is replaced and the run goes on from where the page was', async () => {
  const workers: Worker[] = [];
  const notices: string[] = [];
  service = createEngineService({
    createWorker: () => {
      const worker = new Worker(new URL('./losing.worker.ts', import.meta.url), { type: 'module' });
      workers.push(worker);
      return worker;
    },
    workers: 1,
  });
  const options = { backend: 'webgl' as const, pace: () => ({ steps: 5, milliseconds: Infinity }) };
  const steps: number[] = [];
  let interrupted: LaneFrame | null = null;
  const channel = new BroadcastChannel('lose-context');
  const session = service.session({ ...options, onNotice: (sentence) => notices.push(sentence) });
  for await (const { lanes } of session.train({ a: spec })) {
    interrupted = lanes['a']!;
    steps.push(interrupted.step);
    if (interrupted.step === 10) channel.postMessage(null);
  }
  channel.close();
  const undisturbed = await lastFrame(service.session(options).train({ a: spec }));
  expect(workers).toHaveLength(2);
  expect(notices).toEqual(['The graphics context was lost. The run goes on in a fresh worker.']);
  expect(steps).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(interrupted!.losses).toEqual(undisturbed.losses);
  expect(interrupted!.final).toEqual(undisturbed.final);
});

test('many seeds give the same numbers on one worker and on three', async () => {
  const { trainSeeds } = await import('../../../src/kit/trainSeeds');
  const { default: widget } = await import('../../../src/widgets/vanishing-depth/widget');
  const values = { ...defaults(widget.params), depth: 3, steps: 30 };
  const found: unknown[] = [];
  for (const workers of [1, 3]) {
    const many = createEngineService({ createWorker, workers });
    const results: unknown[] = [];
    for await (const { seed, result } of trainSeeds(widget, values, [1, 2, 3, 4, 5], many))
      results.push({ seed, result });
    many.close();
    found.push(results);
  }
  expect(found[0]).toHaveLength(5);
  expect(found[1]).toEqual(found[0]);
});

test('a wrong field rejects with a sentence', async () => {
  service = createEngineService({ createWorker, workers: 1 });
  const session = service.session({ backend: 'cpu', pace: () => ({ steps: 1, milliseconds: 10 }) });
  const wrong = { ...spec, batchSize: 5000 };
  await expect(lastFrame(session.train({ a: wrong }))).rejects.toMatchObject({
    name: 'SpecError',
    field: 'batchSize',
    message: 'batchSize is 5000; allowed: at most 1437, the size of the training part of digits.',
  });
});
