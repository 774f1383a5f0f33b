/** Runs inside the browser: what a long run keeps on a backend. */
import { memory as tensorMemory } from '@tensorflow/tfjs-core';
import { createPageService } from '../../src/engine/withoutWorker';
import type { BackendName, TrainingSpec } from '../../src/engine/types';

/** What was kept at one step. */
export interface MemoryAt {
  step: number;
  tensors: number;
  tensorMiB: number;
  /** Chromium's figure for the whole page; NaN where the browser tells none. */
  heapMiB: number;
}

const MiB = 2 ** 20;

/** Ten sigmoid layers of width 32 on the digits: the network of the chapter on vanishing gradients. */
const spec = (steps: number): TrainingSpec => ({
  network: {
    kind: 'mlp',
    depth: 10,
    width: 32,
    activation: 'sigmoid',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'momentum', learningRate: 0.02 },
  batchSize: 32,
  steps,
  seed: 1,
});

/** Trains for `steps` steps with statistics every 500, and looks at the memory each time. */
export async function memory(backend: BackendName, steps: number): Promise<MemoryAt[]> {
  const session = createPageService().session({
    backend,
    pace: () => ({ steps: 500, milliseconds: Infinity }),
  });
  const seen: MemoryAt[] = [];
  for await (const { lanes } of session.train({ lane: spec(steps) })) {
    const { numTensors, numBytes } = tensorMemory();
    const heap = (performance as { memory?: { usedJSHeapSize: number } }).memory;
    seen.push({
      step: lanes['lane']!.step,
      tensors: numTensors,
      tensorMiB: numBytes / MiB,
      heapMiB: heap ? heap.usedJSHeapSize / MiB : NaN,
    });
  }
  return seen;
}
