/**
 * `npm run experiment -- <widget> [--preset cure] | --spec file.json [--every steps] [--statistics a,b]`,
 * with `[--set depth=30 …] [--seeds 20] [--backend cpu|wasm|captured] [--json]`: runs an experiment in
 * Node and prints its numbers, or one JSON envelope.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from '../engine/json';
import { createLocalEngineService } from '../engine/node';
import type { BackendName, EngineService, TrainingSpec } from '../engine/types';
import { authoredValues } from '../kit/authored';
import type { AnyValues } from '../kit/codec';
import { formatNumber } from '../kit/format';
import { accumulate, emptyResult } from '../kit/result';
import { spreadOf } from '../kit/spread';
import type { ClosedForm, LaneResult, TrainingExperiment, TrainingResult } from '../kit/widget';
import { getWidget } from '../registry/server';

const backends: BackendName[] = ['cpu', 'wasm', 'captured', 'webgl'];
/** Frames of a run, where --every does not say. */
const frames = 60;

type Value = number | number[];

interface Options {
  backend: BackendName;
  seeds: number;
  every: number | null;
  statistics: string[];
}

/** All seeds of one experiment. */
interface Runs {
  backend: BackendName;
  seeds: number[];
  results: TrainingResult[];
  specs: Record<string, TrainingSpec>;
  values: Record<string, Value>[];
}

export default async function experiment(args: string[]): Promise<void> {
  const { values: given, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      spec: { type: 'string' },
      preset: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'wasm' },
      every: { type: 'string' },
      statistics: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const options: Options = {
    backend: oneOf(backends, given.backend, '--backend'),
    seeds: wholeNumber(given.seeds, '--seeds'),
    every: given.every === undefined ? null : wholeNumber(given.every, '--every'),
    statistics: given.statistics.split(',').filter(Boolean),
  };
  const [id, ...surplus] = positionals;
  if ((id === undefined) === (given.spec === undefined) || surplus.length > 0) {
    throw new Error('Name one widget, or give --spec file.json.');
  }
  if (given.spec !== undefined) {
    if (given.preset !== undefined) throw new Error('--preset belongs to a widget, not to --spec.');
    const spec = withSettings(readSpec(given.spec), given.set);
    const runs = await runSpec(spec, options);
    print(given.json, envelope({}, runs), runs);
    return;
  }
  for (const option of ['statistics', 'every'] as const) {
    if (given[option]) throw new Error(`--${option} belongs to --spec; a widget chooses its own.`);
  }
  const widget = getWidget(id!);
  const params = authoredValues(widget, given.preset, settings(given.set));
  const about = { widget: widget.id, version: widget.version, params };
  if (widget.kind === 'closedForm') {
    const { default: compute } = (await widget.experiment()) as {
      default: ClosedForm<AnyValues, unknown>;
    };
    const values = widget.values(params, compute(params) as never);
    if (given.json) console.log(stringify({ ...about, backend: 'float64', seeds: [], values }, 1));
    else printValues(values);
    return;
  }
  if (widget.kind === 'survey')
    throw new Error(`${widget.id} trains nothing: npm run record -- ${widget.id} runs it.`);
  const { default: run } = await widget.experiment();
  const runs = await runSeeds(
    options,
    Number(params['seed'] ?? 0),
    (seed) => (_values, engine) => run({ ...params, seed }, engine),
    (result, seed) => widget.values({ ...params, seed }, result),
  );
  print(given.json, envelope(about, runs), runs);
}

function runSpec(spec: TrainingSpec, options: Options): Promise<Runs> {
  return runSeeds(
    options,
    spec.seed ?? 0,
    (seed) => (_values, engine) =>
      engine.train(
        { run: { ...spec, seed } },
        {
          statistics: options.statistics,
          ...(options.every === null ? {} : { every: options.every }),
        },
      ),
    ({ lanes }) => valuesOf(lanes['run']!),
  );
}

/** Runs an experiment for `options.seeds` seeds, counting up from the first. */
async function runSeeds(
  options: Options,
  firstSeed: number,
  experimentOf: (seed: number) => TrainingExperiment<unknown>,
  valuesFor: (result: TrainingResult, seed: number) => Record<string, Value>,
): Promise<Runs> {
  const service = createLocalEngineService(options.backend);
  const seeds = Array.from({ length: options.seeds }, (_, i) => firstSeed + i);
  const runs: Runs = { backend: options.backend, seeds, results: [], specs: {}, values: [] };
  for (const seed of seeds) {
    const { result, specs, backend } = await runOne(service, experimentOf(seed));
    if (seed === firstSeed) Object.assign(runs, { specs, backend });
    runs.results.push(result);
    runs.values.push(valuesFor(result, seed));
  }
  service.close();
  return runs;
}

async function runOne(
  service: EngineService,
  run: TrainingExperiment<unknown>,
): Promise<{ result: TrainingResult; specs: Record<string, TrainingSpec>; backend: BackendName }> {
  let specs: Record<string, TrainingSpec> = {};
  let longest = 1;
  const session = service.session({
    pace: () => ({ steps: Math.max(1, Math.ceil(longest / frames)), milliseconds: Infinity }),
  });
  const info = await session.info();
  for (const note of info.notes) console.error(note);
  let result: TrainingResult | null = null;
  const all = run(null, {
    info: () => session.info(),
    train: (lanes, trainOptions) => {
      specs = lanes;
      longest = Math.max(...Object.values(lanes).map((spec) => spec.steps));
      return session.train(lanes, trainOptions);
    },
  });
  for await (const frame of all)
    result = accumulate(result ?? emptyResult(Object.keys(frame.lanes)), frame);
  session.close();
  return { result: result ?? emptyResult([]), specs, backend: info.backend };
}

