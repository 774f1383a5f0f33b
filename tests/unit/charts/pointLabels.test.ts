import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/kit/charts/geometry';
import { pointLabels } from '../../../src/kit/charts/pointLabels';

const plot = { x: 0, y: 0, width: 340, height: 176 };

const named = (...places: [number, number][]) =>
  places.map(([x, y], k) => ({ x, y, text: String(10 * (k + 1)) }));

describe('the labels of points', () => {
  test('stand above points that are far apart', () => {
    expect(pointLabels(named([50, 100], [150, 100]), 4, plot)).toEqual([
      { x: 50, y: 92, text: '10', anchor: 'middle' },
      { x: 150, y: 92, text: '20', anchor: 'middle' },
    ]);
  });

  test('do not cover each other or a point where points are close', () => {
    // Four places of a row, and five of a steep line, as on the plane of order and chaos.
    for (const points of [
      named([100, 100], [109, 100], [127, 100], [154, 100]),
      named([100, 150], [111, 134], [121, 117], [130, 100], [144, 67]),
    ]) {
      const boxes = pointLabels(points, 4, plot).map(({ x, y, text, anchor }) => {
        const width = textWidth(text);
        const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
        return { left, right: left + width, top: y - 10, bottom: y };
      });
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1))
          expect(
            a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top,
          ).toBe(true);
        for (const { x, y } of points)
          expect(a.right <= x - 4 || a.left >= x + 4 || a.bottom <= y - 4 || a.top >= y + 4).toBe(
            true,
          );
      });
    }
  });

  test('stay inside the plot', () => {
    // Above would cover the second point, below would cover the axis.
    const [first] = pointLabels(named([100, 170], [108, 155]), 4, plot);
    expect(first).toEqual({ x: 108, y: 174, text: '10', anchor: 'start' });
  });

  test('stand where they cover fewest where no place is free, and inside all the same', () => {
    const low = { ...plot, height: 20 };
    const points = Array<{ x: number; y: number; text: string }>(3).fill({
      x: 50,
      y: 10,
      text: '20',
    });
    expect(pointLabels(points, 4, low)).toMatchObject([
      { x: 58, y: 14, anchor: 'start' },
      { x: 42, y: 14, anchor: 'end' },
      { x: 58, y: 14, anchor: 'start' },
    ]);
  });
});
