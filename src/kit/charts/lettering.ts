/**
 * Symbols with a subscript, as plain text writes them: `σ_w`, `h_l`, `n_out`. One letter or digit is set
 * low, and `in` and `out` after a single letter; names such as `mlp_relu` stay as they are.
 */

/** A piece of a text, and whether it is set low. */
export interface Piece {
  text: string;
  low: boolean;
}

const subscript = /(?<=\p{L})_(\p{L}|\d|(?<=(?<![\p{L}\d_])\p{L}_)(?:in|out))(?![\p{L}\d_])/u;

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
