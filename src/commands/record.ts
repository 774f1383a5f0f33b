/**
 * `npm run record [-- <widget> …] [--missing]`: runs every setting that the chapters and the presets
 * show, over ten seeds or as many as the widget declares, and writes each widget's recordings.json.
 * With --missing only settings without a valid recording are run.
 *
 * `npm run record -- --check [--all] [--shard 1/4] [<widget> …]` writes nothing: it runs again what was
 * recorded and fails where a number has changed. Without --all it takes one setting of each widget and
 * one seed, with --all every setting and every seed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from '../engine/json.ts';
import { createLocalEngineService } from '../engine/node.ts';
import { declaredSettings } from '../kit/authored.ts';
import type { AnyValues } from '../kit/codec.ts';
import { significant } from '../kit/format.ts';
import { decimate } from '../kit/result.ts';
import { trainSeeds } from '../kit/trainSeeds.ts';
import type {
  AnySurveyWidget,
  AnyTrainingWidget,
  AnyWidget,
  ClosedForm,
  Recording,
} from '../kit/widget.ts';
import { getRecording, getRecordings, getWidget, widgets } from '../registry/server.ts';
import { differing, shardOf } from './compare-recording.ts';
import { references } from './references.ts';

/** Seeds of a recorded training run, from the setting's own seed on, where its widget names no number. */
const SEEDS = 10;
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
  if (options.check)
    return check(shardOf(recorded(chosen, options.all), options.shard), options.all);
  for (const widget of chosen) {
    const settings = settingsOf(widget);
    const old = getRecordings(widget.id);
    const recordings = new Map(
      [...settings.keys()].flatMap((key): [string, Recording][] =>
        old[key] ? [[key, old[key]]] : [],
      ),
    );
    for (const [key, values] of settings) {
      if (options.missing && recordings.get(key)?.version === widget.version) continue;
      const started = performance.now();
      process.stdout.write(`${widget.id} ${key || '(defaults)'} … `);
      recordings.set(key, await recordSetting(widget, key, values));
      console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
      // Written after each setting, so that a run that is stopped keeps what it has.
      write(widget.id, recordings);
    }
    write(widget.id, recordings);
  }
}

/** Every setting of a widget that its presets and the chapters show, by canonical string. */
function settingsOf(widget: AnyWidget): Map<string, AnyValues> {
  const settings = declaredSettings(widget);
  for (const reference of references(`${root}content`))
    if (reference.widget === widget.id) settings.set(reference.key, reference.values);
  return settings;
}

interface Setting {
  widget: AnyWidget;
  key: string;
  values: AnyValues;
}

/** The settings to check: the default of each widget, or all. */
function recorded(chosen: readonly AnyWidget[], all: boolean): Setting[] {
  return chosen.flatMap((widget) =>
    [...settingsOf(widget)]
      .filter(([key]) => all || key === '')
      .map(([key, values]) => ({ widget, key, values })),
  );
}

/** Runs settings again. Throws, naming settings and values, where a number is not the recorded one. */
async function check(settings: readonly Setting[], all: boolean): Promise<void> {
  const faults: string[] = [];
  for (const { widget, key, values } of settings) {
    const before = getRecording(widget.id, key);
    const again = await recordSetting(widget, key, values, all ? undefined : 1);
    const names = differing(before.values, again.values);
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
  console.log(`${settings.length} settings checked.`);
}

/** Runs a setting for some seeds, as many as a recording holds where nothing is said. */
export async function recordSetting(
  widget: AnyWidget,
  key: string,
  values: AnyValues,
  seeds?: number,
): Promise<Recording> {
  const today = new Date().toISOString().slice(0, 10);
  const common = { key, version: widget.version, versions: versions(), recorded: today };
  if (widget.kind === 'closedForm') {
    const { default: compute } = (await widget.experiment()) as {
      default: ClosedForm<AnyValues, unknown>;
    };
    const result = compute(values);
    const named = widget.values(values, result as never);
    return {
      ...common,
      backend: 'float64',
      seeds: [],
      result,
      values: mapValues(named, (value) => [round(value)]),
    };
  }
  if (widget.kind === 'survey') return { ...common, ...(await recordSurvey(widget, values)) };
  return { ...common, ...(await recordTraining(widget, values, seeds)) };
}

/** What a survey finds in Node, on every backend that there is. */
async function recordSurvey(widget: AnySurveyWidget, values: AnyValues) {
  const { default: survey } = await widget.experiment();
  const service = createLocalEngineService();
  let result: unknown = null;
  try {
    for await (const found of survey(values, service, {})) result = found;
  } finally {
    service.close();
  }
  const kept: unknown = widget.recorded?.(result) ?? result;
  const named = mapValues(widget.values(values, kept), (value) => [round(value)]);
  return { backend: 'Node', seeds: [], result: kept, values: named };
}

async function recordTraining(
  widget: AnyTrainingWidget,
  values: AnyValues,
  most = widget.recorded?.seeds ?? SEEDS,
) {
  const service = createLocalEngineService('captured');
  const first = Number(values['seed'] ?? 0);
  const count = widget.seeded?.(values as never) === false ? 1 : most;
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  const named: Record<string, (number | number[])[]> = {};
  let shown: unknown = null;
  let backend = '';
  try {
    for await (const run of trainSeeds(widget, values, seeds, service)) {
      shown ??= decimate(run.result, { ...widget.recorded, digits: DIGITS });
      ({ backend } = run.info);
      const one = widget.values({ ...values, seed: run.seed }, run.result);
      for (const [name, value] of Object.entries(one)) (named[name] ??= []).push(round(value));
    }
  } finally {
    service.close();
  }
  return { backend, seeds, result: shown, values: named };
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

const mapValues = <T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
