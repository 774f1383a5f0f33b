import type { Name, Source } from './bibliography.ts';

const familyName = (name: Name): string =>
  name.literal ?? [name['non-dropping-particle'], name.family].filter(Boolean).join(' ');

const fullName = (name: Name): string => {
  if (name.literal) return name.literal;
  const initials = (name.given ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((given) =>
      given
        .split('-')
        .map((part) => `${part[0]}.`)
        .join('-'),
    )
    .join(' ');
  return [familyName(name), initials].filter(Boolean).join(', ');
};

/** Authors as in a running text: “Bengio et al.”, “Glorot & Bengio”. */
export function shortAuthors(source: Source): string {
  const names = source.author.map(familyName);
  if (names.length > 2) return `${names[0]} et al.`;
  return names.join(' & ');
}

/** Null for a source without a date. */
const year = (source: Source): number | null => source.issued?.['date-parts'][0]?.[0] ?? null;

/** The year, with a letter where the same authors have several sources in it: 2016a; n.d. for no date. */
export function yearLabel(source: Source, bibliography: readonly Source[]): string {
  const alike = bibliography.filter(
    (other) => year(other) === year(source) && shortAuthors(other) === shortAuthors(source),
  );
  if (year(source) === null || alike.length < 2) return String(year(source) ?? 'n.d.');
  return `${year(source)}${'abcdefghijklmnopqrstuvwxyz'[alike.findIndex((other) => other.id === source.id)]}`;
}

/** Sources by the first author's family name, then year. */
export function sorted(sources: readonly Source[]): Source[] {
  const key = (source: Source) => source.author.map(familyName).join(' ');
  return [...sources].sort(
    (a, b) => key(a).localeCompare(key(b), 'en') || (year(a) ?? 0) - (year(b) ?? 0),
  );
}

/** A title with a full stop, unless it ends in a mark of its own. */
export const closed = (title: string): string => (/[.?!…]$/.test(title) ? title : `${title}.`);

/** One entry of a list of references, in the parts that are set differently. */
export interface Entry {
  authors: string;
  year: string;
  title: string;
  /** Whether the title itself is the name of a published volume, set in italics. */
  titleIsVolume: boolean;
  /** The journal or book that holds it. */
  container: string | undefined;
  /** What follows the container: volume, pages, publisher. */
  details: string;
  note: string | undefined;
  href: string | undefined;
  language: string | undefined;
}

const nameList = (names: readonly Name[]): string => {
  const all = names.map(fullName);
  if (all.length === 1) return all[0]!;
  return `${all.slice(0, -1).join(', ')} & ${all.at(-1)}`;
};

/** Where a source can be read: its DOI's address, else its own. */
export function address(source: Source): string | undefined {
  return source.DOI ? `https://doi.org/${source.DOI}` : source.URL;
}

/** Formats a source after the manner of APA. */
export function formatEntry(source: Source, bibliography: readonly Source[]): Entry {
  const volume = source.volume
    ? `${source.volume}${source.issue ? `(${source.issue})` : ''}`
    : undefined;
  const series = source['collection-title']
    ? `${source['collection-title']}${source['collection-number'] ? ` ${source['collection-number']}` : ''}`
    : undefined;
  const pages = source.page?.replace('-', '–');
  const publisher = source.publisher === source.author[0]?.literal ? undefined : source.publisher;
  return {
    authors: nameList(source.author),
    year: yearLabel(source, bibliography),
    title: source.title,
    titleIsVolume: ['book', 'thesis', 'standard', 'dataset'].includes(source.type),
    container: source['container-title'],
    details: [volume, series, pages, source.genre, publisher, source.number]
      .filter(Boolean)
      .join(', '),
    note: source.note,
    href: address(source),
    language: source.language,
  };
}
