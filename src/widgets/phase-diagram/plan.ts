import type { TrainingSpec } from '../../engine/types';
import { digits } from '../../kit/training/specs';
import type { PhaseSettings } from './params';
import { chiAt, criticalSigmaW } from './theory';

const range = (count: number, at: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => Number(at(i).toFixed(2)));

/** Columns and rows of the plane that is coloured. */
export const PLANE = {
  sigmaW: range(39, (i) => 0.2 + 0.1 * i),
  sigmaB: range(21, (i) => 0.05 * i),
};

/** Where the depth scale is drawn along a row. */
export const ROW = range(77, (i) => 0.2 + 0.05 * i);

const GRIDS = {
  quick: {
    sigmaW: [0.5, 0.8, 1.1, 1.6, 3],
    sigmaB: [0.02, 0.1, 0.2, 0.3, 0.5],
    depths: [5, 10, 20],
  },
  fine: {
    sigmaW: [0.5, 0.8, 1, 1.1, 1.3, 1.6, 2, 3, 4],
    sigmaB: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1],
    depths: [4, 10, 20, 40],
  },
};

/** Depths that are tried at every place. */
export const depthsOf = ({ grid }: Pick<PhaseSettings, 'grid'>): number[] => GRIDS[grid].depths;

/** A place of the plane at which networks are trained. */
export interface Place {
  sigmaW: number;
  sigmaB: number;
  chi: number;
}

/** Whether the networks lie along the critical line; only for tanh is it known in the plane. */
export const followsLine = ({ activation, path }: PhaseSettings): boolean =>
  activation === 'tanh' && path === 'critical';

/** The places, in the order of σ_w. */
export function placesOf(settings: PhaseSettings): Place[] {
  const grid = GRIDS[settings.grid];
  if (followsLine(settings))
    return grid.sigmaB.map((sigmaB) => ({ sigmaW: criticalSigmaW(sigmaB), sigmaB, chi: 1 }));
  const { activation, sigmaB } = settings;
  return grid.sigmaW.map((sigmaW) => ({
    sigmaW,
    sigmaB,
    chi: chiAt(activation, sigmaW, sigmaB),
  }));
}

const INITIALIZERS = { gaussian: 'leCunNormal', orthogonal: 'orthogonal' } as const;

/** One network: of a depth, at a place, from a seed. */
export function specOf(
  settings: PhaseSettings,
  { sigmaW, sigmaB }: Pick<Place, 'sigmaW' | 'sigmaB'>,
  depth: number,
  seed: number,
): TrainingSpec {
  const { width, activation, weights, learningRate, batchSize, steps } = settings;
  return digits(
    {
      ...{ depth, width, activation },
      initializer: { kind: INITIALIZERS[weights], gain: sigmaW },
      bias: { std: sigmaB },
      optimizer: { kind: 'momentum', learningRate },
    },
    { batchSize, steps, seed },
  );
}
