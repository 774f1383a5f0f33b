import { authoredSettings } from '../../kit/authored';
import { canonical, presetSettings, type AnySettings } from '../../kit/codec';
import { spreadOf } from '../../kit/spread';
import type { AnyWidget, Recording } from '../../kit/widget';
import { getRecording, getWidget } from '../../registry/server';
import { perRun } from '../facts/quantity';
import { rightChoices, type Choice, type Condition, type Values } from './judge';

/** A curve to draw: a value with one entry a layer, on a logarithmic axis. */
export interface Curve {
  value: string;
  /** The ends of the axis, as powers of ten. */
  from: number;
  to: number;
  /** A point counts as near within this factor. */
  within: number;
  /** The place of the point that the reader is given: the last. */
  given: number;
  x: string;
  y: string;
}

/** A question as a page asks it: plain data, which its script reads. */
export interface Question {
  /** What the figure of the widget and its setting is called on the page; null where no figure is asked. */
  of: string | null;
  key: string;
  /** Whether the reader's own run is to be waited for. */
  trains: boolean;
  choices: Choice[];
  curve: Curve | null;
  /** The named values of the recorded run that the figure shows, as far as the question asks for them. */
  recorded: Values;
  /** Whether the medians over the recorded runs decide, and not the one run that is seen. */
  median: boolean;
  /** Whether it can be right or wrong. */
  judged: boolean;
}

const OWN = ['choices', 'of', 'preset', 'draw', 'from', 'to', 'within', 'x', 'y', 'median'];
const CONDITION = ['value', 'at', 'over', 'above', 'below', 'by', 'is', 'finite'];

/**
 * Reads the attributes of a `<Prediction>`: its choices, and by which named values of which recorded setting
 * they are judged. The recordings must make exactly one choice right, in the run that the figure shows as in
 * the medians over all.
 *
 * @throws a sentence that names what is wrong, and what is allowed.
 */
export function readQuestion(attributes: Readonly<Record<string, unknown>>): Question {
  const { of, preset, choices = [], draw, median = false } = attributes;
  if (!Array.isArray(choices)) throw new Error('choices must be a list.');
  if (typeof median !== 'boolean') throw new Error('median must be given or left out.');
  if (of === undefined) {
    const odd = choices.find((one) => typeof one !== 'string');
    if (odd !== undefined || draw !== undefined)
      throw new Error('of="…" is missing: name the widget whose numbers judge the guess.');
    const unjudged = { of: null, key: '', trains: false, recorded: {}, median, judged: false };
    return { ...unjudged, choices: choices.map((says: string) => ({ says })), curve: null };
  }
  const widget = getWidget(String(of));
  const parameters = Object.entries(attributes).filter(([name]) => !OWN.includes(name));
  // What the page adds for itself is no parameter.
  const own = parameters.filter(([name]) => !['id', 'number', 'class'].includes(name));
  const settings = authoredSettings(widget, preset, Object.fromEntries(own));
  const key = canonical(widget.params, settings);
  const recording = getRecording(widget.id, key);
  const shared = { of: widget.id, key, trains: widget.kind === 'training', median };
  if (draw !== undefined) {
    if (choices.length > 0) throw new Error('give choices or draw, not both.');
    const curve = readCurve(attributes, recording);
    const recorded = valuesOf(recording, [curve.value], median);
    return { ...shared, choices: [], curve, recorded, judged: true };
  }
  const read = choices.map((one) => readChoice(one, widget, recording));
  const names = [...new Set(read.flatMap(({ when = [] }) => when.flatMap((one) => namesIn(one))))];
  const judged = names.length > 0;
  const recorded = valuesOf(recording, names, median);
  if (judged) check(read, recording, names, median);
  return { ...shared, choices: read, curve: null, recorded, judged };
}

/** The names of the values that a condition reads. */
const namesIn = ({ value, over, above, below }: Condition): string[] =>
  [value, over, above, below].filter((one) => typeof one === 'string');

function readChoice(given: unknown, widget: AnyWidget, recording: Recording): Choice {
  if (typeof given === 'string') return { says: given };
  const { says, when, ...rest } = (given ?? {}) as Record<string, unknown>;
  const other = Object.keys(rest)[0];
  if (typeof says !== 'string' || other !== undefined)
    throw new Error(
      `a choice is a text, or { says: 'text', when: { value: … } }${other ? `; it has no ${other}` : ''}.`,
    );
  if (when === undefined) return { says };
  return { says, when: [when].flat().map((one) => readCondition(one, widget, recording)) };
}

