import { withDefaults, type BackendName, type TrainingSpec } from '../../engine/types';
import type { LaneResult } from '../widget';

/** Lanes kept; the one that was not used for longest goes first. */
const MOST = 60;

const known = new Map<string, LaneResult>();

/** What a lane's finished run depends on: all that it is, what is measured of it, and how often. */
export interface LaneRun {
  spec: TrainingSpec;
  statistics: readonly string[];
  /** Steps between two frames. */
  every: number;
  backend: BackendName;
}

/** The name of a lane's run in the cache. */
export const laneKey = ({ spec, statistics, every, backend }: LaneRun): string =>
  JSON.stringify([withDefaults(spec), statistics, every, backend]);

/** The finished run of a lane that was trained before, if it is still kept. */
export function recall(key: string): LaneResult | undefined {
  const lane = known.get(key);
  if (lane !== undefined) {
    known.delete(key);
    known.set(key, lane);
  }
  return lane;
}

/** Keeps the finished run of a lane. */
export function remember(key: string, lane: LaneResult): void {
  known.delete(key);
  known.set(key, lane);
  for (const oldest of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(oldest);
  }
}
