import type { ActivationName, EngineService, SessionOptions } from '../../engine/types';
import { spreadOf } from '../../kit/spread';
import { digits } from '../../kit/training/specs';

/** What is timed; the first is what the others are compared with. */
export const TIMED: readonly ActivationName[] = ['relu', 'sigmoid', 'tanh', 'gelu'];

const REPETITIONS = 5;
const FRAME = { steps: 1000, milliseconds: 80 };

export interface Cost {
  activation: ActivationName;
  /** Median over the repetitions. */
  stepsPerSecond: number;
  /** Time of a step, as a multiple of that with the first function. */
  ratio: number;
}

/** Training steps a second of a network of five hidden layers, once. */
async function speedOf(
  activation: ActivationName,
  service: EngineService,
  options: SessionOptions,
) {
  const session = service.session(options);
  try {
    const run = digits(
      {
        ...{ depth: 5, width: 32, activation },
        initializer: { kind: 'leCunNormal' },
        optimizer: { kind: 'sgd', learningRate: 0.01 },
      },
      { batchSize: 32, steps: 10_000, seed: 1 },
    );
    const frames = session.train({ run });
    let speed = 0;
    for await (const { lanes, stepsPerSecond } of frames) {
      speed = stepsPerSecond;
      // The frame of step 0 is a single step, with the compiling of the device's programs in it.
      if (lanes['run']!.step > 0) break;
    }
    return speed;
  } finally {
    session.close();
  }
}

/**
 * Times whole training steps with each function in turn, several times over, so that a device that
 * slows down slows all of them; yields what it has after each round. `backend` forces a backend.
 */
export async function* measureStepCost(
  service: EngineService,
  { backend, signal }: Pick<SessionOptions, 'backend' | 'signal'>,
): AsyncGenerator<Cost[]> {
  const speeds = new Map<ActivationName, number[]>(TIMED.map((name) => [name, []]));
  for (let round = 0; round < REPETITIONS; round++) {
    for (const name of TIMED) {
      if (signal?.aborted) return;
      speeds.get(name)!.push(
        await speedOf(name, service, {
          pace: () => FRAME,
          ...(backend ? { backend } : {}),
          ...(signal ? { signal } : {}),
        }),
      );
    }
    const medians = TIMED.map((name) => spreadOf(speeds.get(name)!).median);
    yield TIMED.map((activation, i) => ({
      activation,
      stepsPerSecond: medians[i]!,
      ratio: medians[0]! / medians[i]!,
    }));
  }
}
