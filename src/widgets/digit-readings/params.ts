import type { SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  depth: parameters.depth({ help: 'Depth of the deep network.' }),
  controlDepth: parameters.depth({
    label: 'Hidden layers of the other',
    symbol: undefined,
    default: 2,
  }),
  learningRate: parameters.learningRate({ advanced: true }),
  ...parameters.usual(),
};

export type ReadingSettings = SettingsOf<typeof params>;
