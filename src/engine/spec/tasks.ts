import type { ResolvedTask } from './resolved';
import type { NetworkSpec } from './training';

/** The digits: images, pixels of one image, and how many images are for training. */
export const digitsSize = { images: 1797, pixels: 64, train: 1437, test: 360 } as const;

/** Mean and standard deviation of pixel/16 over the digits; inputs are shifted and scaled by them. */
export const digitsScale = { mean: 0.3053, std: 0.3761 } as const;

/** The spirals: points for training and for testing. */
export const spiralsSize = { train: 400, test: 200 } as const;

/** Sequences that a task which draws every batch anew is judged on. */
export const judgedSequences = 256;

/** An image read row by row: 8 time steps of 8 pixels; or pixel by pixel: 64 of one. */
export const pieceSize = { row: 8, pixel: 1 } as const;

/** Sizes of a task's rows; `length` is the number of time steps, null for tasks without time. */
interface Sizes {
  inputSize: number;
  outputSize: number;
  length: number | null;
}

export interface TaskShape extends Sizes {
  /** True where targets are one-hot classes, so that correct rows can be counted. */
  classes: boolean;
}

/** What is known of a task without its data. */
interface TaskFacts<S> {
  /** The kind of network that its inputs are for. */
  network: NetworkSpec['kind'];
  /** Rows of the training part; null where every batch is drawn anew. */
  rows: number | null;
  /** Rows that it is judged on and not trained on: of the held-out part, or drawn for it; null where it has none. */
  testRows: number | null;
  /**
   * How many classes it has, each as frequent as the others; null where it has none. The default
   * loss, the accuracy and what guessing costs depend on that.
   */
  classes: number | null;
  sizes(task: S): Sizes;
}

const images = { inputSize: digitsSize.pixels, outputSize: 10, length: null };

/** Every task by its kind; `tasks/` draws their batches. */
export const taskFacts: {
  [K in ResolvedTask['kind']]: TaskFacts<Extract<ResolvedTask, { kind: K }>>;
} = {
  digits: {
    network: 'mlp',
    rows: digitsSize.train,
    testRows: digitsSize.test,
    classes: 10,
    sizes: () => images,
  },
  twoSpirals: {
    network: 'mlp',
    rows: spiralsSize.train,
    testRows: spiralsSize.test,
    classes: 2,
    sizes: () => ({ inputSize: 2, outputSize: 2, length: null }),
  },
  linearRegression: {
    network: 'mlp',
    rows: digitsSize.train,
    testRows: digitsSize.test,
    classes: null,
    sizes: () => images,
  },
  recall: {
    network: 'recurrent',
    rows: null,
    testRows: judgedSequences,
    classes: 4,
    sizes: ({ length }) => ({ inputSize: 4, outputSize: 4, length }),
  },
  adding: {
    network: 'recurrent',
    rows: null,
    testRows: judgedSequences,
    classes: null,
    sizes: ({ length }) => ({ inputSize: 2, outputSize: 1, length }),
  },
  delayedDigits: {
    network: 'recurrent',
    rows: digitsSize.train,
    testRows: digitsSize.test,
    classes: 10,
    sizes: ({ delay, order }) => ({
      inputSize: pieceSize[order],
      outputSize: 10,
      length: digitsSize.pixels / pieceSize[order] + delay,
    }),
  },
  cliff: {
    network: 'oneUnit',
    rows: 1,
    testRows: null,
    classes: null,
    // One output for each start.
    sizes: ({ starts }) => ({ inputSize: 1, outputSize: starts, length: null }),
  },
};

/** The sizes of a task's rows. */
export function shapeOf(task: ResolvedTask): TaskShape {
  const { sizes, classes } = taskFacts[task.kind];
  return { ...sizes(task as never), classes: classes !== null };
}

/** How many classes a task has; null where it has none. */
export const classesOf = (kind: ResolvedTask['kind']): number | null => taskFacts[kind].classes;
