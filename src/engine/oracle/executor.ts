import type { Executor, ExecutorRequest } from '../backends/executor';
import type { ResolvedClip, ResolvedOptimizer, ResolvedSpec } from '../spec/resolved';
import type { StatisticKind } from '../step/slots';
import { forward } from './networks';
import type { Trace } from './networks';
import { Matrix, Tape } from './tape';

type Vectors = Record<string, Float64Array>;

/**
 * One lane in double precision, written from the formulas alone. It answers in Float64Arrays where
 * the interface says Float32Array; the reference check reads numbers and does not mind.
 */
export function createOracle({
  spec,
  shape,
  definition,
  collect,
  examples,
}: ExecutorRequest): Executor {
  const slots = definition.slotsOf(collect);
  const infos = definition.parameters;
  let parameters: Vectors = {};
  let moments: Record<string, Vectors> = {};
  let running: { mean: Float64Array; variance: Float64Array }[] = [];
  let step = 0;
  let report: { scalars: number[]; statistics: Float64Array } = {
    scalars: [],
    statistics: new Float64Array(0),
  };

  const matrices = (): Map<string, Matrix> =>
    new Map(
      infos.map(({ name, shape: s }) => [
        name,
        new Matrix(s.length === 1 ? 1 : s[0]!, s.at(-1)!, parameters[name]),
      ]),
    );

  function evaluate(
    batch: { x: Float32Array; y: Float32Array },
    noise: readonly ArrayLike<number>[],
  ): void {
    const tape = new Tape();
    const weights = matrices();
    const trace = forward(tape, spec, shape, (name) => weights.get(name)!, batch.x, null, noise);
    const loss = lossOf(tape, trace, batch.y);
    let total = loss;
    if (spec.penalty) {
      const { l1, l2, tensors } = spec.penalty;
      for (const { name, role } of infos) {
        if (tensors ? tensors.includes(name) : role === 'weight')
          total = tape.add(total, tape.penalty(weights.get(name)!, l1, l2));
      }
    }
    tape.backward(total);
    const raw: Vectors = Object.fromEntries(
      infos.map(({ name }) => [name, weights.get(name)!.gradient]),
    );
    const clipped = spec.clip ? clip(raw, spec.clip, spec.task.kind === 'cliff') : raw;
    report = {
      scalars: [loss.data[0]!, 0, total.data[0]! - loss.data[0]!],
      statistics: lay(trace, raw, clipped),
    };
    step++;
    const learningRate = spec.optimizer.learningRate * warmth(spec, step) * decayed(spec, step);
    for (const { name, role } of infos) {
      moments[name] ??= {};
      parameters[name] = update(
        spec.optimizer,
        shrunk(parameters[name]!, name, role, learningRate),
        clipped[name]!,
        moments[name],
        step,
        learningRate,
      );
    }
    if (spec.network.kind === 'mlp' && spec.network.batchNorm)
      average(trace, spec.network.batchNorm.momentum);
  }

  /** Decoupled decay of a penalized tensor: (1 − ηλ)w. */
  function shrunk(p: Float64Array, name: string, role: string, learningRate: number): Float64Array {
    if (!spec.penalty) return p;
    const { weightDecay, tensors } = spec.penalty;
    const applies = tensors ? tensors.includes(name) : role === 'weight';
    const kept = 1 - learningRate * weightDecay;
    return applies ? p.map((value) => kept * value) : p;
  }

  /** The examples in inference with the present parameters, and their own loss taken back to every z, h and c. */
  function passExamples(): Trace | null {
    if (!examples) return null;
    const tape = new Tape();
    const weights = matrices();
    const trace = forward(tape, spec, shape, (name) => weights.get(name)!, examples.x, running);
    tape.backward(lossOf(tape, trace, examples.y));
    return trace;
  }

  const lossOf = (tape: Tape, { output }: Trace, y: Float32Array): Matrix =>
    spec.loss.kind === 'softmaxCrossEntropy'
      ? tape.crossEntropy(output, y)
      : tape.squaredError(output, y, spec.loss.reduction);

  /** Running statistics: r ← (1 − m)r + m·batch, the variance unbiased. */
  function average(trace: Trace, momentum: number): void {
    const rows = spec.batchSize;
    running = trace.moments.map(({ mean, variance }, i) => {
      const old = running[i]!;
      const mix = (a: Float64Array, b: Float64Array, factor: number): Float64Array =>
        a.map((value, k) => (1 - momentum) * value + momentum * factor * b[k]!);
      return {
        mean: mix(old.mean, mean, 1),
        variance: mix(old.variance, variance, rows / (rows - 1)),
      };
    });
  }

  function lay(trace: Trace, raw: Vectors, clipped: Vectors): Float64Array {
    const last = slots.at(-1);
    const flat = new Float64Array(last ? last.offset + last.size : 3);
    const counts = new Map<StatisticKind, number>();
    const shown = passExamples();
    for (const slot of slots) {
      const index = counts.get(slot.kind) ?? 0;
      counts.set(slot.kind, index + 1);
      const sources: Partial<Record<StatisticKind, ArrayLike<number> | undefined>> = {
        preActivation: trace.preActivations[index]?.data,
        activation: trace.activations[index]?.data,
        gate: trace.gates[index]?.data,
        cell: trace.cells[index]?.data,
        output: trace.output.data,
        signalGradient: trace.preActivations[index]?.gradient,
        gateGradient: trace.gates[index]?.gradient,
        hiddenGradient: trace.activations[index]?.gradient,
        cellGradient: trace.cells[index]?.gradient,
        timeStepGradient: trace.uses[index]?.gradient,
        gradient: raw[slot.name],
        clippedGradient: clipped[slot.name],
        parameter: parameters[slot.name],
        exampleInput: examples?.x,
        examplePreActivation: shown?.preActivations[index]?.data,
        exampleGate: shown?.gates[index]?.data,
        exampleReset: shown?.resets[index]?.data,
        exampleActivation: shown?.activations[index]?.data,
        exampleCell: shown?.cells[index]?.data,
        exampleOutput: shown?.output.data,
        exampleTarget: examples?.y,
        exampleSignalGradient: shown?.preActivations[index]?.gradient,
        exampleGateGradient: shown?.gates[index]?.gradient,
        exampleResetGradient: shown?.resets[index]?.gradient,
        exampleHiddenGradient: shown?.activations[index]?.gradient,
        exampleCellGradient: shown?.cells[index]?.gradient,
      };
      flat.set(sources[slot.kind]!, slot.offset);
    }
    return flat;
  }

  const single = (values: Float64Array): Float32Array => values as unknown as Float32Array;
  return {
    slots,
    summarized: [],
    load(values) {
      parameters = Object.fromEntries(
        infos.map(({ name }, i) => [name, Float64Array.from(values.parameters[i]!)]),
      );
      moments = {};
      running = startOf(spec);
      step = 0;
    },
    step: (batch, _key, values) =>
      evaluate(batch, values.slice(definition.hyper.length) as Float32Array[]),
    read: () =>
      Promise.resolve({
        scalars: single(Float64Array.from(report.scalars)),
        statistics: single(report.statistics),
        summaries: [],
      }),
    mark() {},
    rewind() {},
    values: () =>
      Promise.resolve({
        parameters: infos.map(({ name }) => single(parameters[name]!)),
        state: definition.state.map(({ name, shape: s }) => {
          const layer = Number(/\d+$/.exec(name)?.[0] ?? 1) - 1;
          if (name.startsWith('runningMean')) return single(running[layer]!.mean);
          if (name.startsWith('runningVariance')) return single(running[layer]!.variance);
          return new Float32Array(s.reduce((product, n) => product * n, 1));
        }),
      }),
    infer: (x) => {
      const weights = matrices();
      const { output } = forward(new Tape(), spec, shape, (name) => weights.get(name)!, x, running);
      return Promise.resolve(single(output.data));
    },
    dispose() {},
  };
}

