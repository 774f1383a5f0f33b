import { authoredSettings } from '../../kit/authored';
import { canonical } from '../../kit/codec';
import { formatNumber, formatPercent } from '../../kit/format';
import { isRandom, seedsARun } from '../../kit/recordedSeeds';
import type { Recording } from '../../kit/widget';
import { getRecording, getWidget } from '../../registry/server';
import { holding } from '../facts/condition';
import { measure, type Measurement } from '../facts/measure';
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
  /** Whether another seed would be another run, and how many seeds one run uses up. */
  random: boolean;
  seedsARun: number;
  /** Why fewer than ten seeds were recorded, as a clause; undefined where ten or more were. */
  fewSeeds: string | undefined;
  recording: Recording;
  measured: Measurement;
  /** The value that it is compared with, where that is measured too. */
  other: Measurement | undefined;
}

/** Tries a predicate on the recordings. Throws a sentence where a preset, value or entry is not there. */
export function judge(evidence: Evidence): Judgement {
  const { widget, preset, value, at, limit, percent, against } = evidence;
  const { recording, random, seedsARun, fewSeeds } = recordingOf(widget, preset);
  const found = tryOn(evidence, recording, { value, at, limit });
  const contrast = tryOn(evidence, recordingOf(widget, against.preset).recording, against);
  return {
    holds: found.length > 0 && found.every(Boolean),
    failsSwapped: contrast.length > 0 && !contrast.some(Boolean),
    holding: found.filter(Boolean).length,
    runs: found.length,
    random,
    seedsARun,
    fewSeeds,
    recording,
    measured: measure(recording, { value, at }, { percent, finite: true }),
    other:
      typeof limit === 'string'
        ? measure(recording, { value: limit, at }, { percent, finite: true })
        : undefined,
  };
}

/** Whether the predicate holds, run by run. */
const tryOn = (
  { is, by }: Evidence,
  recording: Recording,
  { value, at, limit }: Pick<Evidence, 'value' | 'at' | 'limit'>,
): boolean[] => holding(recording, { value, at }, { [is]: limit, by });

function recordingOf(id: string, preset: string | undefined) {
  const widget = getWidget(id);
  const settings = authoredSettings(widget, preset, {});
  return {
    recording: getRecording(id, canonical(widget.params, settings)),
    random: isRandom(widget, settings),
    seedsARun: seedsARun(widget, settings),
    fewSeeds: widget.fewSeeds?.because,
  };
}

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

/** How many runs stand behind a judgement, in words. */
export function runsInWords({ recording, random, seedsARun, fewSeeds }: Judgement): string {
  const { backend, seeds } = recording;
  const computed = backend === 'float64';
  if (!random)
    return computed
      ? 'computed, not trained: there is nothing random in it'
      : 'one run: there is nothing random in it';
  const [first = 0] = seeds;
  const last = (seeds.at(-1) ?? first) + seedsARun - 1;
  const range = `${first} to ${last}`;
  const runs =
    seedsARun === 1
      ? `${seeds.length} seeds, ${range}`
      : `${seeds.length === 1 ? 'one run' : `${seeds.length} runs`} of ${seedsARun} seeds each, ${range}`;
  const told = fewSeeds ? `${runs} (${fewSeeds})` : runs;
  return computed ? `computed for ${told}` : told;
}
