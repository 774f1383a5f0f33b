/** A name without what may be spelt otherwise: `batchSize`, `batch-size` and `Batch_Size` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * How many letters must be put in, taken out, replaced, or changed with their neighbour to make one word of
 * another (Damerau, 1964; each place changed once).
 */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const [before, last] = [rows[i - 2], rows[i - 1]!];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (before && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** Letters from which on a part of a name is taken for it. */
const PART = 4;

/**
 * Whether a word looks like one of some names, misspelt: a letter away, two where it is long, or a part of it
 * (`batch` for `batch-size`). What others add to a link (`ref`, `lang`, `msclkid`) does not.
 */
export function looksLike(word: string, names: readonly string[]): boolean {
  const given = plain(word);
  if (given.length < 3) return false;
  return names.map(plain).some((name) => {
    const part = Math.min(given.length, name.length) >= PART;
    if (part && (name.startsWith(given) || given.startsWith(name))) return true;
    return distance(given, name) <= (name.length > 6 ? 2 : 1);
  });
}
