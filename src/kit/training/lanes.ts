import type { Engine, TrainingFrame, TrainingSpec, TrainOptions } from '../../engine/types';
import { differences, ownSettings } from '../differences';
import { sayFor, type Say } from '../say';
import type { AnyTrainingWidget, ComparedLane, Lane } from '../widget';

/** How lanes are told apart: each from the first, or each by what is its own among all of them. */
export type Comparison = 'first' | 'all';

/** The lanes with what sets each apart, read off their specifications. */
export function compare(lanes: readonly Lane[], by: Comparison, say: Say): ComparedLane[] {
  const [first] = lanes;
  if (first === undefined || lanes.length === 1) return [...lanes];
  const { words } = say;
  const own =
    by === 'all'
      ? ownSettings(
          lanes.map(({ spec }) => spec),
          words,
        )
      : lanes.map(({ spec }) => differences(first.spec, spec, words));
  return lanes.map((lane, i) => ({ ...lane, differs: own[i]!.join('; ') || undefined }));
}

/**
 * The lanes of settings, computed once for each object of settings and each language: figures, values and
 * sentences of one change of settings share them.
 */
export function once<S extends object>(
  lanes: (settings: S, say: Say) => ComparedLane[],
): (settings: S, say: Say) => ComparedLane[] {
  const known = new WeakMap<S, WeakMap<Say, ComparedLane[]>>();
  return (settings, say) => {
    const bySay = known.get(settings) ?? new WeakMap<Say, ComparedLane[]>();
    known.set(settings, bySay);
    const found = bySay.get(say) ?? lanes(settings, say);
    bySay.set(say, found);
    return found;
  };
}

/** The specifications of some lanes, by their names. */
export const specsOf = (lanes: readonly Lane[]): Record<string, TrainingSpec> =>
  Object.fromEntries(lanes.map(({ name, spec }) => [name, spec]));

/**
 * Trains the networks of a widget in lockstep, as its settings have them or as given. Yields the frames;
 * throws `SpecError` before anything of it is allocated where a specification is wrong. Networks that are only
 * looked at come one after another, so that a reader of large ones sees how far it is.
 */
export async function* trainWidget(
  widget: AnyTrainingWidget,
  settings: object,
  engine: Engine,
  specs: Record<string, TrainingSpec> = specsOf(widget.lanes(settings, sayFor())),
): AsyncGenerator<TrainingFrame> {
  if (widget.experiment === undefined) {
    const options = { statistics: widget.statistics ?? [] };
    const drawn = Object.values(specs).every(({ steps }) => steps === 0);
    yield* drawn ? asDrawn(specs, engine, options) : engine.train(specs, options);
    return;
  }
  const { default: experiment } = await widget.experiment();
  yield* experiment(specs, engine);
}

/** Networks of 0 steps, each frame with all that there are so far; only the last says that they have ended. */
async function* asDrawn(
  specs: Record<string, TrainingSpec>,
  engine: Engine,
  options: TrainOptions,
): AsyncGenerator<TrainingFrame> {
  const names = Object.keys(specs);
  let lanes: TrainingFrame['lanes'] = {};
  for (const name of names) {
    for await (const frame of engine.train({ [name]: specs[name]! }, options)) {
      lanes = { ...lanes, ...frame.lanes };
      yield { ...frame, lanes: name === names.at(-1) ? lanes : unfinished(lanes) };
    }
  }
}

const unfinished = (lanes: TrainingFrame['lanes']): TrainingFrame['lanes'] =>
  Object.fromEntries(
    Object.entries(lanes).map(([name, { final: _, ...lane }]) => [name, { ...lane, done: false }]),
  );
