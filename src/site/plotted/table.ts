/** A table of facts as it has been set in HTML. */
export interface SetTable {
  /** What stands over the names of its rows. */
  corner: string;
  /** The heads of its columns, the first one apart. */
  heads: string[];
  rows: SetRow[];
}

export interface SetRow {
  /** What stands in its first cell; a number from a recording without what opens at a press. */
  name: string;
  /** One for each head; undefined where a cell shows no number from a recording. */
  cells: (SetCell | undefined)[];
}

export interface SetCell {
  value: number;
  /** The id of the fact, by which its range is known; undefined where it has none. */
  fact: string | undefined;
}

/** What is set a second time is no link a second time. */
const unlinked = (html: string): string => html.replace(/<\/?a\b[^>]*>/g, '');

const cellsOf = (row: string): string[] =>
  Array.from(row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g), ([, inner]) => inner!.trim());

function readCell(html: string): SetCell | undefined {
  const value = /<data value="([^"]*)"/.exec(html)?.[1];
  if (value === undefined) return undefined;
  return { value: Number(value), fact: /popovertarget="([^"]+)"/.exec(html)?.[1] };
}

/** A row's name, to be set a second time. Throws a sentence where it holds what a page has only once. */
function readName(html: string): string {
  const name = unlinked(/<data [^>]*>([\s\S]*?)<\/data>/.exec(html)?.[1] ?? html);
  if (/ id="/.test(name))
    throw new Error('the name of a row holds a citation or a term: put it in the text.');
  return name;
}

/** Reads the first table of a piece of HTML. Throws a sentence where there is none to draw. */
export function readTable(html: string): SetTable {
  const [, table = ''] = /<table[^>]*>([\s\S]*?)<\/table>/.exec(html) ?? [];
  const [head = [], ...rows] = Array.from(table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g), ([, row]) =>
    cellsOf(row!),
  );
  const read = rows.map(([name = '', ...cells]) => ({
    name: readName(name),
    cells: cells.map(readCell),
  }));
  if (!read.some(({ cells }) => cells.some((cell) => cell !== undefined)))
    throw new Error('it holds no table with a <Measured> in it: there is nothing to draw.');
  const [corner = '', ...heads] = head.map(unlinked);
  return { corner, heads, rows: read };
}
