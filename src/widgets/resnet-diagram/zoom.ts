/** How many times wider than its frame a drawing may be. */
export const MOST_ZOOM = 12;

export const withinZoom = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(1, zoom));

/**
 * Zooms what a frame scrolls, by two fingers. `zoomTo` gets the new zoom and the place of the frame, from
 * its left edge, that should stay where it is. Returns how to stop.
 */
export function zoomByTouch(
  frame: HTMLElement,
  current: () => number,
  zoomTo: (zoom: number, at: number) => void,
): () => void {
  let start: { apart: number; zoom: number } | null = null;
  const apart = ({ touches: [a, b] }: TouchEvent): number =>
    Math.hypot(a!.clientX - b!.clientX, a!.clientY - b!.clientY);
  const middle = ({ touches: [a, b] }: TouchEvent): number =>
    (a!.clientX + b!.clientX) / 2 - frame.getBoundingClientRect().left;
  const begin = (event: TouchEvent): void => {
    start = event.touches.length === 2 ? { apart: apart(event), zoom: current() } : null;
  };
  const move = (event: TouchEvent): void => {
    if (start === null || event.touches.length !== 2) return;
    // Else the page itself would be zoomed.
    event.preventDefault();
    zoomTo((start.zoom * apart(event)) / start.apart, middle(event));
  };
  const listeners = new AbortController();
  const options = { passive: false, signal: listeners.signal };
  frame.addEventListener('touchstart', begin, options);
  frame.addEventListener('touchend', begin, options);
  frame.addEventListener('touchmove', move, options);
  return () => listeners.abort();
}
