import { authoredValues } from '../../kit/authored';
import { canonical } from '../../kit/codec';
import { formatNumber, formatPercent } from '../../kit/format';
import type { Recording } from '../../kit/widget';
import { getRecording, getWidget } from '../../registry/server';
import { entryOf, measure, type Measurement } from '../widget/measured';
import type { Evidence } from './claim';

/** What the recordings say to a predicate. */
export interface Judgement {
  /** Whether it holds in every recorded run. */
  holds: boolean;
  /** Whether it fails in every run of the setting that it is held against. */
  failsSwapped: boolean;
  /** In how many runs it holds. */
  holding: number;
  runs: number;
  recording: Recording;
  measured: Measurement;
  /** The value that it is compared with, where that is measured too. */
  other: Measurement | undefined;
}

/** Tries a predicate on the recordings. Throws a sentence where a preset, value or entry is not there. */
export function judge(evidence: Evidence): Judgement {
  const { widget, preset, value, at, limit, percent, against } = evidence;
  const recording = recordingOf(widget, preset);
  const seedsOf = (from: Recording, name: string, entry: number | undefined) => {
    measure(from, name, { at: entry });
    return (from.values[name] ?? []).map((one) => entryOf(one, name, entry));
  };
  const left = seedsOf(recording, value, at);
  const right = typeof limit === 'number' ? left.map(() => limit) : seedsOf(recording, limit, at);
  const found = left.map((one, seed) => compare(evidence, one, right[seed] as number));

  const contrast =
    typeof limit === 'number'
      ? seedsOf(recordingOf(widget, against.preset), against.value, against.at).map((one) =>
          compare(evidence, one, limit),
        )
      : left.map((one, seed) => compare(evidence, right[seed] as number, one));
  return {
    holds: found.length > 0 && found.every(Boolean),
    failsSwapped: contrast.length > 0 && !contrast.some(Boolean),
    holding: found.filter(Boolean).length,
    runs: found.length,
    recording,
    measured: measure(recording, value, { at, percent }),
    other: typeof limit === 'string' ? measure(recording, limit, { at, percent }) : undefined,
  };
}

function recordingOf(id: string, preset: string | undefined): Recording {
  const widget = getWidget(id);
  return getRecording(id, canonical(widget.params, authoredValues(widget, preset, {})));
}

const compare = ({ is, by }: Evidence, left: number, right: number): boolean =>
  is === 'below' ? left < right / by : left > right * by;

/** The predicate as a sentence: "The training loss is below 2 in each of 10 runs." */
export function inWords(evidence: Evidence, runs: number): string {
  const { quantity, is, by, limit, than, percent } = evidence;
  const bound =
    typeof limit === 'string' ? than : percent ? formatPercent(limit) : formatNumber(limit);
  const relation =
    by === 1
      ? `${is} ${bound}`
      : is === 'above'
        ? `more than ${formatNumber(by)} times ${bound}`
        : `less than 1/${formatNumber(by)} of ${bound}`;
  const where = runs === 1 ? '' : ` in each of ${runs} runs`;
  return `${quantity[0]?.toUpperCase()}${quantity.slice(1)} is ${relation}${where}.`;
}

/** How many runs stand behind a recording, in words. */
export function runsInWords({ backend, seeds }: Recording): string {
  if (backend === 'float64') return 'computed, not trained: there is nothing random in it';
  if (seeds.length === 0) return 'one run';
  return seeds.length === 1
    ? 'one run: there is nothing random in it'
    : `${seeds.length} seeds, ${seeds[0]} to ${seeds.at(-1)}`;
}
