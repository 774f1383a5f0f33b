/**
 * Keeps what changes in a part of a page true under a translator. Translators put `<font>` elements in the place
 * of texts; a script then writes into texts that nobody sees, and takes its parts away and leaves the
 * translator's. Here each text goes back beside its translation, empty, as long as it says the same: where it
 * is written to, the translation gives way, and the translator finds the new text; where it goes, both go.
 * Returns what ends it.
 */
export function keepTranslatedTrue(root: Element): () => void {
  /** The translation that stands for a text. */
  const translations = new WeakMap<Node, ChildNode>();

  function look(records: MutationRecord[]): void {
    for (const { target } of records) {
      const translation = translations.get(target);
      if (translation && (target as Text).data !== '') translation.remove();
    }
    for (const { target, removedNodes, addedNodes, nextSibling, previousSibling } of records)
      for (const text of removedNodes) {
        if (!(text instanceof Text)) continue;
        const translation = translations.get(text);
        if (translation && text.isConnected) text.after(translation);
        else if (translation) translation.remove();
        else if (!text.isConnected && target.isConnected) {
          const near = [...addedNodes, previousSibling, nextSibling];
          const font = near.find((node) => node?.nodeName === 'FONT' && node.isConnected);
          if (!font) continue;
          text.data = '';
          (font as ChildNode).before(text);
          translations.set(text, font as ChildNode);
        }
      }
    // What was done here needs no second look.
    observer.takeRecords();
  }

  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  return () => observer.disconnect();
}