const capitalized = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** The named numbers of a run given by a specification; of its extra statistics the first and last frame. */
function valuesOf(lane: LaneResult): Record<string, Value> {
  const weights = lane.weightGradientNorm[0] ?? [];
  return {
    firstLoss: lane.loss[0] ?? NaN,
    lastLoss: lane.loss.at(-1) ?? NaN,
    trainLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    firstToLastWeightGradient: (weights[0] ?? NaN) / (weights.at(-1) ?? NaN),
    initialSignalGradientNorm: lane.signalGradientNorm[0] ?? [],
    initialWeightGradientNorm: weights,
    finalSignalGradientNorm: lane.signalGradientNorm.at(-1) ?? [],
    finalWeightGradientNorm: lane.weightGradientNorm.at(-1) ?? [],
    ...Object.fromEntries(
      Object.entries(lane.extra).flatMap(([name, byFrame]) => [
        [`initial${capitalized(name)}`, byFrame[0] ?? []],
        [`final${capitalized(name)}`, byFrame.at(-1) ?? []],
      ]),
    ),
  };
}

/** The JSON envelope: the first lane's arrays at the top, every lane's under `lanes`. */
function envelope(about: object, { backend, seeds, results, specs, values }: Runs): object {
  const lane = (name: string): object => {
    const lanes = results.map((result) => result.lanes[name]!);
    const extras = Object.keys(lanes[0]!.extra);
    return {
      spec: specs[name],
      steps: lanes.map(({ frameSteps }) => frameSteps),
      series: {
        loss: lanes.map(({ loss }) => loss),
        accuracy: lanes.map(({ accuracy }) => accuracy),
        signalGradientNorm: lanes.map(({ signalGradientNorm }) => signalGradientNorm),
        weightGradientNorm: lanes.map(({ weightGradientNorm }) => weightGradientNorm),
        weightGradientZeros: lanes.map(({ weightGradientZeros }) => weightGradientZeros),
        globalNorm: lanes.map(({ globalNorm }) => globalNorm),
        ...Object.fromEntries(extras.map((name) => [name, lanes.map(({ extra }) => extra[name])])),
      },
      final: lanes.map(({ final }) => final),
      firstNonFinite: lanes.map(({ firstNonFinite }) => firstNonFinite),
    };
  };
  const names = Object.keys(results[0]!.lanes);
  return {
    ...about,
    backend,
    seeds,
    values: medians(values),
    valuesBySeed: values,
    ...lane(names[0]!),
    ...(names.length > 1
      ? { lanes: Object.fromEntries(names.map((name) => [name, lane(name)])) }
      : {}),
  };
}

/** Each named number's median over the seeds, entry by entry. */
function medians(values: readonly Record<string, Value>[]): Record<string, Value> {
  const middle = (list: Value[]): Value => {
    const [first] = list;
    if (typeof first === 'number') return spreadOf(list as number[]).median;
    return (first ?? []).map(
      (_, i) => spreadOf(list.map((one) => (one as number[])[i] ?? NaN)).median,
    );
  };
  return Object.fromEntries(
    Object.keys(values[0] ?? {}).map((name) => [name, middle(values.map((one) => one[name]!))]),
  );
}

function print(json: boolean, whole: object, runs: Runs): void {
  if (json) {
    console.log(stringify(whole));
    return;
  }
  console.log(`Backend ${runs.backend}, ${runs.seeds.length} seed(s) from ${runs.seeds[0]}.`);
  for (const [name, lane] of Object.entries(runs.results[0]!.lanes)) {
    const found = lane.firstNonFinite;
    if (found) {
      console.log(
        `${name}: ${found.value} first in ${found.tensor} at step ${found.step} (${found.phase}), seed ${runs.seeds[0]}.`,
      );
    }
  }
  printValues(medians(runs.values), (name) => lost(runs.values.map((one) => one[name])));
}

/** " (6 of 10 finite)" where some runs of a number are not finite; they then count as the largest. */
function lost(runs: readonly (Value | undefined)[]): string {
  const finite = runs.filter((run) => [run].flat().every(Number.isFinite)).length;
  return finite === runs.length ? '' : ` (${finite} of ${runs.length} finite)`;
}

function printValues(
  values: Record<string, Value>,
  note: (name: string) => string = () => '',
): void {
  for (const [name, value] of Object.entries(values)) {
    console.log(
      `${name}: ${[value]
        .flat()
        .map((one) => formatNumber(one))
        .join(' ')}${note(name)}`,
    );
  }
}

function readSpec(file: string): TrainingSpec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`--spec is ${file}, which cannot be read; allowed: a JSON file.`);
  }
  try {
    return JSON.parse(text) as TrainingSpec;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** `--set depth=30` as entries. */
function settings(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => {
      const at = entry.indexOf('=');
      if (at < 1) throw new Error(`--set is ${entry}; allowed: name=value.`);
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}

/** A specification with `--set network.depth=30` applied; values are JSON, or else text. */
function withSettings(spec: TrainingSpec, list: readonly string[]): TrainingSpec {
  const changed = structuredClone(spec) as unknown as Record<string, unknown>;
  for (const [path, text] of Object.entries(settings(list))) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let at = changed;
    for (const key of keys) {
      if (at[key] === null || typeof at[key] !== 'object') at[key] = {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = literal(text);
  }
  return changed as unknown as TrainingSpec;
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new Error(`${option} is ${text}; allowed: a whole number from 1 to 1000.`);
  }
  return value;
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  if (!allowed.includes(value as T)) {
    throw new Error(`${option} is ${value}; allowed: ${allowed.join(', ')}.`);
  }
  return value as T;
}
