/** Runs the engine's lanes on captured programs. */
import { BackendError } from '../backends/errors';
import type {
  Executor,
  ExecutorFactory,
  ExecutorRequest,
  StepReport,
  TensorValues,
} from '../backends/executor';
import { inputShape, outputShape } from '../spec/shapes';
import { scalarCount } from '../step/slots';
import type { StepDefinition, StepValue } from '../step/step';
import { slice } from '../step/tf';
import type { Batch } from '../tasks';
import { captureStep } from './capture.ts';
import { CaptureError, MemoryError } from './errors.ts';
import type { Program } from './program.ts';
import { Replay, type Arena } from './replay.ts';

/** Programs kept ready whatever their size; an older one is captured again when it is needed. */
const mostPrograms = 12;

/** Small ones are kept beyond that, as long as all together need no more memory, in bytes. */
const mostMemory = 64 * 2 ** 20;

/** But no more than so many: each has a memory of its own, and a browser reserves room for about a hundred. */
const mostMemories = 32;

/**
 * Makes executors on captured programs, each captured once a specification. Where a step cannot be
 * captured the lane runs on `eager`, and `note` hears a sentence that says why: which kernels are
 * missing, say.
 */
export function capturedFactory(
  eager: () => Promise<ExecutorFactory>,
  note: (sentence: string) => void,
): ExecutorFactory {
  const programs = new Map<string, Promise<Replay>>();
  /** What one run of each needs, in bytes, once it is captured. */
  const sizes = new Map<string, number>();

  function replayOf(key: string, capture: () => Promise<Replay>): Promise<Replay> {
    const known = programs.get(key);
    programs.delete(key);
    const replay = known ?? capture();
    programs.set(key, replay);
    replay.then(
      ({ program }) => sizes.set(key, program.arenaFloats * 4),
      () => programs.delete(key),
    );
    let memory = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const old of programs.keys()) {
      const few = memory <= mostMemory ? mostMemories : mostPrograms;
      if (programs.size <= few) break;
      programs.delete(old);
      memory -= sizes.get(old) ?? 0;
      sizes.delete(old);
    }
    return replay;
  }

  return async (request) => {
    const key = keyOf(request);
    try {
      const replay = await replayOf(key, () => Replay.create(captureTraining(request)));
      const inference = (rows: number): Promise<Replay> =>
        replayOf(`${key} inference ${rows}`, () => Replay.create(captureInference(request, rows)));
      return createCapturedExecutor(request, replay.arena(), inference, eager);
    } catch (error) {
      if (error instanceof RangeError || error instanceof MemoryError)
        throw new BackendError(error.message, 'unfit');
      if (!(error instanceof CaptureError)) throw error;
      note(`${error.message} This network therefore trains with plain tfjs, more slowly.`);
      return (await eager())(request);
    }
  };
}

/**
 * Everything that a program depends on: shapes and operations, not seeds, the number of steps, how the
 * weights are drawn, which examples are looked at, or the numbers of the optimizer and the schedule, which
 * are scalars that each step is given.
 */
function keyOf({ spec, shape, collect, summarize = [] }: ExecutorRequest): string {
  const network = Object.fromEntries(
    Object.entries(spec.network).filter(([name]) => !/initializer$/i.test(name)),
  );
  const optimizer = spec.optimizer.kind;
  return JSON.stringify([
    {
      ...{ ...spec, network, optimizer, schedule: null },
      ...{ seed: 0, steps: 0, examples: spec.examples.length },
    },
    ...[shape, collect, summarize],
  ]);
}

const stateName = (index: number): string => `state ${index}`;
const parameterName = (index: number): string => `parameter ${index}`;
const tensorName = (index: number): string => `tensor ${index}`;
const hyperName = (index: number): string => `hyper ${index}`;
const noiseName = (index: number): string => `noise ${index}`;
/** The names of what each step is given, in the order of `valuesAt`. */
const valueNames = ({ hyper, noise }: StepDefinition): string[] => [
  ...hyper.map((_, i) => hyperName(i)),
  ...noise.map((_, i) => noiseName(i)),
];

