import type { Verdict } from './claim';

/** What a claim is called by what became of it, where it stands in a chapter. */
export const verdictTitles: Record<Verdict, string> = {
  holds: 'Claim, tested',
  fails: 'A popular claim, and it fails',
  disputed: 'A claim that is disputed',
};

/** The verdict in a word or two, for lists. */
export const verdictWords: Record<Verdict, string> = {
  holds: 'Holds',
  fails: 'Fails',
  disputed: 'Disputed',
};
