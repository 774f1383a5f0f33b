/** Points of a course: places on the x axis, and numbers that may be NaN or infinite. */
export interface Points {
  x: number[];
  y: number[];
}

/**
 * At most about `most` points of a course that look like all of it: of each stretch the smallest and the
 * largest number, and one that is not finite where there is one, in their order.
 */
export function thinned(x: (place: number) => number, y: ArrayLike<number>, most: number): Points {
  const points: Points = { x: [], y: [] };
  const add = (place: number): void => {
    points.x.push(x(place));
    points.y.push(y[place]!);
  };
  if (y.length <= most) {
    for (let place = 0; place < y.length; place++) add(place);
    return points;
  }
  const stretches = Math.max(1, Math.floor(most / 3));
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * y.length) / stretches);
    const to = Math.floor(((stretch + 1) * y.length) / stretches);
    let low = -1;
    let high = -1;
    let odd = -1;
    for (let place = from; place < to; place++) {
      const value = y[place]!;
      if (!Number.isFinite(value)) {
        if (odd === -1) odd = place;
        continue;
      }
      if (low === -1 || value < y[low]!) low = place;
      if (high === -1 || value > y[high]!) high = place;
    }
    const kept = [...new Set([low, high, odd])].filter((place) => place !== -1);
    for (const place of kept.sort((a, b) => a - b)) add(place);
  }
  return points;
}
