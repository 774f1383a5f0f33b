import type { ResolvedTask } from '../spec/resolved';
import { loadTask } from './index';
import type { Batch, LoadedTask } from './task';

/**
 * Loads tasks for the lanes of one run: lanes of equal tasks share one, which draws a batch once for all that
 * ask for it in turn. What it hands out is not to be written to.
 */
export function tasksOfRun(): (task: ResolvedTask) => Promise<LoadedTask> {
  const loaded = new Map<string, Promise<LoadedTask>>();
  return (task) => {
    const key = JSON.stringify(task);
    const known = loaded.get(key) ?? loadTask(task).then(drawingOnce);
    loaded.set(key, known);
    return known;
  };
}

/** A task that draws no batch twice in succession. */
function drawingOnce(task: LoadedTask): LoadedTask {
  let last: { seed: number; step: number; batchSize: number; batch: Batch } | null = null;
  return {
    ...task,
    batch(seed, step, batchSize) {
      if (last?.seed !== seed || last.step !== step || last.batchSize !== batchSize)
        last = { seed, step, batchSize, batch: task.batch(seed, step, batchSize) };
      return last.batch;
    },
  };
}
