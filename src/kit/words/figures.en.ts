/**
 * What a live figure says besides what `en.ts` has: of the charts of a figure, and of the address of its page.
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
    unknownHere: (name: string, known: string) =>
      `${name} is not a setting of any figure on this page, so it is ignored; they have ${known}.`,
    whosePreset: (given: string, ways: string) =>
      `preset=${given} does not say which figure it is for, so it is ignored; write ${ways}.`,
    nobodysPreset: (given: string) =>
      `preset=${given} is not allowed: no figure on this page has a preset of that name, so it is ignored.`,
  },
};

export type FigureWords = typeof figures;
