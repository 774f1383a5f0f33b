import type { AnyWidget } from '../kit/widget';
import { en } from '../kit/words/en';
import type { Controls } from './api';
import { DRAWING } from '../kit/drawing';
import { CONTROLS } from './protocol';

/** The names of all that an embed of a widget can be asked to show, in the order in which it stands there. */
export const shownIn = ({
  drawing,
  figures,
}: {
  drawing?: string | undefined;
  figures: readonly { id: string }[];
}): string[] => [...(drawing === undefined ? [] : [DRAWING]), ...figures.map(({ id }) => id)];

/** What of a widget an embed is asked to show. */
export interface Asked {
  /** Whether the figures fill the frame; else the whole widget stands there, as tall as it is. */
  fills: boolean;
  /** The names of what is to be shown, in the order wanted: all there is, where none is said. */
  figures: readonly string[];
  controls: Controls;
  /** Sentences about what was not understood. */
  notes: string[];
}

/**
 * Reads `figures` and `controls` of an embed's address. A figure that is not there shows all of them, and a
 * sentence says so.
 */
export function readAsked(
  widget: Pick<AnyWidget, 'drawing' | 'figures'>,
  query: URLSearchParams,
): Asked {
  const known = shownIn(widget);
  const notes: string[] = [];
  const names = (query.get('figures') ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length > 0) notes.push(en.parameters.unknownFigure(wrong.join(','), en.listAll(known)));
  const wanted = query.get('controls') ?? 'all';
  const controls = CONTROLS.find((one) => one === wanted);
  if (controls === undefined) notes.push(en.parameters.unknownControls(wanted, en.list(CONTROLS)));
  return {
    fills: names.length > 0 || query.has('controls'),
    figures: names.length === 0 || wrong.length > 0 ? known : [...new Set(names)],
    controls: controls ?? 'all',
    notes,
  };
}
