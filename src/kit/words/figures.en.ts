/**
 * What a live figure says besides what `en.ts` has: of the charts of a figure, and of a link that leads to it.
 * Pages without a live figure do not load it.
 */
export const figures = {
  charts: {
    title: 'Chart',
  },

  challenge: {
    solved: (asks: string) => `Challenge solved: ${asks}`,
  },

  saved: (name: string) => `Saved as ${name}.`,

  link: {
    fromAddress:
      'These settings come from the address of this page, from a link perhaps; they are not the chapter’s own.',
    ownSettings: 'Show the chapter’s settings',
    unknownChart: (given: string, known: string) =>
      `chart=${given} names no chart of this figure, so it shows its first; it has ${known}.`,
    wrongStep: (given: string) =>
      `step=${given} is not allowed: step is a whole number from 0; the figure begins at its start.`,
  },
};

export type FigureWords = typeof figures;
