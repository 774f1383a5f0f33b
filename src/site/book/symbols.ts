/** What a chapter's front matter says of its symbols: TeX, and what it means. */
export type Symbols = Readonly<Record<string, string>>;

/** One row of the table of symbols. */
export interface SymbolRow<C, T> {
  tex: string;
  /** The word that stands for the symbol in the prose. */
  name: string;
  /** What else its meaning says, with the mark before it; empty where the name says all. */
  more: string;
  /** The chapter that introduces it. */
  chapter: C;
  /** The word of the glossary that has this name. */
  term: T | undefined;
}

/** The name in a symbol's meaning: what stands before the first comma, colon or semicolon. */
export const nameIn = (meaning: string): string => /^[^,:;]*/.exec(meaning)![0].trim();

/**
 * The symbols that chapters declare, in the order of the chapters and of their lists, each with the
 * word of the glossary that explains it.
 */
export function gatherSymbols<C extends { data: { symbols: Symbols } }, T extends { term: string }>(
  chapters: readonly C[],
  terms: readonly T[],
): SymbolRow<C, T>[] {
  return chapters.flatMap((chapter) =>
    Object.entries(chapter.data.symbols).map(([tex, meaning]) => {
      const name = nameIn(meaning);
      return {
        tex,
        name,
        more: meaning.slice(name.length),
        chapter,
        term: terms.find(({ term }) => term === name),
      };
    }),
  );
}
