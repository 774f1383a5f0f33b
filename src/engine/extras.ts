import type { ExecutorRequest } from './executor';
import type { ResolvedSpec } from './spec';
import type { StatisticKind, StatisticSlot } from './step/step';

/** What every frame needs: the two gradient profiles, and the new values for the search for NaN. */
export function collectedKinds(spec: ResolvedSpec, _statistics: readonly string[]): StatisticKind[] {
  return [spec.network.kind === 'recurrent' ? 'hiddenGradient' : 'signalGradient', 'gradient', 'updated'];
}

/** Further statistics by name. */
export function extraStatistics(
  _names: readonly string[],
  _values: Float32Array,
  _slots: readonly StatisticSlot[],
  _request: ExecutorRequest,
): Record<string, number[]> {
  return {};
}