/** Batch norm's running statistics before the first batch. */
const startOf = ({ network }: ResolvedSpec): { mean: Float64Array; variance: Float64Array }[] =>
  network.kind === 'mlp' && network.batchNorm
    ? Array.from({ length: network.depth }, () => ({
        mean: new Float64Array(network.width),
        variance: new Float64Array(network.width).fill(1),
      }))
    : [];

/** With `apart` a norm is taken for each place, over what the tensors have there. */
function clip(gradients: Vectors, spec: ResolvedClip, apart: boolean): Vectors {
  const each = (change: (g: Float64Array) => Float64Array): Vectors =>
    Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, change(g)]));
  if (spec.kind === 'value')
    return each((g) => g.map((v) => Math.max(-spec.maxValue, Math.min(spec.maxValue, v))));
  const shrink = (norm: number): number => Math.min(1, spec.maxNorm / (norm + spec.epsilon));
  if (apart) {
    const all = Object.values(gradients);
    const normAt = (g: Float64Array, i: number): number =>
      spec.kind === 'globalNorm' ? Math.hypot(...all.map((other) => other[i]!)) : Math.abs(g[i]!);
    return each((g) => g.map((v, i) => v * shrink(normAt(g, i))));
  }
  if (spec.kind === 'perTensorNorm') return each((g) => g.map((v) => v * shrink(Math.hypot(...g))));
  const factor = shrink(Math.hypot(...Object.values(gradients).map((g) => Math.hypot(...g))));
  return each((g) => g.map((v) => v * factor));
}