function readCondition(given: unknown, widget: AnyWidget, recording: Recording): Condition {
  const asked = { ...(given as Record<string, unknown>) };
  for (const name of Object.keys(asked))
    if (!CONDITION.includes(name))
      throw new Error(`when has no ${name}; it has ${CONDITION.join(', ')}.`);
  if (typeof asked['value'] !== 'string')
    throw new Error('when must name a recorded value: { value: … }.');
  if (!['above', 'below', 'is', 'finite'].some((name) => asked[name] !== undefined))
    throw new Error('when must say above, below, is or finite.');
  for (const name of ['above', 'below']) {
    const limit = asked[name];
    // A limit may be a number of another recorded setting.
    if (typeof limit === 'object' && limit !== null) asked[name] = elsewhere(limit, widget);
  }
  const condition = asked as unknown as Condition;
  const { at } = condition;
  // Names what is recorded where there is no such value, and what is wrong with the entry.
  for (const name of namesIn(condition)) perRun(recording, { value: name, at });
  return condition;
}

function elsewhere(limit: object, widget: AnyWidget): number {
  const { preset, value, at } = limit as { preset?: string; value?: string; at?: number };
  if (preset === undefined || value === undefined)
    throw new Error('a limit of another setting is { preset: …, value: … }.');
  const settings = presetSettings(widget, preset) as AnySettings;
  const recording = getRecording(widget.id, canonical(widget.params, settings));
  return spreadOf(perRun(recording, { value, at })).median;
}

/** Named values of the first recorded run, or the medians over all of them. */
function valuesOf(recording: Recording, names: readonly string[], median: boolean): Values {
  return Object.fromEntries(
    names.map((name) => {
      const runs = recording.values[name] ?? [];
      const first = runs[0] ?? Number.NaN;
      if (!median) return [name, first];
      return [
        name,
        Array.isArray(first)
          ? first.map((_, at) => spreadOf(runs.map((run) => (run as number[])[at]!)).median)
          : spreadOf(runs as number[]).median,
      ];
    }),
  );
}

/** That exactly one choice is right, and the same one in the run that is seen and in the medians. */
function check(
  choices: readonly Choice[],
  recording: Recording,
  names: readonly string[],
  median: boolean,
): void {
  const told = (right: number[]) =>
    right.length === 0 ? 'none' : right.map((k) => `“${choices[k]!.says}”`).join(' and ');
  const medians = rightChoices(choices, valuesOf(recording, names, true));
  if (medians.length !== 1)
    throw new Error(
      `exactly one choice must be right by the recorded runs; by their medians it is ${told(medians)}.`,
    );
  const seen = rightChoices(choices, valuesOf(recording, names, false));
  if (!median && (seen.length !== 1 || seen[0] !== medians[0]))
    throw new Error(
      `by the medians ${told(medians)} is right, in the run that the figure shows ${told(seen)}: ` +
        'add median to judge by the medians, or choose conditions that both meet.',
    );
}

function readCurve(attributes: Readonly<Record<string, unknown>>, recording: Recording): Curve {
  const { draw, from, to, within = 10, x, y } = attributes;
  const runs = Object.hasOwn(recording.values, String(draw)) ? recording.values[String(draw)] : [];
  const first = runs?.[0];
  if (!Array.isArray(first)) {
    const lists = Object.keys(recording.values).filter((name) =>
      Array.isArray(recording.values[name]![0]),
    );
    throw new Error(
      `draw="${String(draw)}" is no recorded value with an entry a layer; those are ${lists.join(', ')}.`,
    );
  }
  if (!Number.isInteger(from) || !Number.isInteger(to) || Number(from) >= Number(to))
    throw new Error('from and to must be whole powers of ten, the first below the second.');
  if (typeof within !== 'number' || within <= 1)
    throw new Error('within must be a factor above 1.');
  if (typeof x !== 'string' || typeof y !== 'string')
    throw new Error('x and y must name the axes.');
  const [low, high] = [10 ** Number(from), 10 ** Number(to)];
  if (first.some((one) => !(one >= low && one <= high)))
    throw new Error(
      `the recorded curve leaves the axes: it runs from ${Math.min(...first)} to ${Math.max(...first)}.`,
    );
  return {
    ...{ value: String(draw), from: Number(from), to: Number(to), within, x, y },
    given: first.length - 1,
  };
}
