import { createHash } from 'node:crypto';

/** One entry of the changelog. */
export interface Change {
  /** The heading that it stands under, such as "0.2.0 (2026-12-01)". */
  version: string;
  /** The day in that heading, where it names one. */
  date: Date | undefined;
  /** Its first clause: what a list of news shows. */
  title: string;
  text: string;
}

/** The entries of a changelog: list items under second-level headings, Markdown marks taken off. */
export function changesIn(changelog: string): Change[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [version = '', ...lines] = section.split('\n');
      const [day] = /\d{4}-\d{2}-\d{2}/.exec(version) ?? [];
      return lines
        .join('\n')
        .split(/^- /m)
        .slice(1)
        .map((item) => {
          const text = plain(item);
          return {
            version: version.trim(),
            date: day ? new Date(`${day}T00:00:00Z`) : undefined,
            title: /^.*?[.;](?= |$)/.exec(text)?.[0].slice(0, -1) ?? text,
            text,
          };
        });
    });
}

/** A list item without the marks of Markdown; underscores within a word stay. */
const plain = (item: string): string =>
  item
    .replace(/[*`]/g, '')
    .replace(/(?<!\w)_(.+?)_(?!\w)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** A short name of a text that stays while the text does, for readers that tell old news from new. */
export function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
