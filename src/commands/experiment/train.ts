import { createLocalEngineService } from '../../engine/node';
import type {
  BackendName,
  Engine,
  EngineService,
  TrainingFrame,
  TrainingSpec,
} from '../../engine/types';
import { FULL_FRAMES } from '../../kit/pace';
import { accumulate, emptyResult } from '../../kit/result';
import { totalSteps } from '../../kit/training/run';
import type { NamedValues, TrainingResult } from '../../kit/widget';
import { bySeed } from './medians';

/** The networks of one seed, by name, and how they are trained. */
export interface Training {
  specs: Record<string, TrainingSpec>;
  frames: (engine: Engine) => AsyncIterable<TrainingFrame>;
}

/** All seeds of one training. */
export interface Trainings {
  backend: BackendName;
  seeds: number[];
  results: TrainingResult[];
  /** The networks, by name, as the first seed trained them. */
  specs: Record<string, TrainingSpec>;
  values: NamedValues[];
}

/** Trains for each seed in turn, and prints to stderr what the backend has to say. */
export async function trainForSeeds(
  seeds: number[],
  wanted: BackendName,
  trainingOf: (seed: number) => Training,
  valuesFor: (result: TrainingResult, seed: number) => NamedValues,
): Promise<Trainings> {
  const service = createLocalEngineService(wanted);
  const runs: Trainings = { backend: wanted, seeds, results: [], specs: {}, values: [] };
  for (const seed of seeds) {
    const training = trainingOf(seed);
    const { result, backend } = await trainOne(service, training);
    if (seed === seeds[0]) Object.assign(runs, { specs: training.specs, backend });
    runs.results.push(result);
    runs.values.push(valuesFor(result, seed));
  }
  service.close();
  return runs;
}

async function trainOne(
  service: EngineService,
  { specs, frames }: Training,
): Promise<{ result: TrainingResult; backend: BackendName }> {
  const lanes = Object.values(specs).map((spec) => ({ spec }));
  const steps = Math.max(1, Math.ceil(totalSteps(lanes) / FULL_FRAMES));
  const session = service.session({ pace: () => ({ steps, milliseconds: Infinity }) });
  const info = await session.info();
  for (const note of info.notes) console.error(note);
  let result: TrainingResult | null = null;
  for await (const frame of frames(session))
    result = accumulate(result ?? emptyResult(Object.keys(frame.lanes)), frame);
  session.close();
  return { result: result ?? emptyResult([]), backend: info.backend };
}

/** The JSON envelope: the first lane's arrays at the top, every lane's under `lanes`. */
export function trainingEnvelope(
  about: object,
  { backend, seeds, results, specs, values }: Trainings,
): object {
  const lane = (name: string): object => {
    const lanes = results.map((result) => result.lanes[name]!);
    const extras = Object.keys(lanes[0]!.extra);
    return {
      spec: specs[name],
      steps: lanes.map(({ frameSteps }) => frameSteps),
      series: {
        loss: lanes.map(({ loss }) => loss),
        accuracy: lanes.map(({ accuracy }) => accuracy),
        signalGradientNorm: lanes.map(({ signalGradientNorm }) => signalGradientNorm),
        weightGradientNorm: lanes.map(({ weightGradientNorm }) => weightGradientNorm),
        weightGradientZeros: lanes.map(({ weightGradientZeros }) => weightGradientZeros),
        globalNorm: lanes.map(({ globalNorm }) => globalNorm),
        ...Object.fromEntries(extras.map((name) => [name, lanes.map(({ extra }) => extra[name])])),
      },
      final: lanes.map(({ final }) => final),
      firstNonFinite: lanes.map(({ firstNonFinite }) => firstNonFinite),
    };
  };
  const names = Object.keys(results[0]!.lanes);
  return {
    ...about,
    backend,
    seeds,
    ...bySeed(values),
    ...lane(names[0]!),
    ...(names.length > 1
      ? { lanes: Object.fromEntries(names.map((name) => [name, lane(name)])) }
      : {}),
  };
}

/** One sentence for each lane of the first seed that overflowed. */
export function overflows({ results, seeds }: Trainings): string[] {
  return Object.entries(results[0]!.lanes).flatMap(([name, { firstNonFinite: found }]) =>
    found
      ? [
          `${name}: ${found.value} first in ${found.tensor} at step ${found.step} (${found.phase}), seed ${seeds[0]}.`,
        ]
      : [],
  );
}
