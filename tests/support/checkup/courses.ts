/**
 * Trainings that never were: numbers drawn from a seed, with one fault each, to be printed in the form of
 * any trainer.
 */
import { normalFrom, randomFrom } from '../../../src/commands/calibrate/random.ts';

/** One row of a training, as a trainer knows it. */
export interface Row {
  step: number;
  epoch: number;
  loss: number;
  norm: number;
  rate: number;
  scale: number;
}

export type Fault =
  'healthy' | 'dies' | 'explodes' | 'spikes' | 'vanishes' | 'skips' | 'collapses' | 'swings';

/** What must be found in each, and nothing else. */
export const expected: Record<Fault, string[]> = {
  healthy: [],
  dies: ['not-finite'],
  explodes: ['gradient-explodes', 'not-finite'],
  spikes: ['gradient-spikes'],
  vanishes: ['gradient-vanishes', 'stalled-at-chance'],
  skips: ['overflow-skips'],
  collapses: ['loss-scale-collapse', 'not-finite'],
  swings: ['rate-too-high'],
};

/** A training of `rows` rows with a fault, drawn from a seed. */
export function courseOf(fault: Fault, seed: number, rows = 70): Row[] {
  const random = randomFrom(seed * 7919 + 17);
  const normal = (): number => normalFrom(random);
  const usual = 10 ** (random() * 1.2 - 0.4);
  const spread = 0.15 + 0.2 * random();
  const start = 2 + 6 * random();
  const end = start * (0.3 + 0.3 * random());
  const every = [1, 10, 50, 100][Math.floor(4 * random())]!;
  const top = 10 ** (-4 + 2 * random());
  const breaks = Math.floor(rows * (0.4 + 0.3 * random()));
  const classes = 2 + Math.floor(20 * random());
  const course = Array.from({ length: rows }, (_, i): Row => {
    const way = i / rows;
    return {
      step: (i + 1) * every,
      epoch: Math.floor((i * 3) / rows) + 1,
      loss: (start - end) * Math.exp(-3 * way) + end + 0.02 * start * normal(),
      norm: usual * Math.exp(spread * normal()),
      rate: top * Math.min(1, (i + 1) / 6) * (1 - 0.8 * way),
      scale: 65536,
    };
  });
  faults[fault](course, { breaks, usual, random, normal, classes });
  return course;
}

interface Drawn {
  breaks: number;
  usual: number;
  random: () => number;
  normal: () => number;
  classes: number;
}

const faults: Record<Fault, (course: Row[], drawn: Drawn) => void> = {
  healthy: () => undefined,
  dies: (course, { breaks, random }) => {
    const hidden = random() < 0.5;
    for (const row of course.slice(breaks)) {
      row.norm = NaN;
      row.loss = hidden ? 0 : NaN;
    }
  },
  explodes: (course, { breaks, usual, random }) => {
    const factor = 4 + 4 * random();
    course.slice(breaks).forEach((row, i) => {
      row.norm = i < 10 ? usual * factor ** (i + 1) : NaN;
      row.loss = i < 10 ? row.loss * 1.6 ** Math.max(0, i - 3) : NaN;
    });
  },
  spikes: (course, { usual, random }) => {
    for (const at of [15, 31, 32, 55]) course[at]!.norm = usual * (40 + 20 * random());
  },
  vanishes: (course, { normal, classes }) => {
    for (const row of course) {
      row.norm = 3e-8 * Math.exp(0.2 * normal());
      row.loss = Math.log(classes) + 0.01 * normal();
    }
  },
  skips: (course, { random }) => {
    const at = new Set([0, 1, 2, 20 + Math.floor(10 * random()), 45 + Math.floor(10 * random())]);
    let scale = 65536 * 8;
    course.forEach((row, i) => {
      if (at.has(i)) {
        scale /= 2;
        row.norm = random() < 0.5 ? NaN : Infinity;
      }
      row.scale = scale;
    });
  },
  collapses: (course, { breaks }) => {
    const { loss } = course[breaks]!;
    course.slice(breaks).forEach((row, i) => {
      row.norm = NaN;
      row.loss = loss;
      row.scale = Math.max(1, 65536 / 2 ** (1 + Math.floor(i / 2)));
    });
  },
  swings: (course, { random, normal }) => {
    const growth = 1.05 + 0.03 * random();
    course.forEach((row, i) => {
      row.loss = 2 + (i % 2 === 0 ? 1 : -1) * 0.02 * growth ** i + 0.002 * normal();
    });
  },
};
