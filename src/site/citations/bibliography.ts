/** The part of CSL-JSON that content/bibliography.json uses. */
export interface Name {
  family?: string;
  given?: string;
  'non-dropping-particle'?: string;
  literal?: string;
}

export interface Source {
  id: string;
  type: string;
  title: string;
  author: Name[];
  /** Left out where a source bears no date. */
  issued?: { 'date-parts': number[][] };
  'container-title'?: string;
  'collection-title'?: string;
  'collection-number'?: string;
  editor?: Name[];
  volume?: string;
  issue?: string;
  page?: string;
  publisher?: string;
  'publisher-place'?: string;
  genre?: string;
  number?: string;
  note?: string;
  language?: string;
  DOI?: string;
  URL?: string;
  accessed?: { 'date-parts': number[][] };
}

/** The source called `id`; throws a sentence that lists the known ids where there is none. */
export function findSource(bibliography: readonly Source[], id: string): Source {
  const source = bibliography.find((candidate) => candidate.id === id);
  if (source) return source;
  throw new Error(
    `<Cite id="${id}"> names no source of content/bibliography.json. ` +
      `Known ids: ${bibliography.map((known) => known.id).join(', ')}.`,
  );
}

/** The ids in a Cite's `id` attribute: one, or several divided by blanks or commas. */
export const citedIds = (attribute: string): string[] => attribute.split(/[\s,]+/).filter(Boolean);
