import { createLocalEngineService } from '../../../src/engine/node';
import type { AnySettings } from '../../../src/kit/codec';
import { trainSeeds } from '../../../src/kit/trainSeeds';
import type { TrainingResult, TrainingWidget } from '../../../src/kit/widget';

/** One run of a training widget in this process, with its named values. */
export async function train(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a widget of any table
  widget: TrainingWidget<any, any>,
  values: AnySettings,
): Promise<{ result: TrainingResult; named: Record<string, number> }> {
  const service = createLocalEngineService('captured');
  try {
    const seed = Number(values['seed']);
    for await (const { result } of trainSeeds(widget, values, [seed], service)) {
      return { result, named: widget.values(values, result) as Record<string, number> };
    }
    throw new Error('The run gave no result.');
  } finally {
    service.close();
  }
}
