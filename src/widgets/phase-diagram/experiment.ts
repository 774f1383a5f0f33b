import type { BackendName, EngineService } from '../../engine/types';
import { significant } from '../../kit/significant';
import { sideBySide, trainAccuracy } from '../../kit/training/sideBySide';
import type { PhaseSettings } from './params';
import { depthsOf, followsLine, PLANE, placesOf, ROW, specOf } from './plan';
import { CHANCE, trained, type PhaseResult } from './result';
import { chiTable, criticalLine } from './theory';

/** Lets the page answer between two stretches of arithmetic. */
const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

interface Job {
  depthIndex: number;
  place: number;
  seed: number;
}

/**
 * Colours the plane by the theory, then trains small networks at places of it, as many at
 * a time as the service has workers, and yields after each.
 */
export default async function* experiment(
  settings: PhaseSettings,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<PhaseResult> {
  const depths = depthsOf(settings);
  const places = placesOf(settings);
  await rest();
  const chi = chiTable(settings.activation);
  await rest();
  const line = criticalLine(settings.activation, PLANE.sigmaB, PLANE.sigmaW.at(-1)!);
  await rest();
  const round = (value: number) => significant(value, 3);
  let result: PhaseResult = {
    plane: {
      ...PLANE,
      chi: PLANE.sigmaB.map((sigmaB) => PLANE.sigmaW.map((sigmaW) => round(chi(sigmaW, sigmaB)))),
    },
    row: followsLine(settings)
      ? { sigmaW: [], chi: [] }
      : { sigmaW: ROW, chi: ROW.map((sigmaW) => significant(chi(sigmaW, settings.sigmaB), 4)) },
    line: rounded(line),
    places: places.map((place) => ({
      ...place,
      sigmaW: significant(place.sigmaW, 4),
      chi: significant(place.chi, 4),
    })),
    ...trained(
      depths.map(() => places.map(() => [])),
      depths,
    ),
    backend: null,
  };
  yield result;

  const jobs: Job[] = depths.flatMap((_, depthIndex) =>
    places.flatMap((_, place) =>
      Array.from({ length: settings.repeats }, (_, k) => ({
        depthIndex,
        place,
        seed: settings.seed + k,
      })),
    ),
  );
  const runs = sideBySide({
    ...{ jobs, service, backend, steps: settings.steps },
    train: async ({ depthIndex, place, seed }, session) =>
      (await trainAccuracy(session, specOf(settings, places[place]!, depths[depthIndex]!, seed))) ??
      CHANCE,
  });
  for await (const { job, found, backend: on } of runs) {
    const accuracy = result.accuracy.map((atDepth, k) =>
      k === job.depthIndex
        ? atDepth.map((all, place) => (place === job.place ? [...all, found] : all))
        : atDepth,
    );
    result = { ...result, backend: on, ...trained(accuracy, depths) };
    yield result;
  }
}

const rounded = ({ sigmaW, sigmaB }: PhaseResult['line']): PhaseResult['line'] => ({
  sigmaW: sigmaW.map((value) => significant(value, 4)),
  sigmaB,
});
