import { expect, test } from 'vitest';
import { createLocalEngineService } from '../../../../src/engine/node';
import type { TrainingFrame } from '../../../../src/engine/types';
import { presetSettings } from '../../../../src/kit/codec';
import { accumulate, emptyResult } from '../../../../src/kit/result';
import { sayFor } from '../../../../src/kit/say';
import { specsOf, trainWidget } from '../../../../src/kit/training/lanes';
import { loadWidget } from '../../../../src/registry';
import type { AnyTrainingWidget } from '../../../../src/kit/widget';

test('networks that are only looked at come one after another, and end together as they would side by side', async () => {
  const widget = (await loadWidget('norm-explodes')) as AnyTrainingWidget;
  const settings = { ...presetSettings(widget, 'problem'), width: 32, blocks: 2, steps: 0 };
  const specs = specsOf(widget.lanes(settings, sayFor()));
  const service = createLocalEngineService('captured');
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: Infinity }) });
  try {
    const frames: TrainingFrame[] = [];
    for await (const frame of trainWidget(widget, settings, session)) frames.push(frame);
    expect(frames.map(({ lanes }) => Object.keys(lanes).length)).toEqual([1, 2, 3, 4]);
    expect(frames.map(({ lanes }) => Object.values(lanes).some(({ done }) => done))).toEqual([
      ...[false, false, false],
      true,
    ]);
    let together: TrainingFrame | null = null;
    for await (const frame of session.train(specs, { statistics: widget.statistics! }))
      together = frame;
    const names = Object.keys(specs);
    expect(frames.reduce(accumulate, emptyResult(names))).toEqual(
      accumulate(emptyResult(names), together!),
    );
  } finally {
    session.close();
    service.close();
  }
});
