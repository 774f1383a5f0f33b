import { Backends } from './backends';
import type { OpenBackend, Platform } from './records';
import { checkStatistics } from '../statistics/collect';
import type { GoldenCase } from '../golden/case';
import { Run } from '../run/run';
import type { RunSnapshot } from '../run/run';
import type { SignalPass } from '../signal/pass';
import { checkSignalPass } from '../signal/spec';
import { resolveSpec } from '../spec/resolve';
import type { BackendAvailability, BackendInfo, BackendName } from '../backends/backend';
import type { Pace, TrainingFrame } from '../run/frame';
import type { ProgramReport } from '../capture/description';
import type { ReferenceReport } from '../golden/reference';
import type { SignalFrame } from '../signal/report';
import type { SignalPassSpec } from '../signal/spec';
import type { TrainingSpec } from '../spec/training';

/** Between two snapshots of a run, in milliseconds. */
const snapshotEvery = 2000;

/** How long several frames of one message may keep the thread from hearing others, in milliseconds. */
const hearEvery = 10;

export interface StartRequest {
  lanes: Record<string, TrainingSpec>;
  statistics: string[];
  every: number | null;
  backend: BackendName | undefined;
  snapshot: RunSnapshot | null;
}

export interface PrepareRequest {
  lanes: Record<string, TrainingSpec>;
  statistics: string[];
}

export interface PullReply {
  /** At least one, unless the run was closed meanwhile. */
  frames: TrainingFrame[];
  /** True where every lane is done. */
  done: boolean;
  /** Now and then, where the run could go on from should the worker die. */
  snapshot: RunSnapshot | null;
  /** Sentences for the reader; with the first frame. */
  notices: string[];
}

/** One layer's report; `done` with the last. */
export interface SignalReply {
  frame: SignalFrame;
  done: boolean;
}

interface SignalEntry {
  pass: SignalPass;
  backend: OpenBackend;
}

interface Entry {
  run: Run;
  /** Nobody waits for it any more. */
  closed: boolean;
  backend: OpenBackend;
  snapshotAt: number;
  notices: string[];
}

/** All runs of one thread: starts them, advances one at a time, in the order asked. */
export class EngineHost {
  private readonly backends: Backends;
  private readonly runs = new Map<number, Entry>();
  private readonly passes = new Map<number, SignalEntry>();
  private readonly pause: () => Promise<void>;
  private nextId = 1;

  /** @param pause lets the thread hear messages within a long frame. */
  constructor(platform: Platform, pause: () => Promise<void>) {
    this.backends = new Backends(platform);
    this.pause = pause;
  }

  info(backend: BackendName | undefined): Promise<BackendInfo> {
    return queued(async () => (await this.backends.choose(backend)).info);
  }

  /** Finds out whether WebGL is fast enough to be the default. */
  calibrate(): Promise<void> {
    return queued(() => this.backends.calibrate());
  }

  availability(): Promise<BackendAvailability[]> {
    return queued(() => this.backends.availability());
  }

  /** Runs reference cases on a backend; rejects where the device lacks it. */
  check(cases: readonly unknown[], backend: BackendName): Promise<ReferenceReport[]> {
    return queued(async () => {
      const { checkCase } = await import('../golden/check');
      const open = await this.backends.open(backend, true);
      const reports: ReferenceReport[] = [];
      for (const golden of cases) {
        await open.activate();
        reports.push(await checkCase(golden as GoldenCase, open.factory));
        await this.pause();
      }
      return reports;
    });
  }

  /** Describes the captured program of a specification, and measures it `rounds` times. */
  program(spec: TrainingSpec, rounds: number): Promise<ProgramReport> {
    const resolved = resolveSpec(spec);
    if (!Number.isInteger(rounds) || rounds < 0 || rounds > 100)
      throw new RangeError(`rounds is ${rounds}; allowed: whole numbers from 0 to 100.`);
    return queued(async () => {
      const open = await this.backends.open('captured', true);
      await open.activate();
      const { reportProgram } = await import('../run/program');
      return reportProgram(resolved, rounds, this.pause);
    });
  }

  /** Checks the specifications, draws the networks and returns the run's number. */
  start({ lanes, statistics, every, backend, snapshot }: StartRequest): Promise<number> {
    const specs = Object.fromEntries(
      Object.entries(lanes).map(([name, spec]) => [name, resolveSpec(spec)]),
    );
    checkStatistics(statistics, Object.values(specs));
    return queued(async () => {
      const open = await this.backends.choose(backend);
      await open.activate();
      open.takeNotices?.();
      const run = await Run.create({ specs, statistics, every }, open.factory, snapshot);
      const notices = open.takeNotices?.() ?? [];
      const id = this.nextId++;
      this.runs.set(id, {
        ...{ run, closed: false, backend: open, notices },
        snapshotAt: performance.now(),
      });
      return id;
    });
  }

