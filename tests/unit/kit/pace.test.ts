import { describe, expect, it } from 'vitest';
import { fullPace, WatchedPace } from '../../../src/kit/pace';

describe('a run that is watched', () => {
  it('takes four seconds in frames of equal size', () => {
    let now = 0;
    const pace = new WatchedPace(() => now);
    let step = 0;
    let frames = 0;
    while (step < 300) {
      step = Math.min(300, step + pace.next(step, 300).steps);
      now = Math.max(now, now + pace.until(step, 300));
      frames++;
    }
    expect(now).toBeCloseTo(4000, 5);
    expect(frames).toBe(100);
  });

  it('takes less where there are few steps', () => {
    let now = 0;
    const pace = new WatchedPace(() => now);
    for (const step of [1, 2, 3, 4, 5]) {
      expect(pace.next(step - 1, 5)).toMatchObject({ steps: 1, frames: 1 });
      now += pace.until(step, 5);
    }
    expect(now).toBeCloseTo(750, 5);
    expect(pace.next(0, 0)).toMatchObject({ steps: 1, frames: 1 });
  });

  it('makes up for frames that come late', () => {
    let now = 0;
    const pace = new WatchedPace(() => now);
    now = 400;
    expect(pace.next(3, 300)).toMatchObject({ steps: 3, frames: 9 });
  });

  it('stands still while it sleeps, and begins anew where it is told to', () => {
    let now = 0;
    const pace = new WatchedPace(() => now);
    now = 1000;
    pace.sleep();
    now = 9000;
    pace.wake();
    expect(pace.until(75, 300)).toBeCloseTo(0, 5);
    pace.restart(150, 300);
    expect(pace.until(150, 300)).toBeCloseTo(0, 5);
  });
});

describe('a run at full speed', () => {
  it.each([0, 1, 59, 60, 61, 300, 1000])('has at most 61 frames of %i steps', (total) => {
    const { steps, frames } = fullPace(total);
    expect(steps * 60).toBeGreaterThanOrEqual(total);
    expect(Math.ceil(total / steps) + 1).toBeLessThanOrEqual(frames!);
  });
});
