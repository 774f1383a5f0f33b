import { recurrent } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { AddingSettings } from './params';

/** The chosen cells, which add the two marked numbers of a sequence. */
export const lanesOf = (settings: AddingSettings): Lane[] =>
  recurrent.lanesOfCells(settings, (name) =>
    recurrent.recurrentSpec(name, { kind: 'adding', length: settings.length }, settings, settings),
  );
