import { withDefaults } from '../spec/defaults';
import type { ResolvedSpec } from '../spec/resolved';
import type { TrainingSpec } from '../spec/training';

/**
 * What the learning rate is multiplied by at update t = 1, 2, …, with w updates of warm-up:
 *
 * - warm-up: t/w up to t = w (Goyal et al. 2017, section 2.2)
 * - cosine over n steps, or over what is left of the run: with u = min(1, (t − 1 − w)/n), to + (1 − to)(1 + cos πu)/2
 * - step: factor^⌊(t − 1 − w)/every⌋
 *
 * So the first update after the warm-up has the full rate, whatever the decay.
 */
export function scheduleFactor(
  { schedule, steps }: Pick<ResolvedSpec, 'schedule' | 'steps'>,
  t: number,
): number {
  if (schedule === null) return 1;
  const { decay } = schedule;
  const warmUp = schedule.warmUp ?? 0;
  const since = t - 1 - warmUp;
  if (since < 0) return t / warmUp;
  switch (decay?.kind) {
    case undefined:
      return 1;
    case 'cosine': {
      const { to } = decay;
      const over = decay.steps ?? steps - warmUp;
      const share = since >= over ? 1 : since / over;
      return to + ((1 - to) * (1 + Math.cos(Math.PI * share))) / 2;
    }
    case 'step':
      return decay.factor ** Math.floor(since / decay.every);
  }
}

/** The learning rate of update t = 1, 2, … of a run. */
export function learningRateAt(spec: TrainingSpec, t: number): number {
  return spec.optimizer.learningRate * scheduleFactor(withDefaults(spec), t);
}
