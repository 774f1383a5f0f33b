/**
 * What is reproduced, as plain data: which settings, which number of each run, and what PyTorch
 * measured of it.
 */
import type { Comparison } from './comparison';
import type { Formula } from './formulas';
import type { Measure } from './measures';
import type { Unseeded } from './specifications';

/** One phenomenon. */
export interface Section {
  section: number;
  settings: Setting[];
}

/** A network that is trained once a seed, or numbers that need no training. */
export type Setting = TrainedSetting | ComputedSetting;

/** A training. */
export interface TrainedSetting {
  name: string;
  /** How many times as many seeds as usual, where PyTorch had more than ten; default 1. */
  seedsTimes?: number;
  spec: Unseeded;
  compared: Compared<Measure>[];
}

/** What formulas and bare draws give. */
export interface ComputedSetting {
  name: string;
  compared: Compared<Formula>[];
}

/** One row: the quantity's name, where its numbers are found, and beside what they are set. */
export type Compared<Of> = { quantity: string; of: Of } & Comparison;
