import { valuesOf } from './device';
import type { Executor, ExecutorRequest, StepReport, TensorValues } from './executor';
import { inputShape, outputShape } from '../spec/shapes';
import { summaryOf } from '../statistics/summary';
import { scalarCount } from '../step/slots';
import { concat, keep, reshape, scalar, tensor, tidy } from '../step/tf';
import type { StepValue } from '../step/step';
import type { Tensor } from '../step/tf';
import type { Batch } from '../tasks';

/** Runs a lane on the tfjs backend that is set, op by op. */
export function createTfExecutor({
  definition,
  shape,
  spec,
  collect,
  summarize = [],
  examples,
}: ExecutorRequest): Executor {
  const summarizedKinds = summarize.map(({ kind }) => kind);
  const kinds = [...new Set([...collect, ...summarizedKinds])];
  const all = definition.slotsOf(kinds);
  const slots = all.filter(({ kind }) => collect.includes(kind));
  const summarized = all.filter(({ kind }) => summarizedKinds.includes(kind));
  let parameters: Tensor[] = [];
  let state: Tensor[] = [];
  let marked: { parameters: Tensor[]; state: Tensor[] } | null = null;
  let reports: Tensor[] = [];
  let lastCollects = false;
  let batchTensors: { key: string; x: Tensor; y: Tensor } | null = null;
  const scalars = new Map<string, Tensor>();
  let exampleTensors: { x: Tensor; y: Tensor } | null = null;

  const owned = (tensors: Tensor[]): Tensor[] => tensors.map((t) => keep(t));
  const drop = (tensors: readonly Tensor[], kept: readonly Tensor[] = []): void => {
    for (const t of tensors) if (!kept.includes(t)) t.dispose();
  };

  function upload(batch: Batch, key: string): { x: Tensor; y: Tensor } {
    if (batchTensors?.key === key) return batchTensors;
    if (batchTensors) drop([batchTensors.x, batchTensors.y]);
    batchTensors = {
      key,
      x: keep(tensor(batch.x, inputShape(shape, spec.batchSize))),
      y: keep(tensor(batch.y, outputShape(spec, shape))),
    };
    return batchTensors;
  }

  /** The rows for the examples' own pass; none where nothing of it is asked for. */
  function uploadExamples(): { examples?: { x: Tensor; y: Tensor } } {
    if (!examples) return {};
    exampleTensors ??= {
      x: keep(tensor(examples.x, inputShape(shape, spec.examples.length))),
      y: keep(tensor(examples.y, [spec.examples.length, shape.outputSize])),
    };
    return { examples: exampleTensors };
  }

  /** Per-step scalars; one that keeps its value keeps its tensor. */
  function hyperTensors(values: readonly StepValue[]): Tensor[] {
    return definition.hyper.map((name, i) => {
      const value = values[i] as number;
      const old = scalars.get(name);
      if (old && old.shape.length === 0 && hyperValues.get(name) === value) return old;
      old?.dispose();
      const made = keep(scalar(value));
      scalars.set(name, made);
      hyperValues.set(name, value);
      return made;
    });
  }
  const hyperValues = new Map<string, number>();

  const noiseTensors = (values: readonly StepValue[]): Tensor[] =>
    definition.noise.map(({ shape: size }, i) =>
      keep(tensor(values[definition.hyper.length + i] as Float32Array, size)),
    );

  return {
    slots,
    summarized,
    load(values) {
      drop([...parameters, ...state], marked ? [...marked.parameters, ...marked.state] : []);
      parameters = owned(
        values.parameters.map((v, i) => tensor(v, definition.parameters[i]!.shape)),
      );
      state = owned(values.state.map((v, i) => tensor(v, definition.state[i]!.shape)));
    },
    step(batch, key, values, collects) {
      const { x, y } = upload(batch, key);
      const [hyper, noise] = [hyperTensors(values), noiseTensors(values)];
      const outputs = definition.run(
        { parameters, state, x, y, hyper, noise, ...uploadExamples() },
        collects ? kinds : [],
      );
      drop(noise);
      drop([...parameters, ...state], marked ? [...marked.parameters, ...marked.state] : []);
      parameters = outputs.parameters;
      state = outputs.state;
      reports.push(outputs.statistics);
      drop(outputs.collected);
      lastCollects = collects;
    },
    async read(): Promise<StepReport> {
      if (reports.length === 0) return nothing(new Float32Array(0));
      const flat = tidy(() =>
        reports.length === 1 ? reshape(reports[0]!, [-1]) : concat(reports),
      );
      drop(reports);
      const steps = reports.length;
      const collected = lastCollects;
      reports = [];
      lastCollects = false;
      const data = await valuesOf(flat);
      flat.dispose();
      if (!collected) return nothing(data);
      const start = (steps - 1) * scalarCount;
      const statistics = data.subarray(start);
      return {
        scalars: data.slice(0, start + scalarCount),
        statistics,
        summaries: summarized.map((slot) => summaryOf(statistics, slot)),
      };
    },
    mark() {
      if (marked) drop([...marked.parameters, ...marked.state], [...parameters, ...state]);
      marked = { parameters, state };
    },
    rewind() {
      if (!marked) return;
      drop([...parameters, ...state], [...marked.parameters, ...marked.state]);
      ({ parameters, state } = marked);
      drop(reports);
      reports = [];
    },
    async values(): Promise<TensorValues> {
      const read = (tensors: Tensor[]): Promise<Float32Array[]> =>
        Promise.all(tensors.map(valuesOf));
      return { parameters: await read(parameters), state: await read(state) };
    },
    async infer(x, rows) {
      const output = tidy(() =>
        definition.infer(parameters, state, tensor(x, inputShape(shape, rows))),
      );
      const data = await valuesOf(output);
      output.dispose();
      return data;
    },
    dispose() {
      drop([...parameters, ...state], marked ? [...marked.parameters, ...marked.state] : []);
      if (marked) drop([...marked.parameters, ...marked.state]);
      drop(reports);
      drop([...scalars.values()]);
      if (batchTensors) drop([batchTensors.x, batchTensors.y]);
      if (exampleTensors) drop([exampleTensors.x, exampleTensors.y]);
      marked = null;
      batchTensors = null;
      exampleTensors = null;
      parameters = [];
      state = [];
      reports = [];
      scalars.clear();
    },
  };
}

const nothing = (scalars: Float32Array): StepReport => ({
  scalars,
  statistics: null,
  summaries: null,
});
