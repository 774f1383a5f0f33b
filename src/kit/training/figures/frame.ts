import type { Text } from '../../say';
import type { Statistic } from '../run';
import type { TrainingFigure } from '../defineTraining';

/** What a widget may say of a standard figure in its own way. */
export interface Named<S> {
  id?: string;
  title?: Text;
  caption?: Text;
  shown?: (settings: S) => boolean;
}

/** The frame of a standard figure, with what the widget says of it in its own way. */
export function framed<S>(
  usual: Pick<TrainingFigure<S>, 'id' | 'title' | 'caption' | 'time'>,
  { id = usual.id, title = usual.title, caption = usual.caption, shown }: Named<S>,
): Omit<TrainingFigure<S>, 'chart'> {
  const { time } = usual;
  return { id, title, caption, ...(shown && { shown }), ...(time && { time }) };
}

/** `signal-gradient` for signalGradientNorm, `activation-std` for activationStd: a figure's id. */
export const idOf = (statistic: Statistic): string =>
  statistic.replace(/Norm$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
