import {
  canonical,
  defaults,
  ParameterError,
  presetValues,
  readStrict,
  type AnyValues,
} from './codec';
import type { AnyWidget } from './widget';

/**
 * The values that an author wrote: a preset, if named, and single parameters over it. Throws
 * `ParameterError` with what is allowed.
 */
export function authoredValues(
  widget: AnyWidget,
  preset: unknown,
  params: Record<string, unknown>,
): AnyValues {
  if (preset !== undefined && typeof preset !== 'string')
    throw new ParameterError(`preset must be a plain string, not ${JSON.stringify(preset)}`);
  return readStrict(widget.params, params, presetValues(widget, preset)) as AnyValues;
}

/**
 * Every setting that a widget declares: its defaults and its presets, by canonical string, with the
 * names that lead there.
 */
export function declaredSettings(widget: AnyWidget): Map<string, AnyValues> {
  const all = [
    defaults(widget.params),
    ...Object.keys(widget.presets).map((preset) => presetValues(widget, preset)),
  ] as AnyValues[];
  return new Map(all.map((values) => [canonical(widget.params, values), values]));
}
