/** Runs inside the browser: twenty seeds of a chapter's network, over the workers of the device. */
import { createEngineService } from '../../src/engine/client';
import { defaults } from '../../src/kit/codec';
import { lanesOf, type Setting } from '../../src/widgets/vanishing-depth/specs';
import widget from '../../src/widgets/vanishing-depth/widget';

export interface SeedsMeasured {
  seeds: number;
  steps: number;
  workers: number;
  /** From the first request, with the engine already loaded, to the last result. */
  seconds: number;
}

const createWorker = (): Worker =>
  new Worker(new URL('../../src/engine/engine.worker.ts', import.meta.url), { type: 'module' });

/** Trains the deep lane of `vanishing-depth` from twenty seeds on captured programs. */
export async function manySeeds(): Promise<SeedsMeasured> {
  const service = createEngineService({ createWorker });
  const { spec } = lanesOf(defaults(widget.params) as unknown as Setting)[0]!;
  const workers = service.parallelism;
  const train = async (seed: number): Promise<void> => {
    const session = service.session({
      backend: 'captured',
      pace: () => ({ steps: 50, milliseconds: 100 }),
    });
    let ended = false;
    for await (const { lanes } of session.train({ deep: { ...spec, seed } }))
      ended = lanes['deep']!.done;
    if (!ended) throw new Error(`Seed ${seed} did not end.`);
    session.close();
  };
  const seeds = 20;
  const all = async (): Promise<void> => {
    let next = 1;
    const take = async (): Promise<void> => {
      while (next <= seeds) await train(next++);
    };
    await Promise.all(Array.from({ length: workers }, take));
  };
  // Starts the workers, compiles, and captures.
  await Promise.all(Array.from({ length: workers }, () => train(0)));
  const start = performance.now();
  await all();
  const seconds = (performance.now() - start) / 1000;
  service.close();
  return { seeds, steps: spec.steps, workers, seconds };
}
