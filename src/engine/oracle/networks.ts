import { normalizes, type ResolvedSpec } from '../spec/resolved';
import type { TaskShape } from '../spec/tasks';
import { activationDerivative, activationValue } from '../theory/activations';
import { oneUnitTimeSteps, type ActivationName } from '../spec/training';
import { Matrix } from './tape';
import type { Tape } from './tape';

/** What a forward pass leaves behind, in the order of the reference lists. */
export interface Trace {
  output: Matrix;
  preActivations: Matrix[];
  /** Of an LSTM or a GRU, gate by gate within a time step, in the order in which it computes them. */
  gates: Matrix[];
  /** Of a GRU: r·h where it resets before the product, Whn h + bhn where it resets after it. */
  resets: Matrix[];
  activations: Matrix[];
  cells: Matrix[];
  /** Each use of a cell's weight matrix, time step by time step. */
  uses: Matrix[];
  /** Mean and variance of each batch norm, this batch's, biased. */
  moments: { mean: Float64Array; variance: Float64Array }[];
}

type Get = (name: string) => Matrix;
/** Running mean and variance of each layer, for inference. */
export type Running = { mean: ArrayLike<number>; variance: ArrayLike<number> }[];

const apply = (tape: Tape, name: ActivationName, z: Matrix): Matrix =>
  tape.map(
    z,
    (v) => activationValue(name, v),
    (v) => activationDerivative(name, v),
  );

/**
 * The forward pass of a specification on one batch; with `running` in inference. `noise` is the scale and the
 * shift of each layer of a network with noise; without it they are at their means.
 */
export function forward(
  tape: Tape,
  spec: ResolvedSpec,
  shape: TaskShape,
  get: Get,
  x: ArrayLike<number>,
  running: Running | null,
  noise: readonly ArrayLike<number>[] = [],
): Trace {
  const rows = (): Matrix => new Matrix(x.length / shape.inputSize, shape.inputSize, x);
  switch (spec.network.kind) {
    case 'mlp':
      return forwardMlp(tape, spec.network, get, rows(), running, noise);
    case 'recurrent':
      return forwardRecurrent(tape, spec.network, shape, get, x);
    case 'oneUnit':
      return forwardOneUnit(
        tape,
        get,
        new Matrix(1, shape.outputSize, new Float64Array(shape.outputSize).fill(x[0]!)),
      );
  }
}

type Mlp = Extract<ResolvedSpec['network'], { kind: 'mlp' }>;

function forwardMlp(
  tape: Tape,
  net: Mlp,
  get: Get,
  x: Matrix,
  running: Running | null,
  noise: readonly ArrayLike<number>[],
): Trace {
  const trace: Trace = {
    output: x,
    preActivations: [],
    gates: [],
    resets: [],
    activations: [],
    cells: [],
    uses: [],
    moments: [],
  };
  const phi = (z: Matrix): Matrix => apply(tape, net.activation, z);
  const z = (matrix: Matrix): Matrix => (trace.preActivations.push(matrix), matrix);
  const h = (matrix: Matrix): Matrix => (trace.activations.push(matrix), matrix);
  const affine = (input: Matrix, l: number): Matrix =>
    tape.add(tape.product(input, get(`W${l}`)), get(`b${l}`));
  const disturbed = (z: Matrix, l: number): Matrix => {
    if (net.preActivationNoise === null) return z;
    const mean = (1 + net.preActivationNoise.scale) / 2;
    const [scale, shift] = [noise[2 * l - 2], noise[2 * l - 1]].map(
      (values) => values && new Matrix(z.rows, z.columns, values),
    );
    return scale && shift
      ? tape.add(tape.times(z, scale), shift)
      : tape.map(
          z,
          (v) => mean * v,
          () => mean,
        );
  };
  const norm = (u: Matrix, l: number): Matrix =>
    disturbed(normalizes(net) ? normalized(tape, net, u, get, l, running, trace) : u, l);
  const atHead = net.residual === 'preActivation';
  const layer = (input: Matrix, l: number): Matrix => {
    const u = normalizes(net) ? tape.product(input, get(`W${l}`)) : affine(input, l);
    return atHead ? u : norm(u, l);
  };
  const before = (u: Matrix, l: number): Matrix => (atHead ? norm(u, l) : u);
  const joined = (stem: Matrix, branch: Matrix): Matrix =>
    tape.combine(
      stem,
      branch,
      (a, b) => a + net.branchScale * b,
      () => 1,
      () => net.branchScale,
    );

  let current = x;
  switch (net.residual) {
    case 'none':
      for (let l = 1; l <= net.depth; l++) current = h(phi(z(layer(current, l))));
      break;
    case 'single':
      current = h(phi(z(layer(current, 1))));
      for (let l = 2; l <= net.depth; l++) current = h(joined(current, phi(z(layer(current, l)))));
      break;
    case 'postActivation':
      current = h(phi(z(layer(current, 1))));
      for (let l = 2; l < net.depth; l += 2) {
        const inner = h(phi(z(layer(current, l))));
        current = h(phi(z(joined(current, layer(inner, l + 1)))));
      }
      break;
    case 'preActivation':
      current = h(z(layer(current, 1)));
      for (let l = 2; l < net.depth; l += 2) {
        const inner = h(phi(z(before(layer(phi(before(current, l - 1)), l), l))));
        current = h(z(joined(current, layer(inner, l + 1))));
      }
      current = phi(before(current, net.depth));
      break;
  }
  trace.output = affine(current, net.depth + 1);
  trace.preActivations.push(trace.output);
  return trace;
}

