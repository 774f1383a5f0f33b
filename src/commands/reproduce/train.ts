import type { EngineService, LaneFrame } from '../../engine/types';
import type { Unseeded } from './specifications';

/** What one run leaves. */
export interface Outcome {
  /** The batch loss of every step. */
  losses: number[];
  /** The global norm of the gradient in every frame. */
  norms: number[];
  first: LaneFrame;
  last: LaneFrame;
}

/** What is asked for in each frame, and whether every step has one. */
interface Asked {
  statistics: string[];
  everyStep: boolean;
}

/** Trains with the seeds 1 … `seeds`, one after another. */
export async function trainSeeds(
  service: EngineService,
  spec: Unseeded,
  seeds: number,
  asked: Asked,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    outcomes.push(await trainOne(service, spec, seed, asked));
  return outcomes;
}

async function trainOne(
  service: EngineService,
  spec: Unseeded,
  seed: number,
  { statistics, everyStep }: Asked,
): Promise<Outcome> {
  // Otherwise the frames in between are not asked for, since each costs the statistics of its step.
  const every = everyStep ? { every: 1 } : {};
  const session = service.session({ pace: () => ({ steps: spec.steps, milliseconds: Infinity }) });
  const losses: number[] = [];
  const norms: number[] = [];
  let first: LaneFrame | null = null;
  let last: LaneFrame | null = null;
  for await (const { lanes } of session.train(
    { run: { ...spec, seed } },
    { statistics, ...every },
  )) {
    last = lanes['run']!;
    first ??= last;
    losses.push(...last.losses);
    norms.push(last.globalNorm);
  }
  session.close();
  return { losses, norms, first: first!, last: last! };
}
