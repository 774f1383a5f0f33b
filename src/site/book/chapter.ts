import { z } from 'astro/zod';

const DESCRIPTION = { min: 50, max: 160 };
const MINUTES = { min: 1, max: 120 };
const PAPER = { min: 0.94, max: 1.06 };

interface Issue {
  code?: string | undefined;
  input?: unknown;
  keys?: string[];
}

/** The messages of one field: what it is for where it is missing, what it takes where it is wrong. */
const sentence = (field: string, what: string) => ({
  error: (issue: Issue) =>
    issue.input === undefined
      ? `"${field}" is missing: give ${what}.`
      : `"${field}" must be ${what}; it is ${JSON.stringify(issue.input)}.`,
});

const unknownField = {
  error: (issue: Issue) =>
    issue.code === 'unrecognized_keys'
      ? `"${issue.keys?.join('", "')}" is no field of the front matter. A chapter has title, ` +
        'description, part, order, minutes, prerequisites, objectives, symbols, authors, paper and draft.'
      : undefined,
};

const title = z.string(sentence('title', 'a name in quotes, such as "Vanishing gradients"'));

const description = z
  .string(sentence('description', 'one or two sentences that say what the reader will see'))
  .refine((text) => text.length >= DESCRIPTION.min && text.length <= DESCRIPTION.max, {
    error: (issue) =>
      `"description" must have ${DESCRIPTION.min} to ${DESCRIPTION.max} characters, the length ` +
      `that search engines show; it has ${String(issue.input).length}.`,
  });

const lines = (field: string, what: string) =>
  z.array(
    z.string(sentence(field, what)).min(1, `"${field}" holds an empty entry.`),
    sentence(field, what),
  );

const filledLines = (field: string, what: string) =>
  lines(field, what).min(1, `"${field}" is empty: give ${what}.`);

const minutes = sentence(
  'minutes',
  `the reading time in whole minutes, ${MINUTES.min} to ${MINUTES.max}`,
);

const paperSentence = sentence('paper', `a number from ${PAPER.min} to ${PAPER.max}`);
/** How large the letters are on paper, 1 being usual: what brings a last page of a few lines to half a page, or away. */
const paper = z
  .number(paperSentence)
  .min(PAPER.min, paperSentence)
  .max(PAPER.max, paperSentence)
  .optional();

const symbols = 'symbols as TeX in quotes, each with its meaning, the name first';

/** Front matter of a chapter, the default kind of a file in content/. */
export const chapterSchema = z.strictObject(
  {
    kind: z.literal('chapter').optional(),
    title,
    description,
    part: z.string(sentence('part', 'the part of the book, such as "The problem"')),
    order: z.number(sentence('order', 'the place in the book, a number such as 20')),
    minutes: z.int(minutes).min(MINUTES.min, minutes).max(MINUTES.max, minutes),
    prerequisites: lines(
      'prerequisites',
      'a list of what to know before: file names of chapters without .mdx, or words',
    ).default([]),
    objectives: filledLines('objectives', 'a list of what the reader can do after the chapter'),
    symbols: z
      .record(
        z.string(),
        z
          .string(sentence('symbols', symbols))
          .regex(/^[^\s,:;]/, `"symbols" holds a meaning without a name: give ${symbols}.`),
        sentence('symbols', symbols),
      )
      .default({}),
    authors: filledLines('authors', 'a list of the names of those who wrote the chapter'),
    paper,
  },
  unknownField,
);

/** Front matter of a page that is no chapter, such as the glossary: `kind: page`. */
export const pageSchema = z.strictObject(
  {
    kind: z.literal('page'),
    title,
    description,
    paper,
    /** Whether it is for those who write or build, and stands behind "For authors". */
    forAuthors: z.boolean('"forAuthors" must be true or left out.').default(false),
  },
  unknownField,
);

/** What may stand in a content file's front matter, with a sentence for each way to get it wrong. */
export const contentSchema = z.discriminatedUnion('kind', [chapterSchema, pageSchema], {
  error: () => '"kind" must be left out for a chapter, or be "page".',
});

export type Chapter = z.infer<typeof chapterSchema>;
