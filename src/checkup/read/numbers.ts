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

const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

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
    const pointed = comma ? trimmed.replace(',', '.') : trimmed;
    if (plain.test(pointed)) return Number(pointed);
  }
  return words[trimmed.toLowerCase()];
}
