import { digitsSize } from '../../engine/types';
import { toneOf } from '../../kit/training';
import type { LaneResult } from '../../kit/widget';

const CLASSES = 10;

/** One image with what a network reads in it. */
export interface Reading {
  digit: number;
  /** The digit with the largest share. */
  read: number;
  /** That digit's share of the probability. */
  share: number;
}

/** The images that a run was asked to show, each as 64 tones from 0 white to 1 black. */
export const imagesOf = ({ extra }: LaneResult): number[][] =>
  cut(extra['exampleInput']?.[0] ?? [], digitsSize.pixels).map((values) =>
    values.map((value) => Math.max(0, Math.min(1, toneOf(value)))),
  );

/** What a network reads in each of them at a frame; a negative index counts from the end. */
export function readingsAt({ extra }: LaneResult, frame: number): Reading[] {
  const outputs = cut(extra['exampleOutput']?.at(frame) ?? [], CLASSES);
  const targets = cut(extra['exampleTarget']?.at(frame) ?? [], CLASSES);
  return outputs.map((output, k) => {
    const read = output.reduce((best, value, i) => (value > output[best]! ? i : best), 0);
    const total = output.reduce((sum, value) => sum + Math.exp(value - output[read]!), 0);
    return { digit: targets[k]!.indexOf(1), read, share: 1 / total };
  });
}

/** How many of them are read right. */
export const rightOf = (readings: readonly Reading[]): number =>
  readings.filter(({ digit, read }) => digit === read).length;

const cut = (list: readonly number[], size: number): number[][] =>
  Array.from({ length: list.length / size }, (_, k) => list.slice(k * size, (k + 1) * size));
