import type { BackendName, EngineService, Session } from '../../engine/types';
import { sideBySide } from '../../kit/training/sideBySide';
import type { NoiseSettings } from './params';
import { ALL, batchesOf, SIZES, specOf } from './plan';
import { nothing, noiseResult, type NoiseResult } from './result';

/** The gradient norm of each of so many batches of a size, at the weights as drawn. */
async function normsOf(
  settings: NoiseSettings,
  size: number,
  batches: number,
  session: Session,
): Promise<number[]> {
  const found: number[] = [];
  const spec = specOf(settings, size, batches);
  for await (const { lanes } of session.train({ network: spec }, { every: 1 }))
    found.push(lanes['network']!.globalNorm);
  return found;
}

/**
 * Looks at batches of every size in one network as drawn, first at all examples together and at each alone, from
 * which theory derives the rest, and yields after each size.
 */
export default async function* experiment(
  settings: NoiseSettings,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<NoiseResult> {
  yield nothing();
  const norms: number[][] = SIZES.map(() => []);
  let whole: number | null = null;
  const runs = sideBySide({
    jobs: [ALL, ...SIZES],
    ...{ service, backend, steps: 1 },
    // Every batch is a frame, and many of them come in one message.
    options: () => ({ pace: () => ({ steps: 1, milliseconds: 100, frames: 256 }) }),
    train: (size, session) =>
      normsOf(settings, size, size === ALL ? 1 : batchesOf(size, settings), session),
  });
  for await (const { job, found, backend: on } of runs) {
    if (job === ALL) whole = found[0]!;
    else norms[SIZES.indexOf(job)] = found;
    yield noiseResult(norms, whole, on);
  }
}
