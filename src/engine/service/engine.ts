/** The engine as the page sees it. */
import type { BackendAvailability, BackendInfo, BackendName } from '../backends/backend';
import type { ProgramReport } from '../capture/description';
import type { ReferenceReport } from '../golden/reference';
import type { Pace, TrainingFrame } from '../run/frame';
import type { SignalFrame } from '../signal/report';
import type { SignalPassSpec } from '../signal/spec';
import type { TrainingSpec } from '../spec/training';

export interface TrainOptions {
  signal?: AbortSignal;
  /** Extra statistics wanted in each frame, by name; see src/engine/README.md. */
  statistics?: string[];
  /** Steps between frames; default lets the session's pace decide. */
  every?: number;
}

/**
 * What an experiment sees. Lanes advance in lockstep; the iterator is pulled by the page, so a
 * paused page stops the worker after at most one frame.
 */
export interface Engine {
  /** The backend in use; settled before the first frame is yielded. */
  info(): Promise<BackendInfo>;
  /**
   * Trains every lane until its `steps` or its first non-finite value. The first frame is step 0:
   * the network as drawn. Throws `SpecError` before anything is allocated where a field is wrong.
   */
  train(lanes: Record<string, TrainingSpec>, options?: TrainOptions): AsyncIterable<TrainingFrame>;
}

export interface SessionOptions {
  /** Forces a backend; otherwise the engine chooses. A run never switches by itself. */
  backend?: BackendName;
  /** Asked before each message of the worker. */
  pace: () => Pace;
  /**
   * For runs that are over in a moment, one after another: on the captured program unless a backend is
   * forced, always in the worker of this number, which keeps the programs of the last shapes.
   */
  quick?: number;
  signal?: AbortSignal;
  /** Sentences for the reader while it runs: a restarted worker, a replaced backend. */
  onNotice?: (sentence: string) => void;
}

export interface Session extends Engine {
  /** Ends its runs at once, also in the midst of a message. */
  close(): void;
}

export interface SignalPassOptions {
  /** Default wasm: the weights are drawn on the processor. */
  backend?: BackendName | undefined;
  signal?: AbortSignal;
  /** Sentences for the reader while it runs. */
  onNotice?: (sentence: string) => void;
}

/** One a page (or one a process): owns the worker, the queue and at most one GL context. */
export interface EngineService {
  session(options: SessionOptions): Session;
  backends(): Promise<BackendAvailability[]>;
  /**
   * Runs reference cases (their JSON, in the format of tests/golden) on a backend and reports how far
   * each of their quantities is from the reference.
   */
  check(cases: readonly unknown[], backend: BackendName): Promise<ReferenceReport[]>;
  /**
   * The captured program of a specification's training step; with `rounds` (default 0, at most 100)
   * it is measured so many times. Rejects where the step cannot be captured or run here.
   */
  program(spec: TrainingSpec, options?: { rounds?: number }): Promise<ProgramReport>;
  /**
   * Layer by layer, forward 1 … depth and back. The weights are drawn as they are needed and never
   * held. Pulled by the page, as `Engine.train` is; throws `SpecError` where a field is wrong.
   */
  signalPass(spec: SignalPassSpec, options?: SignalPassOptions): AsyncIterable<SignalFrame>;
  /** Captures training steps ahead, for quick sessions of that worker; a shape that is known costs nothing. */
  prepare(
    lanes: Record<string, TrainingSpec>,
    options?: { statistics?: string[]; worker?: number },
  ): Promise<void>;
  /** How many runs make sense side by side (worker count). */
  readonly parallelism: number;
  close(): void;
}