function stateInputs({ definition }: ExecutorRequest) {
  return [
    ...definition.parameters.map(({ shape }, i) => ({
      name: parameterName(i),
      role: 'state' as const,
      shape,
    })),
    ...definition.state.map(({ shape }, i) => ({
      name: stateName(i),
      role: 'state' as const,
      shape,
    })),
  ];
}

const exampleNames = { x: 'example x', y: 'example y' } as const;

/** What the examples' own pass reads, where something of it is asked for. */
const exampleInputs = ({ examples, spec, shape }: ExecutorRequest) =>
  examples === undefined
    ? []
    : [
        {
          name: exampleNames.x,
          role: 'feed' as const,
          shape: inputShape(shape, spec.examples.length),
        },
        {
          name: exampleNames.y,
          role: 'feed' as const,
          shape: [spec.examples.length, shape.outputSize],
        },
      ];

/** The values of the program's state, by the names that `captureTraining` gives it. */
export const stateOf = (
  { definition }: ExecutorRequest,
  { parameters, state }: TensorValues,
): Record<string, Float32Array> =>
  Object.fromEntries([
    ...definition.parameters.map((_, i) => [parameterName(i), parameters[i]!] as const),
    ...definition.state.map((_, i) => [stateName(i), state[i]!] as const),
  ]);

/** The values of the program's feeds for the batch of a step, by name. */
export const feedsOf = (
  { definition }: ExecutorRequest,
  { x, y }: Batch,
  step: number,
): Record<string, ArrayLike<number>> => {
  const values = definition.valuesAt(step);
  return {
    x,
    y,
    ...Object.fromEntries(
      valueNames(definition).map((name, i) => [name, entriesOf(values[i]!)] as const),
    ),
  };
};

const entriesOf = (value: StepValue): ArrayLike<number> =>
  typeof value === 'number' ? [value] : value;

/**
 * Captures one update with its loss; where it ends in a frame, the tensors that `collect` asks for,
 * and the statistics of those that `summarize` does.
 */
export function captureTraining(request: ExecutorRequest): Program {
  const { definition, spec, collect, summarize = [] } = request;
  const kinds = [...new Set([...collect, ...summarize.map(({ kind }) => kind)])];
  const slots = definition.slotsOf(kinds);
  return captureStep({
    inputs: [
      ...stateInputs(request),
      { name: 'x', role: 'feed', shape: inputShape(request.shape, spec.batchSize) },
      { name: 'y', role: 'feed', shape: outputShape(spec, request.shape) },
      ...definition.hyper.map((_, i) => ({ name: hyperName(i), role: 'feed' as const, shape: [] })),
      ...definition.noise.map(({ shape }, i) => ({
        name: noiseName(i),
        role: 'feed' as const,
        shape,
      })),
      ...exampleInputs(request),
    ],
    everyStep: ['scalars'],
    frame: slots.flatMap(({ kind }, i) => (collect.includes(kind) ? [tensorName(i)] : [])),
    statistics: slots.flatMap((slot, i) => {
      const wanted = summarize.find(({ kind }) => kind === slot.kind);
      return wanted ? [{ name: tensorName(i), measures: wanted.measures }] : [];
    }),
    step: (inputs) => {
      const outputs = definition.run(
        {
          parameters: definition.parameters.map((_, i) => inputs[parameterName(i)]!),
          state: definition.state.map((_, i) => inputs[stateName(i)]!),
          x: inputs['x']!,
          y: inputs['y']!,
          hyper: definition.hyper.map((_, i) => inputs[hyperName(i)]!),
          noise: definition.noise.map((_, i) => inputs[noiseName(i)]!),
          ...(request.examples && {
            examples: { x: inputs[exampleNames.x]!, y: inputs[exampleNames.y]! },
          }),
        },
        kinds,
      );
      return {
        scalars: slice(outputs.statistics, [0], [scalarCount]),
        ...Object.fromEntries(outputs.collected.map((t, i) => [tensorName(i), t])),
        ...Object.fromEntries(outputs.parameters.map((t, i) => [parameterName(i), t])),
        ...Object.fromEntries(outputs.state.map((t, i) => [stateName(i), t])),
      };
    },
  });
}

