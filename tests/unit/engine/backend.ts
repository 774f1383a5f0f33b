import { Backends } from '../../../src/engine/service/backends';
import type { OpenBackend } from '../../../src/engine/service/records';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.node';
import { createLocalEngineService } from '../../../src/engine/node';
import type { BackendName, LaneFrame, TrainOptions, TrainingSpec } from '../../../src/engine/types';

export { small } from './small';

/** A backend of this process, current. */
export async function activate(name: 'cpu' | 'wasm'): Promise<OpenBackend> {
  const backend = await new Backends({ wasmLocation }).open(name);
  await backend.activate();
  return backend;
}

/** All frames of one run of one lane. */
export async function framesOf(
  spec: TrainingSpec,
  {
    backend = 'wasm',
    steps = 10,
    ...options
  }: { backend?: BackendName; steps?: number } & TrainOptions = {},
): Promise<LaneFrame[]> {
  const session = createLocalEngineService(backend).session({
    pace: () => ({ steps, milliseconds: 60_000 }),
  });
  const frames: LaneFrame[] = [];
  for await (const { lanes } of session.train({ run: spec }, options)) frames.push(lanes['run']!);
  return frames;
}

/** The loss of every step. */
export const lossesOf = (frames: readonly LaneFrame[]): number[] =>
  frames.flatMap(({ losses }) => losses);
