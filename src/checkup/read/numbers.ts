const words: Record<string, number> = {
  nan: NaN,
  '-nan': NaN,
  '+nan': NaN,
  'nan(ind)': NaN,
  '-nan(ind)': NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity,
};

/** x, o and b, in both cases. */
const radix = new Set([88, 79, 66, 120, 111, 98]);

/**
 * The number that a logger printed, with the words of every language for what is not finite (`nan`,
 * `Infinity`, `-inf`), or `undefined` where the text is no number. With `comma` the decimal point is a
 * comma.
 */
export function numberFrom(text: string, comma = false): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const first = trimmed.charCodeAt(0);
  const looksLikeNumber =
    (first >= 48 && first <= 57) || first === 45 || first === 46 || first === 43;
  if (looksLikeNumber) {
    const number = Number(comma ? trimmed.replace(',', '.') : trimmed);
    // Number() also reads 0x1f, 0b1 and 0o7, which no logger means.
    if (number === number && !radix.has(trimmed.charCodeAt(1))) return number;
  }
  return words[trimmed.toLowerCase()];
}
