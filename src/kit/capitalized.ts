/** A text with a capital in front, as at the head of a sentence or a row. */
export const capitalized = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;
