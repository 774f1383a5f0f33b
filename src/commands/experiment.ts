/**
 * `npm run experiment -- <widget> [--preset cure] | --spec file.json [--every steps] [--statistics a,b]`,
 * with `[--set depth=30 …] [--seeds 20] [--backend cpu|wasm|captured] [--json]`: runs an experiment in
 * Node and prints its numbers, medians where there are several seeds, or one JSON envelope. Trainings
 * run on `wasm` where nothing is said, surveys where they choose.
 */
import { stringify } from '../engine/json';
import { authoredSettings } from '../kit/authored';
import { sayFor } from '../kit/say';
import { specsOf, trainWidget } from '../kit/training/lanes';
import { loadWidget } from '../registry';
import { computedEnvelope, computeForSeeds, type Computations } from './experiment/compute';
import { medianLines } from './experiment/medians';
import { readOptions, type Options } from './experiment/options';
import { seedsInWords, seedsOf } from './experiment/seeds';
import { readSpec, RUN, valuesOf } from './experiment/specification';
import { overflows, trainForSeeds, trainingEnvelope, type Trainings } from './experiment/train';

export default async function experiment(args: string[]): Promise<void> {
  const options = readOptions(args);
  for (const line of await (options.spec === undefined
    ? ofWidget(options.id!, options)
    : ofSpec(options.spec, options)))
    console.log(line);
}

async function ofSpec(file: string, options: Options): Promise<string[]> {
  const spec = readSpec(file, options.set);
  const { statistics, every, backend = 'wasm' } = options;
  const first = spec.seed ?? 0;
  const runs = await trainForSeeds(
    Array.from({ length: options.seeds }, (_, run) => first + run),
    backend,
    (seed) => {
      const specs = { [RUN]: { ...spec, seed } };
      const wanted = { statistics, ...(every === undefined ? {} : { every }) };
      return { specs, frames: (engine) => engine.train(specs, wanted) };
    },
    (result, seed) => valuesOf({ ...spec, seed }, result),
  );
  return options.json ? [stringify(trainingEnvelope({}, runs))] : trainingLines(runs);
}

async function ofWidget(id: string, options: Options): Promise<string[]> {
  const widget = await loadWidget(id);
  const settings = authoredSettings(widget, options.preset, options.set);
  const about = { widget: widget.id, version: widget.version, params: settings };
  const seeds = seedsOf(widget, settings, options.seeds);
  if (widget.kind !== 'training') {
    const runs = await computeForSeeds(widget, settings, seeds, options);
    return options.json ? [stringify(computedEnvelope(about, runs))] : computedLines(runs);
  }
  const runs = await trainForSeeds(
    seeds,
    options.backend ?? 'wasm',
    (seed) => {
      const own = { ...settings, seed };
      const specs = specsOf(widget.lanes(own, sayFor()));
      return { specs, frames: (engine) => trainWidget(widget, own, engine, specs) };
    },
    (result, seed) => widget.values({ ...settings, seed }, result),
  );
  return options.json ? [stringify(trainingEnvelope(about, runs))] : trainingLines(runs);
}

const trainingLines = (runs: Trainings): string[] => [
  `Backend ${runs.backend}, ${seedsInWords(runs.seeds)}.`,
  ...overflows(runs),
  ...medianLines(runs.values),
];

const computedLines = ({ backend, seeds, runs }: Computations): string[] => [
  `${backend === 'Node' ? 'Backends as the survey chooses' : `Backend ${backend}`}, ${seedsInWords(seeds)}.`,
  ...medianLines(runs.map(({ values }) => values)),
];
