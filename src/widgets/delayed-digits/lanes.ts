import { recurrent } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { DelayedSettings } from './params';

/** The chosen cells, which read an image in pieces, wait, and name the digit. */
export const lanesOf = (settings: DelayedSettings): Lane[] => {
  const { delay, order } = settings;
  return recurrent.lanesOfCells(settings, (name) =>
    recurrent.recurrentSpec(name, { kind: 'delayedDigits', delay, order }, settings, settings),
  );
};