/** γ(u − mean)/√(var + ε) + β, by the norm that the network has. */
function normalized(
  tape: Tape,
  { batchNorm, layerNorm, rmsNorm }: Mlp,
  u: Matrix,
  get: Get,
  l: number,
  running: Running | null,
  trace: Trace,
): Matrix {
  const square = (matrix: Matrix): Matrix =>
    tape.map(
      matrix,
      (v) => v * v,
      (v) => 2 * v,
    );
  const minus = (a: Matrix, b: Matrix): Matrix =>
    tape.combine(
      a,
      b,
      (x, y) => x - y,
      () => 1,
      () => -1,
    );
  const scaled = (centered: Matrix, variance: Matrix, epsilon: number): Matrix => {
    const scale = tape.map(
      variance,
      (v) => (v + epsilon) ** -0.5,
      (v) => -0.5 * (v + epsilon) ** -1.5,
    );
    return tape.add(tape.times(tape.times(centered, scale), get(`gamma${l}`)), get(`beta${l}`));
  };
  if (rmsNorm) return scaled(u, tape.rowMean(square(u)), rmsNorm.epsilon);
  if (layerNorm) {
    const centered = minus(u, tape.rowMean(u));
    return scaled(centered, tape.rowMean(square(centered)), layerNorm.epsilon);
  }
  const row = (values: ArrayLike<number>): Matrix => new Matrix(1, u.columns, values);
  const fixed = running?.[l - 1];
  const mean = fixed ? row(fixed.mean) : tape.columnMean(u);
  const centered = minus(u, mean);
  const variance = fixed ? row(fixed.variance) : tape.columnMean(square(centered));
  trace.moments.push({ mean: mean.data.slice(), variance: variance.data.slice() });
  return scaled(centered, variance, batchNorm!.epsilon);
}

type Recurrent = Extract<ResolvedSpec['network'], { kind: 'recurrent' }>;

function forwardRecurrent(
  tape: Tape,
  net: Recurrent,
  shape: TaskShape,
  get: Get,
  x: ArrayLike<number>,
): Trace {
  const trace: Trace = {
    output: new Matrix(0, 0),
    preActivations: [],
    gates: [],
    resets: [],
    activations: [],
    cells: [],
    uses: [],
    moments: [],
  };
  const length = shape.length!;
  const batch = x.length / length / shape.inputSize;
  const size = batch * shape.inputSize;
  let h = new Matrix(batch, net.hiddenSize);
  let c = new Matrix(batch, net.hiddenSize);
  const sigmoid = (z: Matrix): Matrix => apply(tape, 'sigmoid', z);
  const tanh = (z: Matrix): Matrix => apply(tape, 'tanh', z);
  const opposite = (z: Matrix): Matrix =>
    tape.map(
      z,
      (v) => 1 - v,
      () => -1,
    );
  for (let t = 0; t < length; t++) {
    const input = new Matrix(
      batch,
      shape.inputSize,
      Array.prototype.slice.call(x, t * size, (t + 1) * size),
    );
    const used = (name: string): Matrix => {
      const use = tape.map(
        get(name),
        (v) => v,
        () => 1,
      );
      trace.uses.push(use);
      return use;
    };
    const seen = (g: string): Matrix => tape.add(tape.product(input, used(`Wx${g}`)), get(`b${g}`));
    const shown = (z: Matrix): Matrix => (trace.gates.push(z), z);
    const shownReset = (q: Matrix): Matrix => (trace.resets.push(q), q);
    const preActivation = (g: string): Matrix => tape.add(seen(g), tape.product(h, used(`Wh${g}`)));
    const gate = (g: string): Matrix => shown(preActivation(g));
    if (net.cell === 'rnn') {
      const z = preActivation('');
      trace.preActivations.push(z);
      h = apply(tape, net.activation, z);
    } else if (net.cell === 'lstm') {
      const [f, i, g, o] = [
        sigmoid(gate('f')),
        sigmoid(gate('i')),
        tanh(gate('g')),
        sigmoid(gate('o')),
      ];
      c = tape.add(tape.times(f, c), tape.times(i, g));
      trace.cells.push(c);
      h = tape.times(o, tanh(c));
    } else {
      const [r, z] = [sigmoid(gate('r')), sigmoid(gate('z'))];
      const input = seen('n');
      const recalled =
        net.cell === 'gruResetBefore'
          ? tape.product(shownReset(tape.times(r, h)), used('Whn'))
          : tape.times(r, shownReset(tape.add(tape.product(h, used('Whn')), get('bhn'))));
      const n = tanh(shown(tape.add(input, recalled)));
      h = tape.add(tape.times(opposite(z), n), tape.times(z, h));
    }
    trace.activations.push(h);
    const left = length - t - 1;
    if (net.truncation !== null && left > 0 && left % net.truncation === 0) {
      // A copy, of which the tape knows nothing.
      h = new Matrix(batch, net.hiddenSize, h.data);
      c = new Matrix(batch, net.hiddenSize, c.data);
    }
  }
  const read = (state: Matrix): Matrix => tape.add(tape.product(state, get('Wy')), get('by'));
  trace.output = net.readout === 'last' ? read(h) : read(tape.stack(trace.activations));
  return trace;
}

function forwardOneUnit(tape: Tape, get: Get, start: Matrix): Trace {
  const trace: Trace = {
    output: start,
    preActivations: [],
    gates: [],
    resets: [],
    activations: [],
    cells: [],
    uses: [],
    moments: [],
  };
  trace.output = apply(tape, 'sigmoid', start);
  for (let t = 1; t <= oneUnitTimeSteps; t++) {
    const x = tape.add(tape.times(trace.output, get('W')), get('b'));
    trace.preActivations.push(x);
    trace.output = apply(tape, 'sigmoid', x);
    trace.activations.push(trace.output);
  }
  return trace;
}
