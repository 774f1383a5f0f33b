import { capturedFactory } from '../capture/executor';
import { replayObstacle, useRecordingBackend } from '../capture';
import { BackendError } from '../errors';
import type { ExecutorFactory } from '../executor';
import type { BackendInfo } from '../types';

/**
 * Opens the backend that captures each step once and replays it in WebAssembly SIMD. Steps with a
 * kernel that programs lack run on `eager`, and the badge says so. Throws `BackendError` where the
 * device has no WebAssembly SIMD.
 */
export function openCaptured(eager: () => Promise<ExecutorFactory>): {
  info: BackendInfo;
  factory: ExecutorFactory;
  activate(): Promise<void>;
} {
  const obstacle = replayObstacle();
  if (obstacle) throw new BackendError(obstacle, false);
  const info: BackendInfo = {
    backend: 'captured',
    precision: 'float32',
    device: 'WebAssembly SIMD, replayed',
    flushesDenormals: false,
    notes: [],
  };
  const note = (sentence: string): void => {
    if (!info.notes.includes(sentence)) info.notes.push(sentence);
  };
  return { info, factory: capturedFactory(eager, note), activate: useRecordingBackend };
}
