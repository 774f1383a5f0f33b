/** Runs inside the browser: what a reader's press on "20 seeds" takes, over the workers of the device. */
import { createEngineService } from '../../src/engine/client';
import { defaults } from '../../src/kit/codec';
import { trainSeeds } from '../../src/kit/trainSeeds';
import widget from '../../src/widgets/vanishing-depth/widget';

export interface SeedsMeasured {
  seeds: number;
  /** Of each of the networks that the widget trains side by side. */
  steps: number;
  networks: number;
  workers: number;
  backend: string;
  /** Seconds from the press to the last result: of the first one, which starts the workers, and of the next. */
  cold: number;
  warm: number;
}

const SEEDS = 20;

const createWorker = (): Worker =>
  new Worker(new URL('../../src/engine/engine.worker.ts', import.meta.url), { type: 'module' });

/** Trains `vanishing-depth` at its default setting from twenty seeds, twice. */
export async function manySeeds(): Promise<SeedsMeasured> {
  const service = createEngineService({ createWorker });
  const values = defaults(widget.params);
  const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);
  const measured = { seeds: SEEDS, steps: 0, networks: 0, workers: service.parallelism };
  let backend = '';
  const press = async (): Promise<number> => {
    const start = performance.now();
    let finished = 0;
    for await (const { result, info } of trainSeeds(widget, values, seeds, service)) {
      const lanes = Object.values(result.lanes);
      if (lanes.some(({ final }) => !final)) throw new Error(`Seed ${finished + 1} did not end.`);
      measured.networks = lanes.length;
      measured.steps = Math.max(...lanes.map(({ steps }) => steps.at(-1) ?? 0));
      backend = info.backend;
      finished++;
    }
    if (finished !== SEEDS) throw new Error(`Only ${finished} of ${SEEDS} seeds ended.`);
    return (performance.now() - start) / 1000;
  };
  try {
    const cold = await press();
    const warm = await press();
    return { ...measured, backend, cold, warm };
  } finally {
    service.close();
  }
}
