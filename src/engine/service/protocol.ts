/** The messages between a page and its engine worker. */
import type { PlainError } from './plainError';
import type { PrepareRequest, PullReply, SignalReply, StartRequest } from './host';
import type { BackendAvailability, BackendInfo, BackendName } from '../backends/backend';
import type { Pace } from '../run/frame';
import type { ProgramReport } from '../capture/description';
import type { ReferenceReport } from '../golden/reference';
import type { SignalPassSpec } from '../signal/spec';
import type { TrainingSpec } from '../spec/training';

/** What the page asks; the key is the message's type. */
export interface Requests {
  info: { request: { backend: BackendName | undefined }; reply: BackendInfo };
  availability: { request: Record<string, never>; reply: BackendAvailability[] };
  check: {
    request: { cases: readonly unknown[]; backend: BackendName };
    reply: ReferenceReport[];
  };
  program: { request: { spec: TrainingSpec; rounds: number }; reply: ProgramReport };
  calibrate: { request: Record<string, never>; reply: null };
  prepare: { request: PrepareRequest; reply: null };
  start: { request: StartRequest; reply: number };
  pull: { request: { run: number; pace: Pace; until?: number }; reply: PullReply };
  close: { request: { run: number }; reply: null };
  startSignal: {
    request: { spec: SignalPassSpec; backend: BackendName | undefined };
    reply: number;
  };
  pullSignal: { request: { pass: number }; reply: SignalReply };
  closeSignal: { request: { pass: number }; reply: null };
}

export type RequestMessage = {
  [K in keyof Requests]: { type: K; id: number } & Requests[K]['request'];
}[keyof Requests];

/** `alive` is sent while long work goes on, so that silence means a dead worker. */
export type WorkerMessage =
  | { type: 'alive' }
  | { type: 'reply'; id: number; value: Requests[keyof Requests]['reply'] }
  | { type: 'error'; id: number; error: PlainError };
