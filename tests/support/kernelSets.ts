/**
 * Which kernels of tfjs the registry's training widgets call. Vite loads this file: it reads the registry and
 * runs the engine.
 */
import { engine } from '@tensorflow/tfjs-core/dist/base';
import { createLocalEngineService } from '../../src/engine/node';
import { defaults } from '../../src/kit/codec';
import { sayFor } from '../../src/kit/say';
import { specsOf, trainWidget } from '../../src/kit/training/lanes';
import type { AnyTrainingWidget } from '../../src/kit/widget';
import { widgets } from '../../src/registry/server';
import { brief, narrow } from './narrow';

/**
 * The names of the kernels that the default run of each training widget calls: its lanes' steps with the
 * statistics that its figures show, and the evaluation at the end. Shapes, layers, seeds and the number of
 * steps do not count: the kernels are what a backend brings, and tfjs strings the same ones together for
 * each of them.
 */
export async function kernelSets(): Promise<Record<string, string[]>> {
  const sets: Record<string, string[]> = {};
  for (const widget of widgets.values())
    if (widget.kind === 'training')
      sets[widget.id] = await kernelsCalled(() => trainOneStep(widget));
  return sets;
}

/**
 * On cpu, which takes the same path through tfjs as WebGL does: a captured step calls other kernels. It is slow,
 * and the end is evaluated on all examples, so the networks are narrow and their sequences short.
 */
async function trainOneStep(widget: AnyTrainingWidget): Promise<void> {
  const settings = defaults(widget.params);
  const specs = specsOf(widget.lanes(settings, sayFor()));
  const short = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      { ...spec, network: narrow(spec.network), task: brief(spec.task), steps: 1 },
    ]),
  );
  const service = createLocalEngineService('cpu');
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: 60_000 }) });
  try {
    for await (const _ of trainWidget(widget, settings, session, short)) void _;
  } finally {
    session.close();
    service.close();
  }
}

/** The names of the kernels that tfjs runs meanwhile, sorted. */
async function kernelsCalled(work: () => Promise<void>): Promise<string[]> {
  const running = engine();
  const { runKernel } = running;
  const names = new Set<string>();
  running.runKernel = (name, ...rest) => {
    names.add(name);
    return runKernel.call(running, name, ...rest) as never;
  };
  try {
    await work();
  } finally {
    running.runKernel = runKernel;
  }
  return [...names].sort();
}
