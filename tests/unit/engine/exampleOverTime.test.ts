/**
 * What the statistics of an example say of a recurrent network, unit by unit and gate by gate: against the float64
 * oracle, and against what must hold among them, on every backend that Node has.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Executor, ExecutorRequest } from '../../../src/engine/backends/executor';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import { captureTraining } from '../../../src/engine/capture/executor';
import { createOracle } from '../../../src/engine/oracle/executor';
import { initialValues } from '../../../src/engine/run/initialValues';
import { describeProgram } from '../../../src/engine/run/program';
import { Backends } from '../../../src/engine/service/backends';
import type { OpenBackend } from '../../../src/engine/service/records';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { frameKinds } from '../../../src/engine/statistics/collect';
import type { StatisticKind } from '../../../src/engine/step/slots';
import { defineStep } from '../../../src/engine/step/step';
import { loadTask } from '../../../src/engine/tasks';
import type { BackendName, RecurrentSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const HIDDEN = 5;
const LENGTH = 6;
const ROW = 3;
const steps = 3;
/** Float32 through six time steps and three updates, as a share of a tensor's largest entry. */
const tolerance = 2e-5;
const backendNames = ['cpu', 'wasm', 'captured'] as const satisfies BackendName[];
const cells = ['rnn', 'gruResetBefore', 'gruResetAfter', 'lstm'] as const;

const specOf = (network: Partial<RecurrentSpec>, length = LENGTH): TrainingSpec => ({
  ...small,
  network: {
    kind: 'recurrent',
    cell: 'lstm',
    hiddenSize: HIDDEN,
    initializer: { kind: 'glorotUniform' },
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
    ...network,
  },
  task: { kind: 'recall', length },
  examples: [ROW],
});

/** Every statistic of an example that a recurrent network has. */
const names = [
  ...['exampleInput', 'examplePreActivation', 'exampleGate', 'exampleActivation', 'exampleMemory'],
  ...['exampleOutput', 'exampleTarget'],
  ...['exampleSignalGradient', 'exampleHiddenGradient', 'exampleMemoryGradient'],
];

const backends = new Backends({ wasmLocation });
const open: Record<string, OpenBackend> = {};
beforeAll(async () => {
  for (const name of backendNames) open[name] = await backends.open(name);
});

/** One row of the sequences that a network is judged on. */
async function exampleOf(spec: TrainingSpec, row = ROW) {
  const resolved = resolveSpec(spec);
  const { inputSize, outputSize, length } = shapeOf(resolved.task);
  const { train, test: held } = (await loadTask(resolved.task)).evaluation(spec.seed);
  const { x, y, rows } = held ?? train;
  return {
    x: Float32Array.from({ length: length! * inputSize }, (_, i) => {
      const time = Math.floor(i / inputSize);
      return x[(time * rows + row) * inputSize + (i % inputSize)]!;
    }),
    y: y.slice(row * outputSize, (row + 1) * outputSize),
  };
}

/** The request of a lane that shows the example, and its batches. */
async function laneOf(given: TrainingSpec, collect: StatisticKind[]) {
  const spec = resolveSpec(given);
  const shape = shapeOf(spec.task);
  const task = await loadTask(spec.task);
  const definition = defineStep(spec, shape);
  const examples = await exampleOf(given);
  const request: ExecutorRequest = { spec, shape, definition, collect, examples };
  const batch = (step: number) => task.batch(spec.seed, step, spec.batchSize);
  return { request, batch };
}

