/**
 * Runs trained to their end at once, for dials that are moved: only the lanes that no run before has trained,
 * in as few messages as the device's speed allows.
 */
import type {
  BackendInfo,
  BackendName,
  EngineService,
  TrainingFrame,
  TrainingSpec,
} from '../../engine/types';
import type { AnySettings } from '../codec';
import { fullPace } from '../pace';
import { accumulate, emptyResult } from '../result';
import { sayFor } from '../say';
import { runCost } from '../training/cost';
import { specsOf, trainWidget } from '../training/lanes';
import { totalSteps } from '../training/run';
import type { AnyTrainingWidget, LaneResult, TrainingResult } from '../widget';
import { laneKey, recall, remember } from './laneCache';
import { isQuick, noteDuration } from './quickness';

/** What trains where no backend is forced. */
const QUICK_BACKEND: BackendName = 'captured';

export interface Finishing {
  widget: AnyTrainingWidget;
  settings: AnySettings;
  service: EngineService;
  backend: BackendName | undefined;
  signal: AbortSignal;
  onNotice: (sentence: string) => void;
  onInfo: (info: BackendInfo) => void;
}

/** A run on the way to its end. */
export interface Progress {
  result: TrainingResult;
  /** Steps a second over all lanes; 0 where nothing was trained. */
  stepsPerSecond: number;
}

/** Whether the run of a setting ends soon enough on this device to follow a dial. */
export const followsDial = (
  widget: AnyTrainingWidget,
  settings: AnySettings,
  backend: BackendName = QUICK_BACKEND,
): boolean => isQuick(backend, costOf(unknownLanes(widget, settings, backend).specs));

/**
 * Trains the networks of a setting to their end. Yields what is known after each message; the last has every
 * lane whole. Lanes that an earlier run has trained are not trained again. Throws as the engine does.
 */
export async function* finish(job: Finishing): AsyncGenerator<Progress> {
  const { widget, settings, service, signal } = job;
  const backend = job.backend ?? QUICK_BACKEND;
  const { names, known, specs, keys, total } = unknownLanes(widget, settings, backend);
  const whole = (trained: Readonly<Record<string, LaneResult>>): TrainingResult => ({
    lanes: Object.fromEntries(
      names.flatMap((name) => {
        const lane = known[name] ?? trained[name];
        return lane === undefined ? [] : [[name, lane]];
      }),
    ),
  });
  if (Object.keys(specs).length === 0) {
    yield { result: whole({}), stepsPerSecond: 0 };
    return;
  }
  /** Whether a further message has been asked for: what came before it is shown together. */
  let asked = false;
  const session = service.session({
    ...(job.backend && { backend: job.backend }),
    quick: true,
    pace: () => {
      asked = true;
      return fullPace(total);
    },
    signal,
    onNotice: job.onNotice,
  });
  try {
    let trained = emptyResult(Object.keys(specs));
    let stepsPerSecond = 0;
    let seconds = 0;
    for await (const frame of trainWidget(widget, settings, session, specs)) {
      if (signal.aborted) return;
      if (asked && stepsPerSecond > 0) yield { result: whole(trained.lanes), stepsPerSecond };
      asked = false;
      trained = accumulate(trained, frame);
      if (frame.stepsPerSecond > 0) {
        stepsPerSecond = frame.stepsPerSecond;
        seconds += evaluatedIn(frame) / stepsPerSecond;
      }
    }
    if (signal.aborted) return;
    const info = await session.info();
    job.onInfo(info);
    for (const [name, lane] of Object.entries(trained.lanes)) remember(keys[name]!, lane);
    // By what was asked for: where the device lacks it, its substitute is what that costs here.
    noteDuration(backend, costOf(specs), 1000 * seconds);
    yield { result: whole(trained.lanes), stepsPerSecond };
  } finally {
    session.close();
  }
}

/** Captures the training steps of some settings ahead, one after another. */
export async function prepareFor(
  widget: AnyTrainingWidget,
  all: readonly AnySettings[],
  service: EngineService,
): Promise<void> {
  for (const settings of all)
    await service.prepare(specsOf(widget.lanes(settings, sayFor())), widget.statistics ?? []);
}

/** The lanes of a setting, and which of them are known already. */
function unknownLanes(widget: AnyTrainingWidget, settings: AnySettings, backend: BackendName) {
  const lanes = widget.lanes(settings, sayFor());
  const total = totalSteps(lanes);
  const known: Record<string, LaneResult> = {};
  const specs: Record<string, TrainingSpec> = {};
  const keys: Record<string, string> = {};
  for (const { name, spec } of lanes) {
    const { statistics = [] } = widget;
    const key = laneKey({ spec, statistics, every: fullPace(total).steps, backend });
    const lane = recall(key);
    if (lane === undefined) specs[name] = spec;
    else known[name] = lane;
    keys[name] = key;
  }
  return { names: lanes.map(({ name }) => name), known, specs, keys, total };
}

/** Steps that were computed for a frame, over all lanes. */
const evaluatedIn = ({ lanes }: TrainingFrame): number =>
  Object.values(lanes).reduce((sum, { losses }) => sum + losses.length, 0);

const costOf = (specs: Record<string, TrainingSpec>): number =>
  Object.values(specs).reduce((sum, spec) => sum + runCost(spec), 0);
