import type { AnyWidget } from '../kit/widget';
import { en } from '../kit/words/en';
import type { Controls } from './api';
import { CONTROLS } from './protocol';

/** What of a widget an embed is asked to show. */
export interface Asked {
  /** Whether the figures fill the frame; else the whole widget stands there, as tall as it is. */
  fills: boolean;
  /** The ids of the figures wanted, in their order; null for all of them. */
  figures: readonly string[] | null;
  controls: Controls;
  /** Sentences about what was not understood. */
  notes: string[];
}

/**
 * Reads `figures` and `controls` of an embed's address. A figure that is not there shows all of them, and a
 * sentence says so.
 */
export function readAsked(widget: Pick<AnyWidget, 'figures'>, query: URLSearchParams): Asked {
  const known = widget.figures.map(({ id }) => id);
  const notes: string[] = [];
  const names = (query.get('figures') ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length > 0) notes.push(en.parameters.unknownFigure(wrong.join(','), en.listAll(known)));
  const wanted = query.get('controls') ?? 'all';
  const controls = CONTROLS.find((one) => one === wanted);
  if (controls === undefined) notes.push(en.parameters.unknownControls(wanted, en.list(CONTROLS)));
  return {
    fills: names.length > 0 || query.has('controls'),
    figures: names.length === 0 || wrong.length > 0 ? null : [...new Set(names)],
    controls: controls ?? 'all',
    notes,
  };
}
