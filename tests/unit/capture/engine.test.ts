/** The engine on captured programs: the same runs as on cpu, the same bits every time. */
import { describe, expect, it } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import type { BackendName, LaneFrame, TrainingSpec } from '../../../src/engine/types';
import type { TrainingResult } from '../../../src/kit/widget';
import { getRecording, getRecordings } from '../../../src/registry/server';
import { Backends } from '../../../src/engine/service/backends';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import { initialValues } from '../../../src/engine/run/initialValues';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { defineStep } from '../../../src/engine/step/step';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { loadTask, type Batch } from '../../../src/engine/tasks';
import { presets, specsOf } from './presets';
import { deviation } from './steps';

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

/** Parameters and optimizer state after some steps of `base`, its learning rate times a factor. */
async function valuesAfter(
  name: BackendName,
  steps: number,
  factor: (step: number) => number = () => 1,
): Promise<Map<string, Float32Array>> {
  const backend = await new Backends({ wasmLocation }).open(name);
  await backend.activate();
  const spec = resolveSpec(base);
  const task = await loadTask(spec.task);
  const definition = defineStep(spec, shapeOf(spec.task));
  const shape = shapeOf(spec.task);
  const executor = await backend.factory({ spec, shape, definition, collect: [] });
  const batch = (step: number): Batch => task.batch(spec.seed, step, spec.batchSize);
  executor.load(await initialValues(spec, definition, batch(0)));
  const rate = definition.hyper.findIndex((hyper) => /rate/i.test(hyper));
  expect(rate).toBeGreaterThanOrEqual(0);
  for (let step = 0; step < steps; step++) {
    const hyper = definition
      .valuesAt(step)
      .map((value, i) => (i === rate ? (value as number) * factor(step) : value));
    executor.step(batch(step), String(step), hyper, false);
    await executor.read();
  }
  const { parameters, state } = await executor.values();
  executor.dispose();
  return new Map([
    ...definition.parameters.map((info, i) => [info.name, parameters[i]!] as const),
    ...definition.state.map((info, i) => [info.name, state[i]!] as const),
  ]);
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

  it('has the tensors of cpu after 70 steps of Adam', async () => {
    const [expected, actual] = [await valuesAfter('cpu', 70), await valuesAfter('captured', 70)];
    // A hundred times the limit of five steps: rounding grows with each step.
    for (const [name, numbers] of expected)
      expect(deviation(actual.get(name)!, numbers), name).toBeLessThan(1e-3);
  });

  it('has them after 100 steps at a learning rate that changes on the way', async () => {
    const factor = (step: number): number => (step < 40 ? 1 : step < 70 ? 0.3 : 3);
    const expected = await valuesAfter('cpu', 100, factor);
    const actual = await valuesAfter('captured', 100, factor);
    for (const [name, numbers] of expected)
      expect(deviation(actual.get(name)!, numbers), name).toBeLessThan(1e-3);
    const unchanged = await valuesAfter('captured', 100);
    expect(deviation(unchanged.get('W1')!, expected.get('W1')!)).toBeGreaterThan(0.01);
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

  const diverging = presets.filter(([, widget, , key]) =>
    JSON.stringify(getRecordings(widget.id)[key] ?? null).includes('"firstNonFinite":{'),
  );

  it('knows presets that diverge', () => expect(diverging.length).toBeGreaterThan(5));

  it.each(diverging)(
    'finds the first non-finite value where eager backends do: %s',
    async (_, widget, values, key) => {
      const lanes = Object.values((getRecording(widget.id, key).result as TrainingResult).lanes);
      const specs = await specsOf(widget, values as never);
      expect(specs).toHaveLength(lanes.length);
      // That the others stay finite is asked of their recordings, which are run again.
      for (const spec of specs.filter((_, i) => lanes[i]!.firstNonFinite !== null)) {
        const actual = (await run('captured', spec, 50)).at(-1)!.firstNonFinite!;
        expect(actual).not.toBeNull();
        const steps = Math.min(spec.steps, actual.step + 2);
        // So many steps would take minutes on cpu.
        const eager = steps > 300 ? 'wasm' : 'cpu';
        const expected = (await run(eager, { ...spec, steps }, 50)).at(-1)!.firstNonFinite;
        expect(expected).not.toBeNull();
        expect(Math.abs(actual.step - expected!.step)).toBeLessThanOrEqual(1);
        expect(actual.phase).toBe(expected!.phase);
      }
    },
  );
});