/** The share of the learning rate that the warm-up lets update t = 1, 2, … have. */
const warmth = ({ schedule }: ResolvedSpec, t: number): number =>
  Math.min(1, t / (schedule?.warmUp ?? 1));

/** The share that the decay leaves of it, from the end of the warm-up on. */
function decayed({ schedule, steps }: ResolvedSpec, t: number): number {
  const decay = schedule?.decay;
  const before = Math.max(0, t - 1 - (schedule?.warmUp ?? 0));
  if (!decay) return 1;
  if (decay.kind === 'step')
    return Array.from({ length: before }, (_, k) =>
      (k + 1) % decay.every === 0 ? decay.factor : 1,
    ).reduce((product, factor) => product * factor, 1);
  // (1 + cos 2α)/2 is cos² α.
  const whole = decay.steps ?? steps - (schedule?.warmUp ?? 0);
  const angle = (Math.PI / 2) * (before < whole ? before / whole : 1);
  return 1 - (1 - decay.to) * Math.sin(angle) ** 2;
}

/** One optimizer update of one tensor; changes its moments. */
function update(
  spec: ResolvedOptimizer,
  p: Float64Array,
  g: Float64Array,
  kept: Vectors,
  t: number,
  rate: number,
): Float64Array {
  const slot = (name: string): Float64Array => (kept[name] ??= new Float64Array(p.length));
  switch (spec.kind) {
    case 'sgd':
      return p.map((value, i) => value - rate * g[i]!);
    case 'momentum':
    case 'nesterov': {
      const v = slot('v');
      return p.map((value, i) => {
        v[i] = spec.momentum * v[i]! + g[i]!;
        return value - rate * (spec.kind === 'nesterov' ? g[i]! + spec.momentum * v[i] : v[i]);
      });
    }
    case 'rmsprop': {
      const v = slot('v');
      return p.map((value, i) => {
        v[i] = spec.decay * v[i]! + (1 - spec.decay) * g[i]! ** 2;
        return value - (rate * g[i]!) / (Math.sqrt(v[i]) + spec.epsilon);
      });
    }
    case 'adam':
    case 'adamw': {
      const [m, v] = [slot('m'), slot('v')];
      const decay = spec.kind === 'adamw' ? rate * spec.weightDecay : 0;
      return p.map((value, i) => {
        m[i] = spec.beta1 * m[i]! + (1 - spec.beta1) * g[i]!;
        v[i] = spec.beta2 * v[i]! + (1 - spec.beta2) * g[i]! ** 2;
        const first = m[i] / (1 - spec.beta1 ** t);
        const second = v[i] / (1 - spec.beta2 ** t);
        return value - decay * value - (rate * first) / (Math.sqrt(second) + spec.epsilon);
      });
    }
  }
}
