import { int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  width: int({
    label: 'Outer channels',
    ...{ min: 1, max: 2048, default: 256 },
    help: 'What the block gets and gives.',
  }),
  reduction: number({
    label: 'Reduction',
    ...{ min: 1, max: 512, default: 4, scale: 'log', divisions: 9 },
    help: 'Outer channels divided by it are the channels inside.',
  }),
  side: int({
    label: 'Side of the map',
    ...{ min: 1, max: 224, default: 56 },
    help: 'Counts of multiply-adds grow with its square.',
  }),
  seed: parameters.seed(),
};

export type BottleneckSettings = SettingsOf<typeof params>;
