import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../../src/engine/node';
import type { EngineService, TrainingSpec } from '../../../../src/engine/types';
import { frameOf } from '../../../../src/kit/charts/kinds';
import { chartMarkup } from '../../../../src/kit/charts/markup';
import { table } from '../../../../src/kit/charts/table';
import { english } from '../../../../src/kit/charts/words';
import { canonical, defaults, type AnySettings } from '../../../../src/kit/codec';
import { drawFigures, type Moment } from '../../../../src/kit/drawFigures';
import type { Parameter } from '../../../../src/kit/parameters';
import { accumulate, emptyResult, upToStep } from '../../../../src/kit/result';
import { sayFor } from '../../../../src/kit/say';
import { trainWidget } from '../../../../src/kit/training/lanes';
import type { AnyTrainingWidget, LaneResult, TrainingResult } from '../../../../src/kit/widget';
import { widgets } from '../../../../src/registry/server';
import { narrow } from '../../../support/narrow';

const say = sayFor();

/** A parameter's ends, or its choices. */
function extremes(parameter: Parameter): (number | string | boolean)[] {
  if (parameter.kind === 'choice') return parameter.options.map(({ value }) => value);
  if (parameter.kind === 'flag') return [false, true];
  return [parameter.min, parameter.max];
}

const training = [...widgets.values()].filter((widget) => widget.kind === 'training');

/** The defaults of a widget, with one parameter at an end or at one of its choices. */
const settingsOf = (widget: AnyTrainingWidget) =>
  Object.entries(widget.params as Record<string, Parameter>).flatMap(([name, parameter]) =>
    extremes(parameter).map((value) => ({
      ...(defaults(widget.params) as AnySettings),
      [name]: value,
    })),
  );

/** The network in question, narrow, on few examples, for two steps. */
const short = (spec: TrainingSpec): TrainingSpec => ({
  ...spec,
  network: narrow(spec.network),
  batchSize: Math.min(spec.batchSize, 4),
  steps: Math.min(spec.steps, 2),
  seed: 1,
});

let service: EngineService;
beforeAll(() => {
  service = createLocalEngineService('captured');
});
afterAll(() => service.close());

/** The short runs so far: most parameters leave a short run what it was. */
const known = new Map<string, LaneResult>();

async function shortRun(widget: AnyTrainingWidget, settings: AnySettings): Promise<TrainingResult> {
  const lanes = widget.lanes(settings, say).map(({ name, spec }) => {
    const brief = short(spec);
    return { name, brief, key: widget.id + JSON.stringify(brief) };
  });
  const unknown = lanes.filter(({ key }) => !known.has(key));
  const specs = Object.fromEntries(unknown.map(({ name, brief }) => [name, brief]));
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: 0 }) });
  let result = emptyResult(Object.keys(specs));
  if (unknown.length > 0)
    for await (const frame of trainWidget(widget, settings, session, specs))
      result = accumulate(result, frame);
  session.close();
  for (const { name, key } of unknown) known.set(key, result.lanes[name]!);
  return { lanes: Object.fromEntries(lanes.map(({ name, key }) => [name, known.get(key)!])) };
}

/** The same run, had every number but its steps been another one. */
const filled =
  (value: number) =>
  (result: TrainingResult): TrainingResult => {
    const rows = (list: number[][]) => list.map((row) => row.map(() => value));
    const lane = (one: LaneResult): LaneResult => ({
      ...one,
      loss: one.loss.map(() => value),
      signalGradientNorm: rows(one.signalGradientNorm),
      weightGradientNorm: rows(one.weightGradientNorm),
      globalNorm: one.globalNorm.map(() => value),
      extra: Object.fromEntries(Object.entries(one.extra).map(([k, list]) => [k, rows(list)])),
      final: null,
      firstNonFinite: { step: 0, phase: 'loss', tensor: 'loss', layer: null, value: 'NaN' },
    });
    return {
      lanes: Object.fromEntries(Object.entries(result.lanes).map(([k, one]) => [k, lane(one)])),
    };
  };

/** What a figure may be asked to draw of a run. */
const stages: Record<string, (result: TrainingResult) => TrainingResult> = {
  'nothing yet': (result) => emptyResult(Object.keys(result.lanes)),
  'its first frame': (result) => upToStep(result, 0),
  'the whole run': (result) => result,
  'a run of NaN from its first step': filled(NaN),
  'a run of zeros': filled(0),
};

function faults(
  widget: AnyTrainingWidget,
  settings: AnySettings,
  result: TrainingResult,
): string[] {
  const found: string[] = [];
  for (const [stage, of] of Object.entries(stages))
    for (const moment of ['start', 'end'] satisfies Moment[]) {
      const shown = { settings, result: of(result) };
      const picture = { widget, settings, results: [shown], moment, say };
      for (const figure of drawFigures({ ...picture, axes: null, gap: null, ghost: null })) {
        const where = `${figure.id}, ${stage}, ${moment}`;
        try {
          if (figure.fault) throw figure.fault;
          const markup = chartMarkup(frameOf(figure.chart, english)!);
          const bad = / (?!href)[a-z-]+="[^"]*(NaN|Infinity)/.exec(markup);
          if (bad) found.push(`${where}:${bad[0]}`);
          table(figure.numbers, english);
        } catch (reason) {
          found.push(`${where}: ${String(reason)}`);
        }
      }
    }
  return found;
}

test.each(training)('$id draws every figure at the ends of every parameter', async (widget) => {
  for (const settings of settingsOf(widget)) {
    const result = await shortRun(widget, settings);
    expect(faults(widget, settings, result), canonical(widget.params, settings)).toEqual([]);
  }
});
