import type { Say } from '../../kit/say';

/** What stands around the table of readings. */
export const TABLE = {
  label: 'Ten images, and what each network reads in them',
  caption:
    'Ten images, and what each network reads in them; ✓ is right, and below it stands how sure it is.',
  image: 'The image',
};

/** The heads of a network's two rows: before its training, and after so many steps of it. */
export function rowHeads(lane: string, steps: number, say: Say): { before: string; after: string } {
  const network = lane === 'problem' ? 'The deep one' : 'The shallow one';
  return { before: `${network}, before`, after: `${network}, after ${say.count(steps)} steps` };
}

/** A reading and whether it is right. */
export const reading = (read: number, digit: number, say: Say): string =>
  `${say.count(read)}${digit === read ? ' ✓' : ''}`;

/** How sure a network is, in whole percent. */
export const sureness = (share: number, say: Say): string =>
  say.percent(Math.round(100 * share) / 100);
