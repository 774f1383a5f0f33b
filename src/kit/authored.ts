import {
  canonical,
  defaults,
  ParameterError,
  presetSettings,
  readStrict,
  type AnySettings,
} from './codec';
import type { AnyWidget } from './widget';

/**
 * The settings that an author wrote: a preset, if named, and single parameters over it. Throws
 * `ParameterError` with what is allowed.
 */
export function authoredSettings(
  widget: AnyWidget,
  preset: unknown,
  params: Record<string, unknown>,
): AnySettings {
  if (preset !== undefined && typeof preset !== 'string')
    throw new ParameterError(`preset must be a plain string, not ${JSON.stringify(preset)}`);
  return readStrict(widget.params, params, presetSettings(widget, preset)) as AnySettings;
}

/**
 * Every setting that a widget declares: its defaults and its presets, by canonical string, with the
 * names that lead there.
 */
export function declaredSettings(widget: AnyWidget): Map<string, AnySettings> {
  const all = [
    defaults(widget.params),
    ...Object.keys(widget.presets).map((preset) => presetSettings(widget, preset)),
  ] as AnySettings[];
  return new Map(all.map((settings) => [canonical(widget.params, settings), settings]));
}
