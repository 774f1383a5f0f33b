import type { ExecutorFactory } from '../backends/executor';
import { Lane } from './lane';
import type { LaneSnapshot } from './lane';
import type { ResolvedSpec } from '../spec/resolved';
import { tasksOfRun } from '../tasks/ofRun';
import type { LaneFrame, Pace, TrainingFrame } from './frame';

/** How long the device's queue may grow before it is waited for, in milliseconds. */
const syncEvery = 10;

export interface RunRequest {
  specs: Record<string, ResolvedSpec>;
  statistics: readonly string[];
  /** Steps between frames; null lets the pace decide. */
  every: number | null;
}

/** What is needed to go on from a frame: the step it reported and the lanes still running. */
export interface RunSnapshot {
  step: number;
  lanes: Record<string, LaneSnapshot | null>;
}

/** Lanes that advance in lockstep, one frame at a time. */
export class Run {
  private readonly lanes: Map<string, Lane>;
  private readonly every: number | null;
  /** Step of the last frame; −1 before the first. */
  private step: number;

  private constructor(lanes: Map<string, Lane>, every: number | null, step: number) {
    this.lanes = lanes;
    this.every = every;
    this.step = step;
  }

  static async create(
    { specs, statistics, every }: RunRequest,
    factory: ExecutorFactory,
    snapshot: RunSnapshot | null,
  ): Promise<Run> {
    const lanes = new Map<string, Lane>();
    const load = tasksOfRun();
    for (const [name, spec] of Object.entries(specs)) {
      const from = snapshot?.lanes[name];
      if (snapshot && !from) continue;
      lanes.set(name, await Lane.create(spec, factory, statistics, from ?? null, load));
    }
    return new Run(lanes, every, snapshot?.step ?? -1);
  }

  get done(): boolean {
    return [...this.lanes.values()].every((lane) => lane.done);
  }

  /** The step of the last frame. */
  get lastStep(): number {
    return this.step;
  }

  /**
   * Advances every lane to the next frame: step 0 first, then by the pace, or by `every` steps
   * however long they take. `until` is a step that ends the frame at the latest.
   */
  async frame(pace: Pace, until = Infinity, pause?: () => Promise<void>): Promise<TrainingFrame> {
    const start = performance.now();
    const active = [...this.lanes].filter(([, lane]) => !lane.done);
    const longest = Math.max(...active.map(([, lane]) => lane.steps));
    const wanted = this.every ?? Math.max(1, Math.floor(pace.steps));
    const target = this.step < 0 ? 0 : Math.min(this.step + wanted, longest, until);
    const mayStop = this.every === null && until === Infinity;
    let evaluated = 0;
    let synced = start;
    const finished: Record<string, LaneFrame> = {};

    for (let step = this.step + 1; step <= target; step++) {
      const now = performance.now();
      const last = step === target || (mayStop && now - start >= pace.milliseconds);
      for (const [name, lane] of active) {
        if (lane.done) continue;
        const ends = step === lane.steps;
        if (ends) await lane.beforeLast();
        lane.evaluate(last || ends);
        evaluated++;
        if (ends && !last) finished[name] = await lane.frame();
      }
      this.step = step;
      if (last) break;
      if (now - synced >= syncEvery) {
        for (const [, lane] of active) if (!lane.done) await lane.flush();
        if (pause) await pause();
        synced = performance.now();
      }
    }

    const lanes: Record<string, LaneFrame> = {};
    for (const [name, lane] of active) lanes[name] = finished[name] ?? (await lane.frame());
    const seconds = (performance.now() - start) / 1000;
    return { lanes, stepsPerSecond: seconds > 0 ? evaluated / seconds : 0 };
  }

  async snapshot(): Promise<RunSnapshot> {
    const lanes: RunSnapshot['lanes'] = {};
    for (const [name, lane] of this.lanes) lanes[name] = lane.done ? null : await lane.snapshot();
    return { step: this.step, lanes };
  }

  dispose(): void {
    for (const lane of this.lanes.values()) lane.dispose();
    this.lanes.clear();
  }
}
