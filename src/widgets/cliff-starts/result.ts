import type { BackendName } from '../../engine/types';
import type { Outcome, Start } from './outcome';

export interface StartsResult {
  /** Without clipping first, then by growing thresholds; as many as have finished. */
  outcomes: Outcome[];
  /** Some of the starts, with what became of them without clipping. */
  starts: Start[];
  backend: BackendName | null;
}
