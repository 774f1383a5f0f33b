/**
 * Symbols with a subscript, as plain text writes them: `σ_w`, `h_l`, `n_out`. One letter or digit is set
 * low, and after a single letter `in`, `out` and a gate's `hf` as well; names such as `mlp_relu` stay as they are.
 */

/** A piece of a text, and whether it is set low. */
export interface Piece {
  text: string;
  low: boolean;
}

const subscript =
  /(?<=\p{L})_(\p{L}|\d|(?<=(?<![\p{L}\d_])\p{L}_)(?:in|out|[hx][fginorz]))(?![\p{L}\d_])/u;

/** A text in pieces: what stands on the line, and subscripts without their underscore. */
export function pieces(text: string): Piece[] {
  return text
    .split(subscript)
    .map((piece, k) => ({ text: piece, low: k % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

/** A text for where nothing can be set low, such as an accessible name: `σ w`. */
export const unset = (text: string): string =>
  pieces(text)
    .map(({ text, low }) => (low ? ` ${text}` : text))
    .join('');

/** A word that only a formula has, one that a formula may have, and a sign between two of them. */
const symbol = /[‖∂√∏Σ∞′²³⁰¹⁴-⁹⁻₀-₉\p{Script=Greek}]|\p{L}_[\p{L}\d]/u;
const operand = /^(?:[−±]?\d+(?:[.,]\d+)*%?|\p{L})$/u;
const sign = /^[=+−±·×/<>≤≥≈→]$/;
/** A word between the marks of the sentence around it. */
const word = /^(\(?)(.*?)(\)?[.,;:?!]*)$/u;

/** A text cut where a formula begins or ends, so that each formula can keep its direction in any script. */
export function formulas(text: string): { text: string; formula: boolean }[] {
  const words = text.split(/(\s+)/);
  const parts: { text: string; formula: boolean }[] = [];
  const add = (piece: string, formula: boolean) => {
    const last = parts.at(-1);
    if (last?.formula === formula && !formula) last.text += piece;
    else if (piece !== '') parts.push({ text: piece, formula });
  };
  for (let at = 0; at < words.length;) {
    const end = formulaEnd(words, at);
    if (end === at) add(words[at++]!, false);
    else {
      const [before, whole, after] = bare(words.slice(at, end).join(''));
      add(before, false);
      add(whole, true);
      add(after, false);
      at = end;
    }
  }
  return parts;
}

/** Where a formula that begins at a word ends; the word itself where none begins there. */
function formulaEnd(words: readonly string[], from: number): number {
  let end = from;
  let isFormula = false;
  for (let at = from; at < words.length; at += 4) {
    const [, inner, after] = bare(words[at]!);
    if (!symbol.test(inner) && !operand.test(inner)) break;
    isFormula ||= symbol.test(inner);
    end = at + 1;
    if (/[.,;:?!]$/.test(after) || !sign.test(words[at + 2] ?? '')) break;
  }
  return isFormula ? end : from;
}

type Bare = [before: string, inner: string, after: string];

/** A piece of a sentence between the marks around it; a bracket that it closes itself stays with it. */
function bare(piece: string): Bare {
  const [before, inner, after] = word.exec(piece)!.slice(1) as Bare;
  const opened = inner.split('(').length - inner.split(')').length;
  if (before === '(' && opened < 0) return ['', before + inner, after];
  if (after.startsWith(')') && opened > 0) return [before, `${inner})`, after.slice(1)];
  return [before, inner, after];
}
