import { describe, expect, test } from 'vitest';
import { aheadOf } from '../../../src/kit/finish';
import { noteDuration, secondsFor } from '../../../src/kit/finish/quickness';
import { defaults as defaultsOf } from '../../../src/kit/codec';
import type { AnyTrainingWidget } from '../../../src/kit/widget';
import widget from '../../../src/widgets/init-training/widget';

const training = widget as unknown as AnyTrainingWidget;
const defaults = defaultsOf(training.params);
const wide = { ...defaults, width: 1000 };

describe('what a run asks of the device', () => {
  test('before anything is measured: the weight of a heavy run, and nothing of a light one', () => {
    expect(aheadOf(training, defaults)).toBeNull();
    const ahead = aheadOf(training, wide)!;
    expect(ahead.seconds).toBeNull();
    // Its middle layers alone multiply matrices of a million weights.
    expect(ahead.cost).toBeGreaterThan(1e11);
  });

  test('once something is measured: seconds, in proportion to the work', () => {
    expect(secondsFor('captured', 1e9)).toBeNull();
    noteDuration('captured', 2e9, 1000);
    expect(secondsFor('captured', 2e10)).toBeCloseTo(10, 0);
    const { cost, seconds } = aheadOf(training, wide)!;
    expect(seconds).toBeCloseTo(cost / 2e9, 0);
    expect(aheadOf(training, defaults)).toBeNull();
    // Another backend has another speed.
    expect(aheadOf(training, wide, 'cpu')?.seconds).toBeNull();
  });
});
