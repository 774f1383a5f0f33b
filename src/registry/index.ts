import { revive } from '../engine/json';
import type { AnyWidget, Recording } from '../kit/widget';
import { idOf, known, type Recordings } from './paths';

const widgets = import.meta.glob<AnyWidget>('../widgets/*/widget.ts', { import: 'default' });
const recordings = import.meta.glob<Recordings>('../widgets/*/recordings.json', {
  import: 'default',
});

const find = <T>(modules: Record<string, () => Promise<T>>, id: string) =>
  Object.entries(modules).find(([path]) => idOf(path) === id)?.[1];

/** The ids of all widgets. */
export const widgetIds: readonly string[] = Object.keys(widgets).map(idOf).sort();

/** Loads one widget's declaration. Throws, naming the known ids, where there is no such widget. */
export async function loadWidget(id: string): Promise<AnyWidget> {
  const load = find(widgets, id);
  if (load === undefined) throw new Error(known(id, widgetIds));
  return load();
}

/** Loads a widget's recorded runs by canonical parameter string; none where it has none. */
export async function loadRecordings(id: string): Promise<Record<string, Recording>> {
  const load = find(recordings, id);
  return load === undefined ? {} : revive(await load());
}
