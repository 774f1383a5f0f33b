import { recurrent } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { TimeSettings } from './params';

/** The chosen cells, which recall one of four classes over the time steps. */
export const lanesOf = (settings: TimeSettings): Lane[] =>
  recurrent.lanesOfCells(settings, (name) =>
    recurrent.recurrentSpec(name, { kind: 'recall', length: settings.length }, settings, settings),
  );