function captureInference(request: ExecutorRequest, rows: number) {
  const { definition } = request;
  return captureStep({
    inputs: [
      ...stateInputs(request),
      { name: 'x', role: 'feed', shape: inputShape(request.shape, rows) },
    ],
    step: (inputs) => ({
      output: definition.infer(
        definition.parameters.map((_, i) => inputs[parameterName(i)]!),
        definition.state.map((_, i) => inputs[stateName(i)]!),
        inputs['x']!,
      ),
    }),
  });
}

function createCapturedExecutor(
  request: ExecutorRequest,
  arena: Arena,
  inference: (rows: number) => Promise<Replay>,
  eager: () => Promise<ExecutorFactory>,
): Executor {
  const { definition, collect, summarize = [] } = request;
  const slots = definition.slotsOf(collect);
  const summarized = definition.slotsOf(summarize.map(({ kind }) => kind));
  const names = valueNames(definition);
  const marked = arena.save();
  if (request.examples) {
    const feeds = arena.feeds();
    feeds[exampleNames.x]!.set(request.examples.x);
    feeds[exampleNames.y]!.set(request.examples.y);
  }
  let scalars: Float32Array[] = [];
  let collected = false;
  let loadedKey: string | null = null;

  const writeAll = (target: Arena, values: TensorValues): void =>
    target.writeState(stateOf(request, values));
  const readAll = (): TensorValues => {
    const state = arena.readState();
    return {
      parameters: definition.parameters.map((_, i) => state[parameterName(i)]!),
      state: definition.state.map((_, i) => state[stateName(i)]!),
    };
  };

  return {
    slots,
    summarized,
    load: (values) => writeAll(arena, values),
    step(batch, batchKey, values, collects) {
      const feeds = arena.feeds();
      if (batchKey !== loadedKey) {
        feeds['x']!.set(batch.x);
        feeds['y']!.set(batch.y);
        loadedKey = batchKey;
      }
      values.forEach((value, i) => feeds[names[i]!]!.set(entriesOf(value)));
      scalars.push(arena.run(1, undefined, collects));
      collected = collects;
    },
    read(): Promise<StepReport> {
      const all = new Float32Array(scalars.length * scalarCount);
      scalars.forEach((row, i) => all.set(row, i * scalarCount));
      const last = scalars[scalars.length - 1];
      const reports = collected && last !== undefined;
      scalars = [];
      collected = false;
      return Promise.resolve({
        scalars: all,
        statistics: reports ? arena.frameAfter(last) : null,
        summaries: reports ? arena.summaries() : null,
      });
    },
    mark() {
      arena.save(marked);
    },
    rewind() {
      arena.restore(marked);
      scalars = [];
      collected = false;
    },
    values: () => Promise.resolve(readAll()),
    async infer(x, rows) {
      const values = readAll();
      const replay = await inference(rows).catch((error: unknown) => {
        if (error instanceof CaptureError && !(error instanceof MemoryError)) return null;
        throw error;
      });
      if (replay === null) {
        const plain = await (await eager())(request);
        try {
          plain.load(values);
          return await plain.infer(x, rows);
        } finally {
          plain.dispose();
        }
      }
      const other = replay.arena();
      writeAll(other, values);
      other.feeds()['x']!.set(x);
      other.run(1);
      const { output } = other.readFrame();
      other.dispose();
      return output!;
    },
    dispose: () => arena.dispose(),
  };
}