describe.each(cells)('%s', (cell) => {
  const spec = specOf({
    cell,
    ...(cell === 'lstm' && { forgetBias: 1 }),
    ...(cell === 'gruResetAfter' && { recurrentCandidateBias: 0.3 }),
  });
  const kinds = frameKinds(resolveSpec(spec), names).collect;

  test.each(backendNames)('agrees with the oracle on %s', async (name) => {
    const { request, batch } = await laneOf(spec, kinds);
    const { definition } = request;
    await open[name]!.activate();
    const values = await initialValues(request.spec, definition, batch(0));
    const tested = await open[name]!.factory(request);
    const oracle = createOracle(request);
    const seen = new Set<StatisticKind>();
    try {
      for (const executor of [tested, oracle]) executor.load(values);
      for (let step = 0; step <= steps; step++) {
        for (const executor of [tested, oracle])
          executor.step(batch(step), String(step), definition.valuesAt(step), true);
        const [found, expected] = [(await tested.read()).statistics!, await oracle.read()];
        for (const [i, slot] of tested.slots.entries()) {
          const other = oracle.slots[i]!;
          const part = expected.statistics!.subarray(other.offset, other.offset + other.size);
          const largest = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          if (largest > 0) seen.add(slot.kind);
          part.forEach((value, k) =>
            expect(
              Math.abs(found[slot.offset + k]! - value),
              `${slot.kind} ${slot.name}[${k}] at step ${step}`,
            ).toBeLessThanOrEqual(tolerance * largest),
          );
        }
      }
      // What starts from no state at all may be 0, but nothing is at every time step.
      expect([...seen]).toEqual(
        tested.slots.map(({ kind }) => kind).filter((kind, i, all) => all.indexOf(kind) === i),
      );
    } finally {
      tested.dispose();
    }
  });

  test('the gradients of a gate add up to the slope of the loss along its bias, by central differences', async () => {
    const { request, batch } = await laneOf(spec, kinds);
    const { definition } = request;
    const start = await initialValues(request.spec, definition, batch(0));
    const executor = createOracle(request);
    const loss = async (values: typeof start): Promise<number> => {
      const output = [...(await read(executor, values))('exampleOutput')];
      const top = Math.max(...output);
      const sum = output.reduce((total, o) => total + Math.exp(o - top), 0);
      return Math.log(sum) - (output[[...request.examples!.y].indexOf(1)]! - top);
    };
    async function read(on: Executor, values: typeof start) {
      on.load(values);
      on.step(batch(0), '', definition.valuesAt(0), true);
      const { statistics } = await on.read();
      return (kind: StatisticKind, gate?: string): number[] =>
        on.slots
          .filter((slot) => slot.kind === kind && slot.gate === gate)
          .flatMap(({ offset, size }) => [...statistics!.subarray(offset, offset + size)]);
    }
    const gates = cell === 'rnn' ? [''] : cell === 'lstm' ? ['f', 'i', 'g', 'o'] : ['r', 'z', 'n'];
    const told = await read(executor, start);
    for (const gate of gates) {
      const gradients =
        cell === 'rnn' ? told('exampleSignalGradient') : told('exampleGateGradient', gate);
      expect(gradients).toHaveLength(LENGTH * HIDDEN);
      const index = definition.parameters.findIndex(({ name }) => name === `b${gate}`);
      for (let unit = 0; unit < HIDDEN; unit++) {
        const sum = gradients.reduce((total, g, i) => total + (i % HIDDEN === unit ? g : 0), 0);
        // The biases are stored in float32, so the step is one that float32 holds.
        const moved = (by: number) => ({
          ...start,
          parameters: start.parameters.map((values, i) =>
            i === index ? values.map((value, k) => (k === unit ? value + by : value)) : values,
          ),
        });
        const [up, down] = [moved(2 ** -12), moved(-(2 ** -12))];
        const distance = up.parameters[index]![unit]! - down.parameters[index]![unit]!;
        const slope = ((await loss(up)) - (await loss(down))) / distance;
        // The error of a central difference goes with the square of its step, a millionth.
        expect(Math.abs(slope - sum), `b${gate}[${unit}]`).toBeLessThan(2e-6);
      }
    }
  });

  test('a run tells every unit, time step by time step, and its sequence stays the same', async () => {
    const frames = await framesOf(spec, { backend: 'captured', statistics: names });
    const { x, y } = await exampleOf(spec);
    for (const { extra } of frames) {
      expect(extra!['exampleInput']).toEqual([...x]);
      expect(extra!['exampleTarget']).toEqual([...y]);
      expect(extra!['exampleActivation']).toHaveLength(LENGTH * HIDDEN);
    }
    const gates = Object.keys(frames[0]!.extra!).filter((name) =>
      name.startsWith('exampleSignalGradient'),
    );
    const suffixes = { rnn: [''], lstm: ['.f', '.i', '.g', '.o'] }[cell as string] ?? [
      '.r',
      '.z',
      '.n',
      '.q',
    ];
    expect(gates).toEqual(suffixes.map((suffix) => `exampleSignalGradient${suffix}`));
  });

  test('training is the same to the last bit, whatever is looked at', async () => {
    const course = (frames: Awaited<ReturnType<typeof framesOf>>) =>
      frames.map(({ losses, final }) => ({ losses, final }));
    const plain = await framesOf(spec, { backend: 'captured' });
    const looked = await framesOf(spec, { backend: 'captured', statistics: names });
    const other = await framesOf(
      { ...spec, examples: [8] },
      { backend: 'captured', statistics: names },
    );
    expect(course(looked)).toEqual(course(plain));
    expect(course(other)).toEqual(course(plain));
    expect(other[0]!.extra!['exampleInput']).not.toEqual(looked[0]!.extra!['exampleInput']);
  });

  test('a program over 200 time steps with all of it needs less than 64 MB', () => {
    const long = resolveSpec({
      ...specOf({ cell, hiddenSize: 16 }, 200),
      batchSize: 16,
    });
    const shape = shapeOf(long.task);
    const request = { spec: long, shape, definition: defineStep(long, shape) };
    const examples = {
      x: new Float32Array(200 * shape.inputSize),
      y: new Float32Array(shape.outputSize),
    };
    const program = describeProgram(
      captureTraining({ ...request, ...frameKinds(long, names), examples }),
    );
    const bytes =
      program.arenaBytes + program.stateBytes + program.feedBytes + program.programBytes;
    expect(bytes).toBeGreaterThan(1e5);
    expect(bytes).toBeLessThan(64 * 2 ** 20);
  });
});

/** Sigmoid of what a gate has, for one unit at one time step. */
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

