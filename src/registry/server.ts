import { revive } from '../engine/json';
import type { AnyWidget, Recording } from '../kit/widget';
import { idOf, known, type Recordings } from './paths';

const declarations = import.meta.glob<AnyWidget>('../widgets/*/widget.ts', {
  import: 'default',
  eager: true,
});
const recorded = import.meta.glob<Recordings>('../widgets/*/recordings.json', {
  import: 'default',
  eager: true,
});

/** Every widget, by id, in the order of their ids. For the server, commands and tests. */
export const widgets: ReadonlyMap<string, AnyWidget> = new Map(
  Object.entries(declarations)
    .map(([path, widget]): [string, AnyWidget] => [idOf(path), widget])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

const recordings = new Map(
  Object.entries(recorded).map(([path, file]): [string, Recordings] => [idOf(path), revive(file)]),
);

/** The widget of an id. Throws, naming the known ids, where there is no such widget. */
export function getWidget(id: string): AnyWidget {
  const widget = widgets.get(id);
  if (widget === undefined) throw new Error(known(id, [...widgets.keys()]));
  return widget;
}

/** A widget's recorded runs by canonical parameter string. */
export function getRecordings(id: string): Recordings {
  return recordings.get(id) ?? {};
}

/**
 * The recorded run of a setting. Throws, naming the command that makes it, where there is none or
 * where it was made by another version of the widget.
 */
export function getRecording(id: string, key: string): Recording {
  const { version } = getWidget(id);
  const recording = getRecordings(id)[key];
  const setting = key === '' ? 'its defaults' : `"${key}"`;
  if (recording === undefined)
    throw new Error(`${id} has no recording for ${setting}. Run: npm run record -- ${id}`);
  if (recording.version !== version)
    throw new Error(
      `${id}'s recording for ${setting} is of version ${recording.version}, the widget is of ` +
        `version ${version}. Run: npm run record -- ${id}`,
    );
  return recording;
}
