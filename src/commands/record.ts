/**
 * `npm run record [-- <widget> …] [--missing]`: runs every setting that the chapters and the presets
 * show, over ten seeds where something is random, and writes each widget's recordings.json. With
 * --missing only settings without a valid recording are run.
 *
 * `npm run record -- --check [--all] [--shard 1/4] [<widget> …]` writes nothing: it runs again what was
 * recorded and fails where anything has changed. Without --all it takes one setting of each widget and
 * one seed, with --all every setting and every seed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse, stringify } from '../engine/json.ts';
import { createLocalEngineService } from '../engine/node.ts';
import type { EngineService } from '../engine/types.ts';
import { declaredSettings } from '../kit/authored.ts';
import type { AnySettings } from '../kit/codec.ts';
import { significant } from '../kit/significant.ts';
import { recordedSeeds } from '../kit/recordedSeeds.ts';
import { decimate } from '../kit/result.ts';
import { trainSeeds } from '../kit/trainSeeds.ts';
import type { AnyTrainingWidget, AnyWidget, Recording } from '../kit/widget.ts';
import { getRecording, getRecordings, getWidget, widgets } from '../registry/server.ts';
import { differing, shardOf } from './compare-recording.ts';
import { computeSeeds, type ComputedWidget } from './computed.ts';
import { references, type Reference } from './references.ts';

const DIGITS = 4;

const root = fileURLToPath(new URL('../../', import.meta.url));

export default async function record(args: string[]): Promise<void> {
  const { values: options, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      missing: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      shard: { type: 'string', default: '1/1' },
    },
  });
  const chosen = positionals.length > 0 ? positionals.map(getWidget) : [...widgets.values()];
  const service = createLocalEngineService();
  if (options.check)
    return check(shardOf(recorded(chosen, options.all), options.shard), options.all, service);
  let ran = false;
  for (const widget of chosen) {
    const wanted = settingsOf(widget);
    const old = getRecordings(widget.id);
    const recordings = new Map(
      [...wanted.keys()].flatMap((key): [string, Recording][] =>
        old[key] ? [[key, old[key]]] : [],
      ),
    );
    for (const [key, settings] of wanted) {
      if (options.missing && isCurrent(recordings.get(key), widget, settings)) continue;
      ran = true;
      const started = performance.now();
      process.stdout.write(`${widget.id} ${key || '(defaults)'} … `);
      recordings.set(key, await recordSetting(widget, key, settings, service));
      console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
      // Written after each setting, so that a run that is stopped keeps what it has.
      write(widget.id, recordings);
    }
    if (recordings.size < Object.keys(old).length) write(widget.id, recordings);
  }
  if (options.missing && !ran) console.log('Nothing is missing: every setting is recorded.');
}

/** Whether a recording is of the widget's present version and of the seeds that it should have. */
function isCurrent(
  recording: Recording | undefined,
  widget: AnyWidget,
  settings: AnySettings,
): boolean {
  return (
    recording?.version === widget.version &&
    recording.seeds.join() === recordedSeeds(widget, settings).join()
  );
}

/** What the chapters show, read once for all widgets. */
let shown: Reference[] | undefined;

/** Every setting of a widget that its presets and the chapters show, by canonical string. */
export function settingsOf(widget: AnyWidget): Map<string, AnySettings> {
  const settings = declaredSettings(widget);
  shown ??= references(`${root}content`);
  for (const reference of shown)
    if (reference.widget === widget.id) settings.set(reference.key, reference.settings);
  return settings;
}

interface Setting {
  widget: AnyWidget;
  key: string;
  settings: AnySettings;
}

/** The settings to check: the default of each widget, or all. */
function recorded(chosen: readonly AnyWidget[], all: boolean): Setting[] {
  return chosen.flatMap((widget) =>
    [...settingsOf(widget)]
      .filter(([key]) => all || key === '')
      .map(([key, settings]) => ({ widget, key, settings })),
  );
}

