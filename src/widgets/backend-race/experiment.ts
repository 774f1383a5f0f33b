import type { BackendName, EngineService, Session, TrainingFrame } from '../../engine/types';
import { significant } from '../../kit/significant';
import type { RaceSettings } from './params';
import { differenceOf, largest, REFERENCE, roundsOf, specOf } from './race';
import type { RaceResult, Runner } from './race';

/** A training under way. */
interface Training {
  runner: Runner;
  session: Session;
  frames: AsyncIterator<TrainingFrame>;
  /** Steps of the next frame. */
  wanted: number;
  /** Losses of every step so far. */
  losses: number[];
}

/**
 * Trains the same network on every backend of the device, or on the one asked for and the
 * reference. The backends take turns, a round at a time, so that a device that slows down slows all
 * of them; yields after every turn.
 */
export default async function* experiment(
  settings: RaceSettings,
  service: EngineService,
  { backend: only }: { backend?: BackendName | undefined },
): AsyncGenerator<RaceResult> {
  const backends = await service.backends();
  const rounds = roundsOf(settings);
  const names = backends
    .filter(({ available }) => available)
    .map(({ backend }) => backend)
    .filter((name) => only === undefined || name === only || name === REFERENCE)
    // The reference first, so that every other loss can be compared with it at once.
    .sort((a, b) => Number(b === REFERENCE) - Number(a === REFERENCE));
  const trainings = names.map((name) => trainingOf(name, settings, service));
  const found = (): RaceResult => ({
    backends,
    rounds,
    runners: trainings.map(({ runner }) => ({ ...runner })),
  });
  try {
    yield found();
    for (const training of trainings) await open(training);
    yield found();
    for (const [round, end] of rounds.entries()) {
      for (const training of trainings) {
        if (training.runner.failure !== null) continue;
        training.wanted = end - (rounds[round - 1] ?? 0);
        await turn(training, trainings[0]!.losses);
        yield found();
      }
    }
  } finally {
    for (const { session, frames } of trainings) {
      session.close();
      // A training that waits for its next turn is ended; one that has failed has ended already.
      frames.return?.().catch(() => {});
    }
  }
}

function trainingOf(
  backend: BackendName,
  settings: RaceSettings,
  service: EngineService,
): Training {
  const training: Omit<Training, 'session' | 'frames'> = {
    runner: {
      backend,
      device: '',
      notes: [],
      failure: null,
      loss: [],
      difference: [],
      stepsPerSecond: [],
    },
    wanted: 1,
    losses: [],
  };
  const session = service.session({
    backend,
    pace: () => ({ steps: whole.wanted, milliseconds: Infinity }),
    onNotice: (sentence) => {
      training.runner.notes = [...training.runner.notes, sentence];
    },
  });
  const frames = session.train({ network: specOf(settings) })[Symbol.asyncIterator]();
  const whole: Training = { ...training, session, frames };
  return whole;
}

/** The first evaluation, in which programs and shaders are compiled: it is not timed. */
async function open(training: Training): Promise<void> {
  const { runner, session } = training;
  try {
    const { device, notes } = await session.info();
    runner.device = device;
    runner.notes = [...notes, ...runner.notes];
    await advance(training);
  } catch (error) {
    runner.failure = sentenceOf(error);
  }
}

/** One round. */
async function turn(training: Training, reference: readonly number[]): Promise<void> {
  const { runner } = training;
  const before = training.losses.length;
  try {
    const rate = await advance(training);
    runner.stepsPerSecond = [...runner.stepsPerSecond, significant(rate, 4)];
    runner.loss = [...runner.loss, significant(training.losses.at(-1)!, 6)];
    const differences = training.losses
      .slice(before)
      .map((loss, i) => differenceOf(loss, reference[before + i] ?? NaN));
    runner.difference = [...runner.difference, significant(largest(differences), 4)];
  } catch (error) {
    runner.failure = sentenceOf(error);
  }
}

/** Takes the next frame and returns its steps a second. Throws where the training has ended. */
async function advance(training: Training): Promise<number> {
  const { value: frame, done } = await training.frames.next();
  const lane = done ? undefined : frame.lanes['network'];
  if (lane === undefined) throw new Error('The training ended before its last step.');
  training.losses.push(...lane.losses);
  if (lane.firstNonFinite) {
    const { step, tensor, value } = lane.firstNonFinite;
    throw new Error(`At step ${step} ${tensor} became ${value}.`);
  }
  return frame.stepsPerSecond;
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
