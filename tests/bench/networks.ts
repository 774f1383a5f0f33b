/** The jobs of the benchmark: shapes, start values and batches, the same for every column. */
import type { TrainingSpec } from '../../src/engine/types';

export interface Job {
  name: string;
  depth: number;
  width: number;
  batchSize: number;
  inputSize: number;
  outputSize: number;
  learningRate: number;
  optimizer: 'sgd' | 'adam';
  batchNorm: boolean;
  residual: boolean;
  /** Time steps of a recurrent job. */
  length: number | null;
  cell: 'lstm' | 'rnn' | null;
  /** How far two float32 computations' losses may be apart after the gate's steps, relative. */
  lossTolerance: number;
}

const plain: Omit<Job, 'name' | 'depth'> = {
  width: 32,
  batchSize: 64,
  inputSize: 2,
  outputSize: 1,
  learningRate: 0.01,
  optimizer: 'sgd',
  batchNorm: false,
  residual: false,
  length: null,
  cell: null,
  lossTolerance: 1e-3,
};

// With batch norm and 30 layers the gradient explodes backwards (Yang et al. 2019), and with it every
// rounding error of an update. At a learning rate of 0.01 the losses of two float32 computations are 1 %
// apart after 20 steps, at 1e-5 still 0.7 %; at 1e-6 they agree to 1e-6, as they do at 1e-12, where the
// weights stand still. There the loss moves by 1.4e-3 of itself, so the gate is closer than that.
export const jobs: Job[] = [
  { ...plain, name: 'J30', depth: 30 },
  { ...plain, name: '10 layers', depth: 10 },
  { ...plain, name: '50 layers', depth: 50 },
  { ...plain, name: 'J30, Adam', depth: 30, optimizer: 'adam', learningRate: 0.001 },
  {
    ...plain,
    name: 'J30, batch norm',
    depth: 30,
    batchNorm: true,
    learningRate: 1e-6,
    lossTolerance: 1e-4,
  },
  { ...plain, name: 'J30, residual', depth: 30, residual: true, learningRate: 1e-4 },
  { ...plain, name: 'LSTM T=50', depth: 1, batchSize: 32, length: 50, cell: 'lstm' },
  { ...plain, name: 'RNN T=100', depth: 1, batchSize: 32, length: 100, cell: 'rnn' },
];

/** The job as the engine's specification. */
export function specOf(job: Job): TrainingSpec {
  const initializer = { kind: 'leCunNormal' } as const;
  return {
    network: job.cell
      ? {
          kind: 'recurrent',
          cell: job.cell,
          hiddenSize: job.width,
          initializer,
          recurrentInitializer: { kind: 'orthogonal' },
          readout: 'last',
        }
      : {
          kind: 'mlp',
          depth: job.depth,
          width: job.width,
          activation: 'tanh',
          initializer,
          batchNorm: job.batchNorm,
          residual: job.residual ? 'single' : 'none',
        },
    // Only the sizes of a task matter here; the batches are the benchmark's own.
    task: job.cell ? { kind: 'adding', length: job.length! } : { kind: 'twoSpirals' },
    loss: 'meanSquaredError',
    optimizer: { kind: job.optimizer, learningRate: job.learningRate },
    batchSize: job.batchSize,
    steps: 1,
    seed: 1,
  };
}

/** Floating-point operations of a step's matrix products, forward and backward. */
export function flopOf(job: Job): number {
  const product = (rows: number, fanIn: number, fanOut: number): number =>
    2 * rows * fanIn * fanOut;
  if (job.cell) {
    const gates = job.cell === 'lstm' ? 4 : 1;
    // Forward, weight gradient and, except for the input, signal gradient.
    const step =
      2 * product(job.batchSize, job.inputSize, job.width) +
      3 * product(job.batchSize, job.width, job.width);
    return job.length! * gates * step + 3 * product(job.batchSize, job.width, job.outputSize);
  }
  return (
    2 * product(job.batchSize, job.inputSize, job.width) +
    (job.depth - 1) * 3 * product(job.batchSize, job.width, job.width) +
    3 * product(job.batchSize, job.width, job.outputSize)
  );
}

export interface Batches {
  x: Float32Array[];
  y: Float32Array[];
}

/** Batches of a job: an epoch of `fit`. A recurrent step is long, so that fewer make a measurement. */
const distinct = ({ cell }: Job): number => (cell ? 4 : 20);

/** Distinct batches of numbers in −1 … 1, and a smooth function of them as the target. */
export function batchesOf(job: Job): Batches {
  let state = 7;
  const next = (): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x3fffffff - 1;
  };
  const size = job.batchSize * job.inputSize * (job.length ?? 1);
  const x = Array.from({ length: distinct(job) }, () => Float32Array.from({ length: size }, next));
  const y = x.map((values) =>
    Float32Array.from({ length: job.batchSize * job.outputSize }, (_, i) => {
      const at = job.length
        ? ((job.length - 1) * job.batchSize + i) * job.inputSize
        : i * job.inputSize;
      return Math.sin(2 * values[at]!) * values[at + 1]!;
    }),
  );
  return { x, y };
}