test('an LSTM: c keeps, h shows, and the gradient of c comes through o and through the next forget gate', async () => {
  const [frame] = await framesOf(specOf({ forgetBias: 1 }), {
    backend: 'captured',
    statistics: names,
  });
  const extra = frame!.extra!;
  const of = (name: string, t: number, u: number): number => extra[name]![t * HIDDEN + u]!;
  for (let t = 0; t < LENGTH; t++) {
    for (let u = 0; u < HIDDEN; u++) {
      const gate = (name: string, at = t): number => of(`exampleGate.${name}`, at, u);
      expect(gate('f')).toBeCloseTo(sigmoid(of('examplePreActivation.f', t, u)), 12);
      const c = of('exampleMemory', t, u);
      const before = t === 0 ? 0 : of('exampleMemory', t - 1, u);
      const g = gate('g');
      expect(g).toBeCloseTo(Math.tanh(of('examplePreActivation.g', t, u)), 12);
      expect(gate('f') * before + gate('i') * g).toBeCloseTo(c, 6);
      expect(gate('o') * Math.tanh(c)).toBeCloseTo(of('exampleActivation', t, u), 6);
      const dh = of('exampleHiddenGradient', t, u);
      const later = t === LENGTH - 1 ? 0 : of('exampleMemoryGradient', t + 1, u) * gate('f', t + 1);
      const dc = dh * gate('o') * (1 - Math.tanh(c) ** 2) + later;
      expect(dc).toBeCloseTo(of('exampleMemoryGradient', t, u), 6);
      const df = of('exampleMemoryGradient', t, u) * before * gate('f') * (1 - gate('f'));
      expect(df).toBeCloseTo(of('exampleSignalGradient.f', t, u), 6);
    }
  }
});

test.each(['gruResetBefore', 'gruResetAfter'] as const)(
  '%s: h mixes, and the reset path carries what it should',
  async (cell) => {
    const [frame] = await framesOf(specOf({ cell }), {
      backend: 'captured',
      statistics: names,
    });
    const extra = frame!.extra!;
    const of = (name: string, t: number, u: number): number => extra[name]![t * HIDDEN + u]!;
    for (let t = 0; t < LENGTH; t++) {
      for (let u = 0; u < HIDDEN; u++) {
        const r = sigmoid(of('examplePreActivation.r', t, u));
        const z = sigmoid(of('examplePreActivation.z', t, u));
        const n = Math.tanh(of('examplePreActivation.n', t, u));
        const before = t === 0 ? 0 : of('exampleActivation', t - 1, u);
        expect((1 - z) * n + z * before).toBeCloseTo(of('exampleActivation', t, u), 6);
        const dh = of('exampleHiddenGradient', t, u);
        expect(dh * (1 - z) * (1 - n * n)).toBeCloseTo(of('exampleSignalGradient.n', t, u), 6);
        const q = of('examplePreActivation.q', t, u);
        const dq = of('exampleSignalGradient.q', t, u);
        const dr = of('exampleSignalGradient.r', t, u) / (r * (1 - r));
        if (cell === 'gruResetBefore') {
          expect(r * before).toBeCloseTo(q, 6);
          expect(dq * before).toBeCloseTo(dr, 6);
        } else {
          const dn = of('exampleSignalGradient.n', t, u);
          expect(dn * r).toBeCloseTo(dq, 6);
          expect(dn * q).toBeCloseTo(dr, 6);
        }
      }
    }
  },
);

describe('what has none of it is refused', () => {
  test('a network that is read at every time step', async () => {
    const every = { ...specOf({ readout: 'every' }), steps: 0 };
    await expect(framesOf(every, { statistics: ['exampleActivation'] })).rejects.toThrow(
      'it is for an mlp, or a recurrent network read out at its last time step',
    );
  });

  test('gates and memory of an mlp', async () => {
    const mlp: TrainingSpec = {
      ...small,
      network: {
        ...{ kind: 'mlp', depth: 2, width: 4, activation: 'tanh' },
        initializer: { kind: 'leCunNormal' },
      },
      steps: 0,
    };
    for (const name of ['exampleGate', 'exampleMemory', 'exampleMemoryGradient'])
      await expect(framesOf(mlp, { statistics: [name] })).rejects.toThrow(
        `statistics holds ${name}, which there is none of in a network of kind "mlp"`,
      );
  });

  test('a row beyond the sequences that it is judged on', async () => {
    await expect(framesOf({ ...specOf({}), examples: [256] })).rejects.toThrow(
      'examples is 256; allowed: rows up to 255; recall is judged on 256',
    );
  });

  test('not an image that is read in pieces', async () => {
    const spec: TrainingSpec = {
      ...specOf({}),
      task: { kind: 'delayedDigits', delay: 2 },
      steps: 0,
    };
    const [frame] = await framesOf(spec, { backend: 'captured', statistics: ['exampleInput'] });
    const { x } = await exampleOf(spec);
    expect(frame!.extra!['exampleInput']).toEqual([...x]);
    expect(x).toHaveLength(10 * 8);
  });
});
