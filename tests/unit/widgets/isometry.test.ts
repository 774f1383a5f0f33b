import { afterAll, describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { presetSettings } from '../../../src/kit/codec';
import { accumulate, emptyResult } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import { trainWidget } from '../../../src/kit/training/lanes';
import type { IsometrySettings } from '../../../src/widgets/isometry/params';
import { spectrumOf } from '../../../src/kit/training/spectrum';
import widget from '../../../src/widgets/isometry/widget';

const service = createLocalEngineService('captured');
afterAll(() => service.close());

test('a spectrum is summed up by largest, median, mean square and smallest', () => {
  expect(spectrumOf([2, 2, 2, 2, 4, 3, 1, 0], 2)).toEqual({
    largest: [2, 4],
    rms: [2, Math.sqrt(26 / 4)],
    median: [2, 2],
    smallest: [2, 0],
    last: [4, 3, 1, 0],
  });
});

describe('the widget', () => {
  const settings: IsometrySettings = { ...presetSettings(widget, 'problem'), depth: 4, steps: 10 };

  test('its spectrum travels with the first frame, one entry a layer', async () => {
    const session = service.session({ pace: () => ({ steps: 10, milliseconds: 1000 }) });
    let result = emptyResult([]);
    for await (const frame of trainWidget(widget, settings, session))
      result = accumulate(result, frame);
    session.close();
    expect(result.lanes['problem']?.extra['largest']).toHaveLength(1);
    expect(result.lanes['problem']?.extra['largest']?.[0]).toHaveLength(4);
    expect(result.lanes['problem']?.extra['last']?.[0]).toHaveLength(settings.width);
  });

  test('says what came of both networks', async () => {
    const session = service.session({ pace: () => ({ steps: 10, milliseconds: 1000 }) });
    let result = emptyResult([]);
    for await (const frame of trainWidget(widget, settings, session))
      result = accumulate(result, frame);
    session.close();
    expect(widget.describe(settings, result, sayFor())).toMatch(
      /^Gaussian: largest .* training accuracy .*%\. Orthogonal: largest singular value 1, median 1;/,
    );
  });
});
