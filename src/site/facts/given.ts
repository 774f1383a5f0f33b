import { authoredSettings } from '../../kit/authored';
import { canonical, type AnySettings } from '../../kit/codec';
import type { AnyWidget, Recording } from '../../kit/widget';
import { getRecording, getWidget } from '../../registry/server';

/** What a fact of the prose is told from: a recorded setting, and what its tag asks of it. */
export interface Given {
  widget: AnyWidget;
  /** The setting's parameters. */
  settings: AnySettings;
  recording: Recording;
  /** The attributes that the tag has besides widget, preset and parameters. */
  asked: Readonly<Record<string, unknown>>;
  locale: string;
  /** The recording of another setting of the widget. */
  recordingOf: (settings: AnySettings) => Recording;
}

/** What a fact says: its words, and what opens at a press; '' where there is nothing more to say. */
export interface Told {
  text: string;
  detail: string;
  /** The number, where it is one. */
  value?: number;
  /** The smallest and the largest of the runs behind it. */
  range?: readonly [low: number, high: number];
}

/** A kind of fact: the attributes of its own, and how it is told. */
export interface FactKind {
  own: readonly string[];
  /** Whether the detail stands beside the words in print. */
  printed?: boolean;
  /** Throws a sentence that names the attribute and what is allowed. */
  tell: (given: Given) => Told;
}

/** Attributes of every fact that are no parameters of the widget. */
const SHARED = ['of', 'preset'];

/**
 * Reads a tag such as `<Counted of="vanishing-depth" preset="ablation" value="finalLoss" above={2.3} />`.
 *
 * @throws a sentence where the widget, preset or a parameter is not there, or the setting is not recorded.
 */
export function given(
  attributes: Record<string, unknown>,
  own: readonly string[],
  locale = 'en',
): Given {
  const widget = getWidget(String(attributes['of'] ?? ''));
  const settings = settingOf(widget, attributes, own);
  const recordingOf = (setting: AnySettings) =>
    getRecording(widget.id, canonical(widget.params, setting));
  return {
    widget,
    settings,
    recording: recordingOf(settings),
    asked: Object.fromEntries(Object.entries(attributes).filter(([name]) => own.includes(name))),
    locale,
    recordingOf,
  };
}

/** The parameters of a tag: its preset, and what it sets besides. */
function settingOf(
  widget: AnyWidget,
  attributes: Record<string, unknown>,
  own: readonly string[],
): AnySettings {
  const parameters = Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !SHARED.includes(name) && !own.includes(name)),
  );
  return authoredSettings(widget, attributes['preset'], parameters);
}

/** An attribute that is a text, if given. */
export function textOf(asked: Given['asked'], name: string): string | undefined {
  const value = asked[name];
  if (value !== undefined && typeof value !== 'string')
    throw new Error(`${name} must be a text, not ${JSON.stringify(value)}.`);
  return value;
}

/** An attribute that is a whole number above 0, if given. */
export function countOf(asked: Given['asked'], name: string): number | undefined {
  const value = asked[name];
  if (value !== undefined && !(Number.isInteger(value) && Number(value) > 0))
    throw new Error(`${name} must be a whole number from 1 on, not ${JSON.stringify(value)}.`);
  return value as number | undefined;
}

/** An attribute that is given or left out. */
export function flagOf(asked: Given['asked'], name: string): boolean {
  const value = asked[name] ?? false;
  if (typeof value !== 'boolean')
    throw new Error(`${name} must be given or left out, not ${JSON.stringify(value)}.`);
  return value;
}
