import { architecture } from './architecture';
import { initialization } from './initialization';
import { problem } from './problem';
import { updates } from './updates';

/** Every section, by its number. */
export const sections = [...problem, ...initialization, ...architecture, ...updates].toSorted(
  (a, b) => a.section - b.section,
);
