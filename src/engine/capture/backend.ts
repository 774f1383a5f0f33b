import { capturedFactory } from './executor';
import { replayObstacle, useRecordingBackend } from '.';
import { BackendError } from '../backends/errors';
import type { ExecutorFactory } from '../backends/executor';
import type { BackendInfo } from '../backends/backend';

/**
 * Opens the backend that captures each step once and replays it in WebAssembly SIMD. Steps with a
 * kernel that programs lack run on `eager`; `takeNotices` then has a sentence that says so. Throws
 * `BackendError` where the device has no WebAssembly SIMD.
 */
export function openCaptured(eager: () => Promise<ExecutorFactory>): {
  info: BackendInfo;
  factory: ExecutorFactory;
  activate(): Promise<void>;
  takeNotices(): string[];
} {
  const obstacle = replayObstacle();
  if (obstacle) throw new BackendError(obstacle, 'missing');
  const info: BackendInfo = {
    backend: 'captured',
    precision: 'float32',
    device: 'WebAssembly SIMD, replayed',
    flushesDenormals: false,
    notes: [],
  };
  const notices = new Set<string>();
  const takeNotices = (): string[] => {
    const taken = [...notices];
    notices.clear();
    return taken;
  };
  return {
    info,
    factory: capturedFactory(eager, (sentence) => notices.add(sentence)),
    activate: useRecordingBackend,
    takeNotices,
  };
}
