/**
 * The prefix of a widget's keys in the page's address: none where it is alone on the page, else its
 * id, numbered from the second of the same id on.
 *
 * @param ids the ids of all widgets of the page, in the order of the text.
 * @param index which of them is meant.
 */
export function prefixOf(ids: readonly string[], index: number): string {
  if (ids.length < 2) return '';
  const id = ids[index] ?? '';
  const before = ids.slice(0, index).filter((other) => other === id).length;
  return before === 0 ? `${id}.` : `${id}-${before + 1}.`;
}
