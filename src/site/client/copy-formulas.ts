/**
 * Puts TeX on the clipboard where a selection holds formulas: a formula stands twice in the page, as boxes and
 * as MathML, sign by sign.
 */
document.addEventListener('copy', (event) => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !event.clipboardData) return;
  const range = selection.getRangeAt(0);
  // A selection that begins or ends within a formula means all of it.
  const [first, last] = [formulaAround(range.startContainer), formulaAround(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const part = range.cloneContents();
  const formulas = part.querySelectorAll('.katex');
  if (formulas.length === 0) return;
  for (const formula of formulas) formula.replaceWith(texOf(formula));
  const box = boxOf(part);
  event.clipboardData.setData('text/plain', box.innerText);
  event.clipboardData.setData('text/html', box.innerHTML);
  box.remove();
  event.preventDefault();
});

const formulaAround = (node: Node): Element | null | undefined =>
  (node instanceof Element ? node : node.parentElement)?.closest('.katex-display, .katex');

/** A formula between dollars, two where it stands alone, and the mark behind it. */
function texOf(formula: Element): string {
  const tex = formula.querySelector('annotation')?.textContent.trim() ?? '';
  const dollars = formula.closest('.katex-display') ? '$$' : '$';
  const mark = formula.querySelector('math')?.nextSibling?.textContent ?? '';
  return dollars + tex + dollars + mark;
}

/** A box out of sight that lays the selection out, without what is hidden, folded or only pressed. */
function boxOf(part: DocumentFragment): HTMLElement {
  const box = document.createElement('div');
  box.append(part);
  for (const one of box.querySelectorAll('[popover], button, script, style, .sr-only'))
    one.remove();
  box.style.cssText = 'position: absolute; inset-inline-start: -200vw; inline-size: 100vw';
  document.body.append(box);
  return box;
}

// A module, which a page imports where it has a formula.
export {};
