import { describe, expect, it } from 'vitest';
import { levelLabel } from '../../../src/kit/charts/levelLabels';
import type { Point } from '../../../src/kit/charts/linePaths';

const plot = { x: 0, y: 0, width: 400, height: 200 };
const usual = { x: 398, y: 95, text: 'chance, ln 10', anchor: 'end' as const };
const place = (...curves: Point[][]) => levelLabel(usual, 100, curves, plot, []);

describe('the label of a level', () => {
  it('stands above the end of its line where nothing is in its way', () => {
    const falling: Point[] = [
      [0, 100],
      [100, 190],
      [400, 198],
    ];
    expect(place(falling)).toBe(usual);
  });

  it('goes below where a curve passes above, also between two of its points', () => {
    const over: Point[] = [
      [0, 60],
      [400, 96],
    ];
    expect(place(over)).toEqual({ ...usual, y: 113 });
  });

  it('goes further off, then to the start of its line', () => {
    const noisy: Point[] = Array.from({ length: 201 }, (_, k) => [2 * k, 100 + 8 * (-1) ** k]);
    expect(place(noisy)).toEqual({ ...usual, y: 84 });
    const wall: Point[] = [
      [360, 0],
      [360, 200],
    ];
    expect(place(wall)).toEqual({ ...usual, x: 4, anchor: 'start', y: 95 });
  });

  it('stands over the middle of its line, under an arch, before it goes further off', () => {
    const arch: Point[] = [
      [0, 180],
      [100, 20],
      [300, 20],
      [400, 180],
    ];
    expect(place(arch)).toEqual({ ...usual, x: 200, anchor: 'middle' });
  });

  it('goes as far off as a curve that swings widely about the line asks for', () => {
    const swinging: Point[] = Array.from({ length: 201 }, (_, k) => [2 * k, 100 + 25 * (-1) ** k]);
    expect(place(swinging)).toEqual({ ...usual, y: 135 });
  });

  it('does not stand at the height of a name beside the plot, as if they were one', () => {
    const beside = (...names: number[]) => levelLabel(usual, 100, [], plot, names);
    // On the line itself a name is below the label.
    expect(beside(100)).toBe(usual);
    expect(beside(92)).toEqual({ ...usual, y: 113 });
    expect(beside(92, 110, 80, 120, 70, 130, 60, 142)).toEqual({
      ...{ ...usual, x: 4, anchor: 'start', y: 95 },
    });
  });

  it('keeps its place where none is free', () => {
    const walls = [20, 200, 360].map((x): Point[] => [
      [x, 0],
      [x, 200],
    ]);
    expect(place(...walls)).toBe(usual);
  });
});
