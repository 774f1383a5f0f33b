/**
 * Lets a touch that begins on a slider and becomes a scroll change nothing: browsers set the slider where the
 * finger lands, and tell only later that it was meant for the page. Returns what ends it.
 */
export function putBackWhereScrolled(root: HTMLElement): () => void {
  let held: { slider: HTMLInputElement; value: string } | null = null;
  const take = ({ target }: Event) => {
    held =
      target instanceof HTMLInputElement && target.type === 'range'
        ? { slider: target, value: target.value }
        : null;
  };
  const putBack = () => {
    if (held === null) return;
    const { slider, value } = held;
    held = null;
    slider.value = value;
    for (const type of ['input', 'change'])
      slider.dispatchEvent(new Event(type, { bubbles: true }));
  };
  root.addEventListener('pointerdown', take, { capture: true });
  root.addEventListener('pointercancel', putBack, { capture: true });
  return () => {
    root.removeEventListener('pointerdown', take, { capture: true });
    root.removeEventListener('pointercancel', putBack, { capture: true });
  };
}
