import { recurrent } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { RaceSettings } from './params';

/** The chosen cells, which recall one of four classes over the time steps. */
export const lanesOf = (settings: RaceSettings): Lane[] =>
  recurrent.lanesOfCells(settings, (name) =>
    recurrent.recurrentSpec(name, { kind: 'recall', length: settings.length }, settings, settings),
  );
