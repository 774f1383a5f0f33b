import type { EngineService, LaneFrame } from '../../engine/types';
import type { Unseeded } from './specifications';

/** What one run leaves. */
export interface Outcome {
  /** The batch loss of every step. */
  losses: number[];
  first: LaneFrame;
  last: LaneFrame;
}

/** Trains with the seeds 1 … `seeds`, one after another. */
export async function trainSeeds(
  service: EngineService,
  spec: Unseeded,
  seeds: number,
  statistics: string[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    outcomes.push(await trainOne(service, spec, seed, statistics));
  return outcomes;
}

async function trainOne(
  service: EngineService,
  spec: Unseeded,
  seed: number,
  statistics: string[],
): Promise<Outcome> {
  // The frames in between are not asked for, since each costs the statistics of its step.
  const session = service.session({ pace: () => ({ steps: spec.steps, milliseconds: Infinity }) });
  const losses: number[] = [];
  let first: LaneFrame | null = null;
  let last: LaneFrame | null = null;
  for await (const { lanes } of session.train({ run: { ...spec, seed } }, { statistics })) {
    last = lanes['run']!;
    first ??= last;
    losses.push(...last.losses);
  }
  session.close();
  return { losses, first: first!, last: last! };
}
