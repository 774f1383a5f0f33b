import { createLocalEngineService } from '../../engine/node';
import type { AnySettings } from '../../kit/codec';
import { computeSeeds, type ComputedRun, type ComputedWidget } from '../computed';
import { bySeed } from './medians';
import type { Options } from './options';

/** All seeds of one closed form or survey. */
export interface Computations {
  backend: ComputedRun['backend'];
  /** Empty where the widget has no seed. */
  seeds: number[];
  runs: ComputedRun[];
}

/**
 * Runs a closed form or a survey for each seed. Throws a sentence where a closed form is asked for a
 * backend; a survey that takes none is said on stderr.
 */
export async function computeForSeeds(
  widget: ComputedWidget,
  settings: AnySettings,
  seeds: number[],
  { backend }: Pick<Options, 'backend'>,
): Promise<Computations> {
  if (backend !== undefined && widget.kind === 'closedForm')
    throw new Error(
      `--backend is ${backend}, but ${widget.id} is a closed form, computed in float64; allowed: no --backend.`,
    );
  const runs: ComputedRun[] = [];
  for await (const run of computeSeeds(
    widget,
    settings,
    seeds,
    createLocalEngineService(),
    backend,
  ))
    runs.push(run);
  const ran = runs[0]!.backend;
  if (backend !== undefined && ran !== backend)
    console.error(
      `${widget.id} chooses its backends itself: --backend ${backend} changes nothing.`,
    );
  return { backend: ran, seeds, runs };
}

/** The JSON envelope; `results` holds what each seed's run found. */
export function computedEnvelope(about: object, { backend, seeds, runs }: Computations): object {
  return {
    ...about,
    backend,
    seeds,
    ...bySeed(runs.map(({ values }) => values)),
    results: runs.map(({ result }) => result),
  };
}
