import { getCollection, type CollectionEntry } from 'astro:content';

export type TermEntry = CollectionEntry<'glossary'>;

/** All terms, in the order of the alphabet. */
export async function readGlossary(): Promise<TermEntry[]> {
  const terms = await getCollection('glossary');
  return terms.sort((a, b) => a.data.term.localeCompare(b.data.term, 'en'));
}
