/**
 * Runs trained to their end at once, for dials that are moved: only the lanes that no run before has trained,
 * in as few messages as the device's speed allows.
 */
import type {
  BackendInfo,
  BackendName,
  EngineService,
  Session,
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
import { isQuick, noteDuration, secondsFor, UNTRIED } from './quickness';

/** Workers that train side by side for one dial: as many as small devices have cores to spare. */
const WORKERS = 2;

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

/** What a run asks of the device. */
export interface Ahead {
  /** Multiplications over all its networks, roughly. */
  cost: number;
  /** Seconds that they take on this device; null where it has not been measured yet. */
  seconds: number | null;
}

/** A run of more seconds is told ahead. */
const LONG = 5;

/** What the run of a setting asks of this device, where it takes long or where its weight is untried; else null. */
export function aheadOf(
  widget: AnyTrainingWidget,
  settings: AnySettings,
  backend: BackendName = QUICK_BACKEND,
): Ahead | null {
  const cost = costOf(specsOf(widget.lanes(settings, sayFor())));
  const seconds = secondsFor(backend, cost);
  return (seconds === null ? cost > UNTRIED : seconds > LONG) ? { cost, seconds } : null;
}

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
  let trained = emptyResult(Object.keys(specs));
  const news = new News();
  const groups = groupsOf(names, specs, job);
  const rates = groups.map(() => 0);
  const sessions: Session[] = [];
  const end = (): void => {
    for (const session of sessions) session.close();
    news.tell();
  };
  let open = groups.length;
  const trainGroup = async ({ worker, specs }: Group, at: number): Promise<void> => {
    const session = service.session({
      ...(job.backend && { backend: job.backend }),
      quick: worker,
      pace: () => {
        // What came with the messages before is shown together.
        if (rates[at]! > 0) news.tell();
        return fullPace(total);
      },
      signal,
      onNotice: job.onNotice,
    });
    sessions.push(session);
    try {
      let seconds = 0;
      for await (const frame of trainWidget(widget, settings, session, specs)) {
        if (signal.aborted) return;
        trained = accumulate(trained, frame);
        if (frame.stepsPerSecond === 0) continue;
        rates[at] = frame.stepsPerSecond;
        seconds += evaluatedIn(frame) / frame.stepsPerSecond;
      }
      if (signal.aborted) return;
      job.onInfo(await session.info());
      // By what was asked for: where the device lacks it, its substitute is what that costs here.
      noteDuration(backend, costOf(specs), 1000 * seconds);
    } finally {
      open--;
    }
  };
  const stepsPerSecond = () => rates.reduce((sum, rate) => sum + rate, 0);
  // What is overtaken ends in the midst of its message.
  signal.addEventListener('abort', end, { once: true });
  try {
    for (const [at, group] of groups.entries()) trainGroup(group, at).then(news.tell, news.fail);
    while (open > 0) {
      await news.come();
      if (signal.aborted) return;
      if (open > 0) yield { result: whole(trained.lanes), stepsPerSecond: stepsPerSecond() };
    }
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
  for (const [name, lane] of Object.entries(trained.lanes)) remember(keys[name]!, lane);
  yield { result: whole(trained.lanes), stepsPerSecond: stepsPerSecond() };
}

/** Lanes that one worker trains. */
interface Group {
  worker: number;
  specs: Record<string, TrainingSpec>;
}

/**
 * Which worker trains which lanes: one lane the first, the next the second, and so on; always the same, since
 * each worker keeps the programs that it has captured. An experiment of a widget's own is not taken apart.
 */
function groupsOf(
  names: readonly string[],
  specs: Record<string, TrainingSpec>,
  { widget, service }: Pick<Finishing, 'widget' | 'service'>,
): Group[] {
  const workers = widget.experiment ? 1 : Math.min(WORKERS, service.parallelism);
  return Array.from({ length: workers }, (_, worker) => ({
    worker,
    specs: Object.fromEntries(
      names.flatMap((name, lane) => {
        const spec = specs[name];
        return spec !== undefined && lane % workers === worker ? [[name, spec]] : [];
      }),
    ),
  })).filter((group) => Object.keys(group.specs).length > 0);
}

/** Lets one wait for what several tell; what is told while nobody waits is not lost. */
class News {
  #told = false;
  #failure: { reason: unknown } | null = null;
  #wake = (): void => {};

  readonly tell = (): void => {
    this.#told = true;
    this.#wake();
  };

  readonly fail = (reason: unknown): void => {
    this.#failure = { reason };
    this.tell();
  };

  /** Resolves with the next news; throws what went wrong. */
  async come(): Promise<void> {
    if (!this.#told) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#told = false;
    if (this.#failure) throw this.#failure.reason;
  }
}

/** Captures the training steps of some settings ahead, one after another. */
export async function prepareFor(
  widget: AnyTrainingWidget,
  all: readonly AnySettings[],
  service: EngineService,
): Promise<void> {
  const { statistics = [] } = widget;
  for (const settings of all) {
    const lanes = widget.lanes(settings, sayFor());
    const names = lanes.map(({ name }) => name);
    await Promise.all(
      groupsOf(names, specsOf(lanes), { widget, service }).map(({ worker, specs }) =>
        service.prepare(specs, { statistics, worker }),
      ),
    );
  }
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
