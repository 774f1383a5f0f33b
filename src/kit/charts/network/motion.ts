/** What moves over a drawn network, as plain numbers: read by the picture's canvas, written beside its drawing. */
import { coordinate as c } from '../geometry';
import type { NetworkLayout, Unit } from './layout';

/**
 * Gaps from left to right, the input's first; a strand is `[x0, y0, x1, y1, fill0, fill1, level0, level1]`, fills
 * in eighths, levels from −8 (cold) to 8 (hot), and 9 where there is no signal.
 */
export interface Motion {
  width: number;
  height: number;
  gaps: number[][][];
}

const eighths = (value: number): number => Math.round(8 * value);
const level = ({ layerLevel: value }: Unit): number => (value === null ? 9 : eighths(value));

/** The motion of a network as it is laid out. */
export function motionOf({ width, height, entry, strands }: NetworkLayout): Motion {
  return {
    width,
    height,
    gaps: [
      // No signal is sent on to the input.
      entry.map(({ x, y, to }) => [...[x, y, to.x, to.y].map(c), 8, eighths(to.fill), 9, 9]),
      ...strands.map((all) =>
        all.map(({ from, to }) => [
          ...[from.x, from.y, to.x, to.y].map(c),
          ...[eighths(from.fill), eighths(to.fill), level(from), level(to)],
        ]),
      ),
    ],
  };
}
