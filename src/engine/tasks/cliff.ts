import { cliff as constants } from '../theory/cliff';
import type { Load } from './task';

/**
 * The cliff (Pascanu et al. 2013, figure 6): one row, x_0 = 0.5 with the target 0.7 for each start, for
 * the network of one unit. Its error has a wall in the plane of (w, b).
 */
export const cliff: Load<{ kind: 'cliff'; starts: number }> = ({ starts }) => {
  const row = {
    x: Float32Array.of(constants.start),
    y: new Float32Array(starts).fill(constants.target),
  };
  return Promise.resolve({
    batch: () => row,
    batchKey: () => 'all',
    evaluation: () => ({ train: { ...row, rows: 1 }, test: null }),
  });
};
