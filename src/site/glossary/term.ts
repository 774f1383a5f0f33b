import { z } from 'astro/zod';

const FIELDS = 'term, definition, symbol, chapter and not';

const text = (field: string, what: string) =>
  z.string({
    error: (issue) =>
      issue.input === undefined
        ? `"${field}" is missing: give ${what}.`
        : `"${field}" must be ${what}; it is ${JSON.stringify(issue.input)}.`,
  });

/** Front matter of a term, one file each in content/glossary. */
export const termSchema = z.strictObject(
  {
    term: text('term', 'the word as it is spelt in the middle of a sentence'),
    definition: text('definition', 'one sentence without a formula').refine(
      (said) => /^[^$]{20,200}\.$/.test(said),
      '"definition" must be one sentence of 20 to 200 characters that ends with a full stop, without a formula.',
    ),
    /** Its symbol, as TeX. */
    symbol: text('symbol', 'a symbol as TeX, without dollar signs').optional(),
    chapter: text('chapter', 'the file name of the chapter that explains it, without .mdx'),
    /** Other spellings, which no chapter may use. */
    not: z.array(text('not', 'a list of other spellings')).default([]),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `"${issue.keys?.join('", "')}" is no field of a term; it has ${FIELDS}.`
        : undefined,
  },
);

export type Term = z.infer<typeof termSchema>;
