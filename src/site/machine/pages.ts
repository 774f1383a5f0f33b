import { readBook, readPages, pageUrl } from '../book/book';

/** A page of content/ that can be had as Markdown. */
export interface TextPage {
  slug: string;
  title: string;
  description: string;
  /** What the reader can do afterwards; empty where the page is no chapter. */
  objectives: readonly string[];
  body: string;
}

/** All chapters in the order of the book, then all other pages. */
export async function textPages(): Promise<{ chapters: TextPage[]; others: TextPage[] }> {
  const chapters = (await readBook()).flatMap((part) => part.chapters);
  const take = ({ id, data, body }: (typeof chapters)[number]): TextPage => ({
    slug: id,
    title: data.title,
    description: data.description ?? '',
    objectives: 'objectives' in data ? (data.objectives as string[]) : [],
    body: body ?? '',
  });
  return {
    chapters: chapters.map(take),
    others: ((await readPages()) as typeof chapters).map(take),
  };
}

/** The whole address of a page, by its path without the base. */
export const fullAddress = (site: URL | undefined, path: string): string =>
  new URL(pageUrl(path), site).href;
