import { flushSync, hydrate, mount, type Component } from 'svelte';

/**
 * Puts a live view in the place of the still one in `target`: the same markup taken over where `sameMarkup`,
 * else drawn anew. Where that throws, the still view is there again, and the reason is thrown on.
 */
export function enliven<Props extends Record<string, unknown>>(
  view: Component<Props>,
  target: Element,
  props: Props,
  sameMarkup: boolean,
): void {
  const still = [...target.childNodes];
  const kept = sameMarkup ? still.map((node) => node.cloneNode(true)) : still;
  try {
    (sameMarkup ? hydrate : mount)(view, { target, props });
    // What an effect throws is thrown here as well, and not later into nothing.
    flushSync();
  } catch (reason) {
    target.replaceChildren(...kept);
    throw reason;
  }
  if (!sameMarkup) for (const node of still) node.remove();
}
