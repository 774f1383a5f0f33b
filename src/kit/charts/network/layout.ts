/** Where each part of a drawn network stands, and how strong it is; drawing and motion both read it. */
import type { NetworkSpec } from '../spec';
import { fillOf, levelOf, rootMeanSquare } from './size';

/** Beside each other, for a wide page, or image and reading above the layers, for a phone. */
export type Shape = 'wide' | 'narrow';

export interface Unit {
  x: number;
  y: number;
  /** From −1 cold to 1 hot; null where there is no number. */
  level: number | null;
  /** The same of its whole layer. */
  layerLevel: number | null;
  /** From 0 empty to 1 full. */
  fill: number;
  activation: number;
}

/** One of a unit's connections into the layer before it, drawn for all of them. */
export interface Strand {
  from: Unit;
  to: Unit;
}

interface Place {
  width: number;
  height: number;
  image: { x: number; y: number; size: number };
  input: { x: number; y: number; anchor: 'start' | 'middle' };
  reading: { x: number; y: number; anchor: 'end' };
  /** The layers' first and last column, and their units' highest and lowest place. */
  columns: { from: number; to: number };
  units: { from: number; to: number };
  bars: { x: number; width: number; label: number };
  factors: number;
  /** What the factors are. */
  left: { x: number; y: number; anchor: 'start' | 'end' };
  /** The first entry of the legend, and the step down to the next; 0 where they stand in a row. */
  legend: { x: number; y: number; down: number };
  numbers: number;
  pulls: number;
  axis: number;
}

const places: Record<Shape, Place> = {
  wide: {
    width: 1000,
    height: 400,
    image: { x: 10, y: 128, size: 116 },
    input: { x: 68, y: 272, anchor: 'middle' },
    reading: { x: 990, y: 378, anchor: 'end' },
    columns: { from: 196, to: 800 },
    units: { from: 52, to: 312 },
    bars: { x: 886, width: 104, label: 872 },
    factors: 26,
    left: { x: 2, y: 26, anchor: 'start' },
    legend: { x: 10, y: 340, down: 22 },
    numbers: 344,
    pulls: 356,
    axis: 386,
  },
  narrow: {
    width: 400,
    height: 430,
    image: { x: 4, y: 4, size: 70 },
    input: { x: 86, y: 32, anchor: 'start' },
    reading: { x: 396, y: 62, anchor: 'end' },
    columns: { from: 14, to: 308 },
    units: { from: 124, to: 346 },
    bars: { x: 354, width: 44, label: 346 },
    factors: 104,
    left: { x: 396, y: 85, anchor: 'end' },
    legend: { x: 150, y: 414, down: 0 },
    numbers: 376,
    pulls: 386,
    axis: 414,
  },
};

export interface NetworkLayout extends Place {
  shape: Shape;
  /** Of the hidden layers, then the outputs. */
  units: Place['units'];
  layers: Unit[][];
  outputs: Unit[];
  /** Into the second hidden layer, the third …, the outputs. */
  strands: Strand[][];
  /** From the input into the first layer: places at the image's edge and the units. */
  entry: { x: number; y: number; to: Unit }[];
  /** The units' radius. */
  radius: number;
}

/** Strands of the whole drawing, about, and of one gap at most and at least. */
const strandCount = { all: 200, most: 16, least: 4 };

/** What of the signal is left, beside the last hidden layer's root mean square: at a layer, and at its units. */
interface Left {
  layer: number;
  units: number[];
}

function whatIsLeft({ layers, output }: NetworkSpec): Left[] {
  const reference = rootMeanSquare(layers.at(-1)?.signal ?? output.signal);
  return [...layers.map(({ signal }) => signal), output.signal].map((signal) => ({
    layer: rootMeanSquare(signal) / reference,
    units: signal.map((value) => Math.abs(value) / reference),
  }));
}

/** Lays a network out; a pure function of its numbers. */
export function layOut(spec: NetworkSpec, shape: Shape): NetworkLayout {
  const place = places[shape];
  const { columns, units } = place;
  const left = whatIsLeft(spec);
  const most = Math.max(1, ...spec.layers.map(({ activation }) => activation.length));
  const gaps = Math.max(1, spec.layers.length - 1);
  const spacing = (units.to - units.from) / Math.max(1, most - 1);
  const step = (columns.to - columns.from) / gaps;
  const radius = Math.min(shape === 'wide' ? 8 : 6.5, spacing * 0.43, step * 0.36);
  const column = (x: number, values: readonly number[], of: Left): Unit[] =>
    values.map((activation, i) => ({
      x,
      y: units.from + ((i + 0.5) * (units.to - units.from)) / values.length,
      level: levelOf(of.units[i] ?? NaN, spec.scale),
      layerLevel: levelOf(of.layer, spec.scale),
      fill: fillOf(activation),
      activation,
    }));
  const layers = spec.layers.map(({ activation }, l) =>
    column(columns.from + (spec.layers.length > 1 ? l * step : gaps * step), activation, left[l]!),
  );
  const outputs = column(
    place.bars.x - (shape === 'wide' ? 30 : 20),
    spec.output.shares,
    left.at(-1)!,
  );
  const all = [...layers, outputs];
  const { size, x, y } = place.image;
  const perGap = Math.max(
    strandCount.least,
    Math.min(strandCount.most, Math.floor(strandCount.all / all.length)),
  );
  return {
    ...place,
    shape,
    layers,
    outputs,
    radius,
    strands: all.slice(1).map((to, l) => strandsBetween(all[l]!, to, perGap, l)),
    entry: (layers[0] ?? outputs).map((to, i, every) => ({
      x: shape === 'wide' ? x + size : x + size / 2,
      y: shape === 'wide' ? y + ((i + 0.5) * size) / every.length : y + size,
      to,
    })),
  };
}

/** One strand at each of the units on either side, as far as there are as many; crossed, but always the same. */
function strandsBetween(left: Unit[], right: Unit[], most: number, gap: number): Strand[] {
  const count = Math.max(left.length, right.length);
  const shown = Math.min(most, count);
  const across = stride(gap, count);
  return Array.from({ length: shown }, (_, k) => {
    const j = Math.floor((k * count) / shown);
    const other = (j * across + 3 * gap) % count;
    return {
      from: left[Math.floor((j * left.length) / count)]!,
      to: right[Math.floor((other * right.length) / count)]!,
    };
  });
}

/** A step that meets each of `count` places once, neither in their order nor in its reverse, if there is one. */
function stride(gap: number, count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const fit = Array.from({ length: Math.max(0, count - 3) }, (_, k) => k + 2).filter(
    (step) => divisor(step, count) === 1,
  );
  return fit[(gap * 3 + 1) % Math.max(1, fit.length)] ?? 1;
}
