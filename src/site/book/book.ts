import { getCollection, type CollectionEntry } from 'astro:content';
import { arrange, type Part } from './arrange';

export type ChapterEntry = CollectionEntry<'docs'> & { data: { kind?: 'chapter' } };

/** Drafts are seen only while developing. */
const isShown = ({ data }: CollectionEntry<'docs'>) => import.meta.env.DEV || !data.draft;

const isChapter = (entry: CollectionEntry<'docs'>): entry is ChapterEntry =>
  entry.data.kind !== 'page';

/** The book's parts and chapters in reading order; drafts only while developing. */
export async function readBook(): Promise<Part<ChapterEntry>[]> {
  const entries = await getCollection('docs');
  return arrange(entries.filter(isChapter).filter(isShown));
}

/** Pages of content/ that are no chapters, such as a glossary, by title. */
export async function readPages(): Promise<CollectionEntry<'docs'>[]> {
  const entries = await getCollection('docs', ({ data }) => data.kind === 'page');
  return entries.filter(isShown).sort((a, b) => a.data.title.localeCompare(b.data.title, 'en'));
}

/** The address of a page of the site, by its path without the base: `about/`. */
export const pageUrl = (path: string): string =>
  `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${path}`;

/** The address of a chapter. */
export const chapterUrl = (slug: string): string => pageUrl(`${slug}/`);
