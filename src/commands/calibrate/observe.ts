import { createLocalEngineService } from '../../engine/node';
import { exportedLog, showsLayers } from './exported';
import { truthOf, type Truth } from './labels';
import type { CalibrateOptions } from './options';
import { publishedRules } from './others';
import { scaledLog, underflowLog } from './scaling';
import { plans, type Plan } from './specifications';
import { train } from './train';

/** A log and what is true of it. */
export interface Labelled {
  log: string;
  truth: Truth;
}

/** What a run gives to the calibration. Plain data: it crosses from one process to another. */
export interface Observation extends Labelled {
  index: number;
  /** In words, for lists. */
  about: string;
  showsLayers: boolean;
  /** What each published rule says, in their order. */
  published: (boolean | null)[];
  /** Logs under simulated loss scaling. */
  simulated: Labelled[];
}

/** Trains the runs (of one part, where parts are asked for) and writes their logs. */
export async function observe({ runs, seed, part }: CalibrateOptions): Promise<Observation[]> {
  const service = createLocalEngineService('captured');
  const observations: Observation[] = [];
  const own = plans(runs, seed).filter(
    ({ program }) => part === null || program % part.of === part.index,
  );
  for (const plan of own) {
    const course = await train(service, plan);
    const simulated = [scaledLog(plan, course), underflowLog(plan, course)];
    observations.push({
      index: plan.index,
      about: inWords(plan),
      log: exportedLog(plan, course),
      truth: truthOf(plan, course),
      showsLayers: showsLayers(plan),
      published: publishedRules.map(({ fires }) => fires(plan, course)),
      simulated: simulated.filter((one) => one !== null),
    });
    if (observations.length % 100 === 0)
      process.stderr.write(`${observations.length} of ${own.length} runs\n`);
  }
  service.close();
  return observations;
}

function inWords({ index, spec, every, rateFactor }: Plan): string {
  const { network, task, optimizer } = spec;
  const shape =
    network.kind === 'mlp'
      ? `mlp ${network.depth}×${network.width} ${network.activation} ${JSON.stringify(network.initializer)} ${network.residual ?? ''}${network.batchNorm ? ' bn' : ''} bias ${JSON.stringify(network.bias ?? 0)}`
      : network.kind === 'recurrent'
        ? `${network.cell} ${JSON.stringify(network.recurrentInitializer)}`
        : network.kind;
  return `#${index} ${shape}, ${task.kind}, ${optimizer.kind} ×${rateFactor}${spec.clip ? ' clipped' : ''}, every ${every}`;
}