  /** The next frames of a run; `until` ends them at that step at the latest, whatever the pace. */
  pull(id: number, pace: Pace, until?: number): Promise<PullReply> {
    return queued(async () => {
      const entry = this.runs.get(id);
      if (!entry) throw new Error(`There is no run ${id}.`);
      await entry.backend.activate();
      const frames = await this.advance(entry, pace, until);
      const { done } = entry.run;
      const due = !done && performance.now() - entry.snapshotAt >= snapshotEvery;
      const snapshot = due ? await entry.run.snapshot() : null;
      if (due) entry.snapshotAt = performance.now();
      return { frames, done, snapshot, notices: entry.notices.splice(0) };
    });
  }

  /** As many frames as fit into the pace; it ends early where the run is closed meanwhile. */
  private async advance(
    entry: Entry,
    { frames: most = 1, ...pace }: Pace,
    until: number | undefined,
  ): Promise<TrainingFrame[]> {
    const frames: TrainingFrame[] = [];
    const start = performance.now();
    let heard = start;
    do {
      frames.push(await entry.run.frame(pace, until, this.pause));
      const now = performance.now();
      if (entry.run.done || frames.length >= most || now - start >= pace.milliseconds) break;
      if (now - heard >= hearEvery) {
        await this.pause();
        heard = performance.now();
      }
    } while (!entry.closed);
    return frames;
  }

  /** Captures the training steps of some specifications ahead, so that a run of their shapes starts at once. */
  prepare({ lanes, statistics }: PrepareRequest): Promise<void> {
    const specs = Object.entries(lanes).map(([name, spec]) => ({ [name]: resolveSpec(spec) }));
    return queued(async () => {
      const open = await this.backends.open('captured', true);
      for (const one of specs) {
        await open.activate();
        const run = await Run.create({ specs: one, statistics, every: null }, open.factory, null);
        run.dispose();
        open.takeNotices?.();
        await this.pause();
      }
    });
  }

  /** Ends a run: frames that are being computed stop at once. */
  close(id: number): Promise<void> {
    const closing = this.runs.get(id);
    if (closing) closing.closed = true;
    return queued(async () => {
      const entry = this.runs.get(id);
      if (!entry) return;
      this.runs.delete(id);
      await entry.backend.activate();
      entry.run.dispose();
    });
  }

  /** Draws the inputs of a pass through a wide network and returns its number. */
  startSignal(spec: SignalPassSpec, wanted: BackendName | undefined): Promise<number> {
    checkSignalPass(spec);
    return queued(async () => {
      const [{ SignalPass }, { openNormals }] = await Promise.all([
        import('../signal/pass'),
        import('../signal/normals'),
      ]);
      const backend = await this.backends.choose(
        wanted === undefined || wanted === 'captured' ? 'wasm' : wanted,
      );
      await backend.activate();
      const pass = new SignalPass(spec, await openNormals(), throttled(this.pause));
      const id = this.nextId++;
      this.passes.set(id, { pass, backend });
      return id;
    });
  }

  /** The next layer of a pass. */
  pullSignal(id: number): Promise<SignalReply> {
    return queued(async () => {
      const entry = this.passes.get(id);
      if (!entry) throw new Error(`There is no pass ${id}.`);
      await entry.backend.activate();
      const report = await entry.pass.next();
      return { frame: { report, info: entry.backend.info }, done: entry.pass.done };
    });
  }

  /** Forgets a pass. */
  closeSignal(id: number): Promise<void> {
    return queued(async () => {
      this.passes.delete(id);
    });
  }
}

/** Pauses at most so often, in milliseconds. */
const pauseEvery = 100;

/** The pause, made only where the last one is long enough ago. */
function throttled(pause: () => Promise<void>): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < pauseEvery) return;
    await pause();
    last = performance.now();
  };
}

/** tfjs has one current backend a thread, so work of all hosts in a thread runs one after another. */
let tail: Promise<unknown> = Promise.resolve();
function queued<T>(work: () => Promise<T>): Promise<T> {
  const next = tail.then(work, work);
  tail = next.catch(() => {});
  return next;
}
