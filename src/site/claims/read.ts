import { readBook } from '../book/book';
import { collectClaims, type Placed } from './collect';

/** A claim with the title of the chapter that makes it, and with what it is about. */
export interface Told extends Placed {
  /** The chapter that it is about. */
  topic: { slug: string; title: string };
}

/**
 * Every claim of the book, in the order of the chapters that they are about.
 *
 * @throws a sentence that names the file, where a claim's topic is no chapter.
 */
export async function readClaims(): Promise<Told[]> {
  const chapters = (await readBook()).flatMap((part) => part.chapters);
  const claims = collectClaims(
    chapters.map(({ id, filePath, body }) => ({
      slug: id,
      file: filePath ?? id,
      text: body ?? '',
    })),
  );
  const told = claims.map((placed) => {
    const slug = placed.claim.topic ?? placed.chapter;
    const title = chapters.find(({ id }) => id === slug)?.data.title;
    if (title === undefined)
      throw new Error(
        `content/${placed.chapter}.mdx:${placed.line}: <Claim>: topic="${slug}" names no chapter.`,
      );
    return { ...placed, topic: { slug, title } };
  });
  const place = (slug: string) => chapters.findIndex(({ id }) => id === slug);
  return told.sort((a, b) => place(a.topic.slug) - place(b.topic.slug));
}
