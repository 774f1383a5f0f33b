/**
 * `npm run record [-- <widget> …] [--missing]`: runs every setting that the chapters and the presets
 * show, over ten seeds, and writes each widget's recordings.json. With --missing only settings
 * without a valid recording are run.
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
import { getRecordings, getWidget, widgets } from '../registry/server.ts';
import { references } from './references.ts';

/** Seeds of a recorded training run, from the setting's own seed on. */
const SEEDS = 10;
const DIGITS = 4;

const root = fileURLToPath(new URL('../../', import.meta.url));

export default async function record(args: string[]): Promise<void> {
  const { values: options, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { missing: { type: 'boolean', default: false } },
  });
  const chosen = positionals.length > 0 ? positionals.map(getWidget) : [...widgets.values()];
  const shown = references(`${root}content`);
  for (const widget of chosen) {
    const settings = declaredSettings(widget);
    for (const reference of shown)
      if (reference.widget === widget.id) settings.set(reference.key, reference.values);
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

async function recordSetting(
  widget: AnyWidget,
  key: string,
  values: AnyValues,
): Promise<Recording> {
  const recorded = new Date().toISOString().slice(0, 10);
  const common = { key, version: widget.version, versions: versions(), recorded };
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
  return { ...common, ...(await recordTraining(widget, values)) };
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
  const named = mapValues(widget.values(values, result), (value) => [round(value)]);
  return { backend: 'Node', seeds: [], result, values: named };
}

async function recordTraining(widget: AnyTrainingWidget, values: AnyValues) {
  const service = createLocalEngineService('captured');
  const first = Number(values['seed'] ?? 0);
  const count = widget.seeded?.(values as never) === false ? 1 : SEEDS;
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  const named: Record<string, (number | number[])[]> = {};
  let shown: unknown = null;
  let backend = '';
  try {
    for await (const run of trainSeeds(widget, values, seeds, service)) {
      shown ??= decimate(run.result, { digits: DIGITS });
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
