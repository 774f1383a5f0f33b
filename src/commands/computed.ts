/** Closed forms and surveys in Node, for commands. */
import type { BackendName, EngineService } from '../engine/types.ts';
import type { AnySettings } from '../kit/codec.ts';
import type {
  AnySurveyWidget,
  AnyTrainingWidget,
  AnyWidget,
  ClosedForm,
  NamedValues,
} from '../kit/widget.ts';

/** A widget that is computed, not trained. */
export type ComputedWidget = Exclude<AnyWidget, AnyTrainingWidget>;

/** One run of such a widget. */
export interface ComputedRun {
  /** What was found; of a survey without what is true of one machine only, such as times. */
  result: unknown;
  values: NamedValues;
  /** What computed it: `float64` for a closed form, `Node` for a survey that chose its backends itself. */
  backend: BackendName | 'float64' | 'Node';
}

type Found = Omit<ComputedRun, 'values'>;

/**
 * What a closed form gives, or what a survey finds, for each seed in turn; once where there are no
 * seeds. A survey runs in `service` on `backend`, or chooses for itself where none is named or it takes
 * none.
 */
export async function* computeSeeds(
  widget: ComputedWidget,
  settings: AnySettings,
  seeds: readonly number[],
  service: EngineService,
  backend?: BackendName,
): AsyncGenerator<ComputedRun> {
  const runs = seeds.length > 0 ? seeds.map((seed) => ({ ...settings, seed })) : [settings];
  for (const run of runs) {
    const found =
      widget.kind === 'survey'
        ? await surveyed(widget, run, service, backend)
        : await computed(widget, run);
    yield { ...found, values: widget.values(run, found.result as never) };
  }
}

async function computed(
  widget: Exclude<ComputedWidget, AnySurveyWidget>,
  settings: AnySettings,
): Promise<Found> {
  const { default: compute } = (await widget.experiment()) as {
    default: ClosedForm<AnySettings, unknown>;
  };
  return { result: compute(settings), backend: 'float64' };
}

async function surveyed(
  widget: AnySurveyWidget,
  settings: AnySettings,
  service: EngineService,
  wanted: BackendName | undefined,
): Promise<Found> {
  const { default: survey } = await widget.experiment();
  let backend: Found['backend'] = 'Node';
  const options = {
    // Some surveys run where they must, and never ask.
    get backend() {
      backend = wanted ?? backend;
      return wanted;
    },
  };
  let result: unknown = null;
  for await (const found of survey(settings, service, options)) result = found;
  return { result: widget.recorded?.(result) ?? result, backend };
}
