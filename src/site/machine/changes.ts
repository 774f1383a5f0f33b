/** One entry of the changelog. */
export interface Change {
  /** The heading that it stands under, such as "0.2.0 (2026-12-01)". */
  version: string;
  /** The day in that heading, where it names one. */
  date: Date | undefined;
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
        .map((item) => ({
          version: version.trim(),
          date: day ? new Date(`${day}T00:00:00Z`) : undefined,
          text: item.replace(/[*`]/g, '').replace(/\s+/g, ' ').trim(),
        }));
    });
}
