import { cliff as constants } from '../theory/cliff';
import { hasClasses } from './classes';
import type { Task } from './task';

/**
 * The cliff (Pascanu et al. 2013, figure 6): one row, x_0 = 0.5 with the target 0.7, for the network
 * of one unit. Its error has a wall in the plane of (w, b).
 */
export const cliff: Task<{ kind: 'cliff' }> = {
  network: 'oneUnit',
  rows: 1,
  shape: () => ({ inputSize: 1, outputSize: 1, length: null, classes: hasClasses('cliff') }),
  load() {
    const row = { x: Float32Array.of(constants.start), y: Float32Array.of(constants.target) };
    return Promise.resolve({
      batch: () => row,
      batchKey: () => 'all',
      evaluation: () => ({ train: { ...row, rows: 1 }, test: null }),
    });
  },
};
