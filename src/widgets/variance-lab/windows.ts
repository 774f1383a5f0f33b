import type { Rng } from '../../engine/closedForms';
import type { VarianceSettings } from './params';

/** Side of the square picture whose border counts, in places; windows move over it zero-padded. */
const SIDE = 8;

type Shape = Pick<VarianceSettings, 'kernel' | 'stride' | 'border'>;

const padding = (kernel: number) => Math.floor((kernel - 1) / 2);

/** Input places inside the picture under the window of a random output place: K² or fewer. */
export function forwardWindow(shape: Shape, rng: Rng): number {
  return inside(shape, rng) * inside(shape, rng);
}

function inside({ kernel, stride, border }: Shape, rng: Rng): number {
  if (!border) return kernel;
  const start = stride * rng.integer(Math.ceil(SIDE / stride)) - padding(kernel);
  return Math.min(SIDE, start + kernel) - Math.max(0, start);
}

/** Windows that a random input place takes part in. */
export function backwardWindows(shape: Shape, rng: Rng): number {
  return windows(shape, rng) * windows(shape, rng);
}

function windows({ kernel, stride, border }: Shape, rng: Rng): number {
  // Away from the border only the place between two windows' starts counts.
  const place = border ? rng.integer(SIDE) : rng.integer(stride) + stride * kernel;
  const last = border ? Math.ceil(SIDE / stride) - 1 : Infinity;
  let count = 0;
  for (let offset = 0; offset < kernel; offset++) {
    const output = (place + padding(kernel) - offset) / stride;
    if (Number.isInteger(output) && output >= 0 && output <= last) count++;
  }
  return count;
}
