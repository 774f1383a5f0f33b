import { describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import experiment from '../../../src/widgets/cliff-starts/experiment';
import { Following } from '../../../src/widgets/cliff-starts/outcome';
import type { StartsResult } from '../../../src/widgets/cliff-starts/result';
import widget from '../../../src/widgets/cliff-starts/widget';

describe('many descents', () => {
  test('are counted by where they end and how far they moved from look to look', () => {
    const following = new Following();
    // Of three starts one stays at the target, one jumps away, one drifts.
    following.see([4.3, 5.2, 5.2, -2.2, -2.3, -2.3]);
    following.see([4.3, 55, 5.2, -2.2, 79, -1.4]);
    following.see([4.3, 55, 5.2, -2.2, 79, -0.5]);
    const { flungShare, stuckShare, threshold } = following.outcome(null);
    expect(threshold).toBeNull();
    expect(flungShare).toBeCloseTo(1 / 3);
    expect(stuckShare).toBeGreaterThanOrEqual(1 / 3);
    expect(following.starts(2).map(({ flung }) => flung)).toEqual([false, true]);
  });

  test('arrive with clipping and are flung without', async () => {
    const service = createLocalEngineService();
    const settings = { ...presetSettings(widget, 'problem'), starts: 200 };
    let result: StartsResult | null = null;
    let looks = 0;
    for await (const found of experiment(settings, service, {})) {
      result = found;
      looks++;
      expect(widget.progress!(settings, found).done).toBe(looks);
    }
    service.close();
    const values = widget.values(settings, result!) as Record<string, number>;
    expect(widget.progress!(settings, result!)).toEqual({ done: 6, total: 6 });
    expect(values['half.arrivedShare']).toBe(1);
    expect(values['none.flungShare']).toBeGreaterThan(0.6);
    expect(result!.starts).toHaveLength(200);
  });
});
