/** The picture's moving dots at one moment, onto a canvas. */
import type { Motion } from '../charts/network/motion';
import { widthOf } from '../charts/network/size';

/** CSS colours: of values on their way, and of the signal at the ends and in the middle of its scale. */
export interface Palette {
  value: string;
  cold: string;
  neutral: string;
  hot: string;
}

/** Milliseconds of the way forwards, of the way back, and of the rest after each. */
const forwards = 2200;
const rest = 300;
const backwards = 3200;

/** How long the motion takes until it begins anew, in milliseconds. */
export const PERIOD = forwards + rest + backwards + rest;

/** How far behind the first the following dots run, in gaps. */
const trail = [0, 0.32, 0.64];

/** Largest radius of a value's dot, and radius of a neutral signal's, in units of a drawing 400 wide. */
const valueRadius = 2.4;
const signalRadius = 1.7;

/** A dot of the picture. */
export interface Dot {
  x: number;
  y: number;
  radius: number;
  /** From −1 cold to 1 hot; null for a value on its way forwards. */
  level: number | null;
}

/** Every dot of the motion at a time, in the drawing's units. Nothing of it is there where nothing is sent. */
export function dotsAt({ gaps, width }: Motion, time: number): Dot[] {
  const scale = width > 500 ? 1.5 : 1;
  const last = gaps.length;
  const end = last + trail.at(-1)!;
  const ahead = time < forwards;
  const share = ahead ? time / forwards : (time - forwards - rest) / backwards;
  if (share < 0 || share > 1) return [];
  return trail.flatMap((behind) => {
    const way = share * end - behind;
    const place = ahead ? way : last - way;
    const gap = gaps[Math.floor(place)];
    if (gap === undefined || way < 0) return [];
    const along = place - Math.floor(place);
    return gap.flatMap((strand): Dot[] => {
      const [x0, y0, x1, y1, fill0, fill1, level0, level1] = strand as Eight;
      const point = pointOf(x0, y0, x1, y1, along);
      const fade = 1 - behind;
      if (ahead) {
        const fill = (fill0 + (fill1 - fill0) * along) / 8;
        return fill > 0
          ? [{ ...point, radius: scale * valueRadius * fill * fade, level: null }]
          : [];
      }
      if (level0 > 8 || level1 > 8) return [];
      const level = (level0 + (level1 - level0) * along) / 8;
      return [{ ...point, radius: scale * signalRadius * widthOf(level) * fade, level }];
    });
  });
}

type Eight = [number, number, number, number, number, number, number, number];

/** The point of the drawing's curve between two units: handles half way, level with the ends. */
function pointOf(x0: number, y0: number, x1: number, y1: number, t: number) {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  const middle = (x0 + x1) / 2;
  return { x: a * x0 + (b + c) * middle + d * x1, y: (a + b) * y0 + (c + d) * y1 };
}

const channels = (hex: string): number[] =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function mixed(one: string, other: string, share: number): string {
  const others = channels(other);
  const parts = channels(one).map((value, k) =>
    Math.round(value * share + others[k]! * (1 - share)),
  );
  return `rgb(${parts.join()})`;
}

/** Draws the dots of a time. */
export function draw(
  context: CanvasRenderingContext2D,
  motion: Motion,
  time: number,
  { value, cold, neutral, hot }: Palette,
): void {
  const groups = new Map<number | null, Dot[]>();
  for (const dot of dotsAt(motion, time)) {
    const shade = dot.level === null ? null : Math.round(8 * dot.level);
    const group = groups.get(shade);
    if (group) group.push(dot);
    else groups.set(shade, [dot]);
  }
  for (const [shade, dots] of groups) {
    context.fillStyle =
      shade === null ? value : mixed(shade < 0 ? cold : hot, neutral, Math.abs(shade) / 8);
    context.beginPath();
    for (const { x, y, radius } of dots) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }
}
