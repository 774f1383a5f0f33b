import type { Recording } from '../kit/widget';

/** What a recordings.json holds: runs by canonical parameter string. */
export type Recordings = Record<string, Recording>;

/** '../widgets/vanishing-depth/widget.ts' → 'vanishing-depth'. */
export function idOf(path: string): string {
  return path.split('/').at(-2) ?? path;
}

/** The sentence for an id that no widget has. */
export function known(id: string, ids: readonly string[]): string {
  return `There is no widget "${id}"; the widgets are ${ids.join(', ')}.`;
}
