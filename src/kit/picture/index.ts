import type { Component, ComponentProps } from 'svelte';
import type { ChartSpec } from '../charts/spec';
import type Picture from './Picture.svelte';

type View = Component<ComponentProps<typeof Picture>>;

let view: View | null = null;

/** Resolves when `pictureOf` knows the picture's view; one of them is enough for all. */
export async function preparePicture(): Promise<void> {
  view ??= (await import('./Picture.svelte')).default as View;
}

// The server draws once and cannot wait.
if (import.meta.env.SSR) await preparePicture();

/** What shows charts of a kind in a page, where that is more than a chart; null until it is loaded. */
export const pictureOf = (kind: ChartSpec['kind']): View | null =>
  kind === 'network' ? view : null;