/** Runs settings again. Throws, naming settings and places, where a number is not the recorded one. */
async function check(
  chosen: readonly Setting[],
  all: boolean,
  service: EngineService,
): Promise<void> {
  const faults: string[] = [];
  for (const { widget, key, settings } of chosen) {
    const seeds = recordedSeeds(widget, settings);
    const chosenSeeds = all ? seeds : seeds.slice(0, 1);
    const again = await recordSetting(widget, key, settings, service, chosenSeeds);
    const names = differing(getRecording(widget.id, key), again, seeds);
    const title = `${widget.id} ${key || '(defaults)'}`;
    console.log(
      `${title}: ${names.length === 0 ? 'as recorded' : `differs in ${names.join(', ')}`}`,
    );
    if (names.length > 0) faults.push(title);
  }
  if (faults.length > 0)
    throw new Error(
      `Not what is recorded: ${faults.join('; ')}. If the change is meant, run: npm run record`,
    );
  console.log(`${chosen.length} settings checked.`);
}

/**
 * Runs a setting for some seeds, all that a recording holds where nothing is said. Several settings should
 * share a service: steps that it has captured serve those that come later.
 */
export async function recordSetting(
  widget: AnyWidget,
  key: string,
  settings: AnySettings,
  service: EngineService,
  seeds: readonly number[] = recordedSeeds(widget, settings),
): Promise<Recording> {
  const today = new Date().toISOString().slice(0, 10);
  const run = await (widget.kind === 'training'
    ? recordTraining(widget, settings, seeds, service)
    : recordComputed(widget, settings, seeds, service));
  const recording: Recording = {
    key,
    version: widget.version,
    backend: run.backend,
    versions: versions(),
    recorded: today,
    seeds: [...seeds],
    result: run.result,
    values: run.values,
  };
  // As it will be read again.
  return parse(stringify(recording)) as Recording;
}

type Run = Pick<Recording, 'backend' | 'result' | 'values'>;

/** A closed form or a survey, for each seed; without a seed once. */
async function recordComputed(
  widget: ComputedWidget,
  settings: AnySettings,
  seeds: readonly number[],
  service: EngineService,
): Promise<Run> {
  const named: Recording['values'] = {};
  let shown: unknown = null;
  let backend = '';
  for await (const run of computeSeeds(widget, settings, seeds, service)) {
    shown ??= run.result;
    ({ backend } = run);
    append(named, run.values);
  }
  return { backend, result: shown, values: named };
}

async function recordTraining(
  widget: AnyTrainingWidget,
  settings: AnySettings,
  seeds: readonly number[],
  service: EngineService,
): Promise<Run> {
  const named: Recording['values'] = {};
  let shown: unknown = null;
  let backend = '';
  for await (const run of trainSeeds(widget, settings, seeds, service, { backend: 'captured' })) {
    shown ??= decimate(run.result, { ...widget.recorded, digits: DIGITS });
    ({ backend } = run.info);
    append(named, widget.values(run.settings, run.result));
  }
  return { backend, result: shown, values: named };
}

/** Adds the named values of one run. */
function append(named: Recording['values'], run: Record<string, number | number[]>): void {
  for (const [name, value] of Object.entries(run)) (named[name] ??= []).push(round(value));
}

function write(id: string, recordings: ReadonlyMap<string, Recording>): void {
  const rows = [...recordings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, recording]) => `${JSON.stringify(key)}: ${stringify(recording)}`);
  writeFileSync(`${root}src/widgets/${id}/recordings.json`, `{\n${rows.join(',\n')}\n}\n`);
}

/** What the numbers were computed with. */
function versions(): Record<string, string> {
  const { version, dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  return { 'gradient-lab': version, tfjs: dependencies['@tensorflow/tfjs-core'] ?? '' };
}

const round = (value: number | number[]): number | number[] =>
  Array.isArray(value) ? value.map((one) => significant(one, DIGITS)) : significant(value, DIGITS);
