import type { BackendName } from '../engine/types';
import type { Say } from './say';

/** The sentence that says what trained a survey's networks, a space before it; '' before a first one has. */
export const trainedBy = (backend: BackendName | null, { words: { badge } }: Say): string =>
  backend === null ? '' : ` ${badge.trainedBy(badge.about[backend])}`;
