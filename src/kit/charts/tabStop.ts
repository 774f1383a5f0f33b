/** By how many pixels the letters of a formula may stand out of its box, which then scrolls by no more than that. */
const OVERHANG = 8;

/**
 * Makes a box a stop of Tab while it holds more than it shows, so that the keyboard can scroll it, and only
 * then; one in focus stays one. Watches the box and what stands in it now; returns what ends that.
 */
export function tabStop(box: HTMLElement): () => void {
  const resized = new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + OVERHANG)
      box.tabIndex = 0;
    else if (!box.matches(':focus')) box.removeAttribute('tabindex');
  });
  for (const one of [box, ...box.children]) resized.observe(one);
  return () => resized.disconnect();
}
