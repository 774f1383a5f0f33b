import type { BackendName, EngineService } from '../../engine/types';
import { significant } from '../../kit/significant';
import type { PhaseSettings } from './params';
import { depthsOf, followsLine, PLANE, placesOf, ROW, specOf } from './plan';
import { CHANCE, trained, type PhaseResult } from './result';
import { chiTable, criticalLine } from './theory';

/** At most so long until a run can be stopped. */
const FRAME = 250;

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
  const closing = new Set<() => void>();
  const running: Promise<{ job: Job; accuracy: number; on: BackendName }>[] = [];
  const start = () => {
    const job = jobs.shift();
    if (job === undefined) return;
    const run = train(job);
    // It may fail before its turn to be awaited; the await then tells.
    run.catch(() => {});
    running.push(run);
  };
  try {
    for (let i = 0; i < Math.max(1, service.parallelism); i++) start();
    while (running.length > 0) {
      const { job, accuracy, on } = await running.shift()!;
      start();
      const found = result.accuracy.map((atDepth, k) =>
        k === job.depthIndex
          ? atDepth.map((all, place) => (place === job.place ? [...all, accuracy] : all))
          : atDepth,
      );
      result = { ...result, backend: on, ...trained(found, depths) };
      yield result;
    }
  } finally {
    for (const close of closing) close();
  }

  async function train(job: Job) {
    const session = service.session({
      ...(backend ? { backend } : {}),
      pace: () => ({ steps: settings.steps, milliseconds: FRAME }),
    });
    const close = () => session.close();
    closing.add(close);
    try {
      const spec = specOf(settings, places[job.place]!, depths[job.depthIndex]!, job.seed);
      let accuracy = CHANCE;
      for await (const { lanes } of session.train({ network: spec })) {
        const atEnd = lanes['network']?.final?.trainAccuracy;
        if (atEnd !== undefined && atEnd !== null && Number.isFinite(atEnd))
          accuracy = significant(atEnd, 4);
      }
      return { job, accuracy, on: (await session.info()).backend };
    } finally {
      closing.delete(close);
      close();
    }
  }
}

const rounded = ({ sigmaW, sigmaB }: PhaseResult['line']): PhaseResult['line'] => ({
  sigmaW: sigmaW.map((value) => significant(value, 4)),
  sigmaB,
});
