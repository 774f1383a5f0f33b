import { afterAll, describe, expect, it } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { settingsOf } from '../../../src/commands/record';
import { declaredSettings } from '../../../src/kit/authored';
import {
  canonical,
  camelCase,
  kebabCase,
  presetSettings,
  readStrict,
  type AnySettings,
} from '../../../src/kit/codec';
import { isReserved } from '../../../src/kit/reserved';
import { accumulate, emptyResult } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import { specsOf, trainWidget } from '../../../src/kit/training/lanes';
import type { AnyTrainingWidget, Recording, TrainingResult } from '../../../src/kit/widget';
import { loadWidget, widgetIds } from '../../../src/registry';
import { getRecording, getRecordings, getWidget, widgets } from '../../../src/registry/server';
import { strangers } from '../../support/strangers';

const service = createLocalEngineService('captured');
afterAll(() => service.close());
const say = sayFor();

/** A recording as its own widget takes it. */
type Recorded = Omit<Recording, 'result'> & { result: never };

describe('the registry', () => {
  it('names the known ids where it has none', async () => {
    const known = [...widgets.keys()].join(', ');
    expect(() => getWidget('gradientFlow')).toThrow(
      `There is no widget "gradientFlow"; the widgets are ${known}.`,
    );
    await expect(loadWidget('constructor')).rejects.toThrow('There is no widget "constructor"');
  });

  it('finds the same widgets for the page and for the server', async () => {
    expect(widgetIds).toEqual([...widgets.keys()]);
    for (const id of widgetIds) expect(await loadWidget(id)).toBe(getWidget(id));
  });

  it('names the command where a recording is missing', () => {
    const [id] = widgets.keys();
    expect(() => getRecording(id as string, 'no=such')).toThrow(
      `${id} has no recording for "no=such". Run: npm run record -- ${id}`,
    );
  });
});

describe.each([...widgets])('%s', (id, widget) => {
  it('is named alike in its folder, its declaration and every address', () => {
    expect(widget.id).toBe(id);
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    for (const name of Object.keys(widget.params)) {
      expect(camelCase(kebabCase(name))).toBe(name);
      expect(isReserved(name), name).toBe(false);
    }
  });

  it('has presets that its parameters allow, the problem being the default', () => {
    for (const preset of Object.keys(widget.presets)) {
      const values = presetSettings(widget, preset);
      expect(readStrict(widget.params, values)).toEqual(values);
    }
    expect(canonical(widget.params, presetSettings(widget, 'problem'))).toBe('');
    expect(Object.keys(widget.migrations ?? {})).toHaveLength(widget.version - 1);
  });

  it('has a recording of every preset, which its figures can draw and its sentences tell', () => {
    for (const [key, values] of declaredSettings(widget)) {
      const { result, values: named } = getRecording(id, key) as Recorded;
      const shown = widget.figures.filter((figure) => figure.shown?.(values) ?? true);
      expect(shown.length).toBeGreaterThan(0);
      for (const { chart } of shown) expect(chart(values, result, say)).toHaveProperty('kind');
      expect(widget.describe(values, result, say)).toMatch(/\.$/);
      expect(Object.keys(named)).toEqual(Object.keys(widget.values(values, result)));
    }
  });

  it('draws the numbers of its results, and no others', () => {
    // A closed form's figures are formulas of the settings: all of it is theory.
    if (widget.kind === 'closedForm') return;
    for (const [key, settings] of settingsOf(widget)) {
      const { result } = getRecording(id, key) as Recorded;
      for (const figure of widget.figures)
        if (figure.shown?.(settings) ?? true)
          expect(
            strangers(figure.chart(settings, result, say), result),
            `${key || '(defaults)'}: ${figure.id}`,
          ).toEqual([]);
    }
  });

  it('has at most six presets in sight, whichever group is unfolded, each of a name of its own', () => {
    const all = Object.values(widget.presets);
    for (const group of new Set(all.map((preset) => preset.group))) {
      const inSight = all.filter((one) => one.group === undefined || one.group === group);
      expect(inSight.length, group).toBeLessThanOrEqual(6);
    }
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });

  it('says of each preset that chose a seed that it did', () => {
    for (const [name, { params, note }] of Object.entries(widget.presets))
      if ('seed' in params) expect(note, name).toMatch(/seed/i);
  });

  it('draws its figures before anything ran', () => {
    if (widget.kind !== 'training') return;
    const values = presetSettings(widget, 'problem');
    const nothing = emptyResult(widget.lanes(values, say).map(({ name }) => name));
    for (const { chart } of widget.figures) expect(() => chart(values, nothing, say)).not.toThrow();
    expect(widget.describe(values, nothing, say)).toBe('');
  });

  it('names no end of a run that broke', () => {
    for (const { key, values } of Object.values(getRecordings(id)))
      for (const [name, runs] of Object.entries(values)) {
        const [, lane = '', end = ''] =
          /^(.*\.)?((?:last|final)(?!Finite)[A-Z]\w*)$/.exec(name) ?? [];
        const losses = end && values[`${lane}finalLoss`];
        if (!losses) continue;
        const named = runs.flatMap((run, seed) =>
          Number.isFinite(losses[seed]) || ![run].flat().some(Number.isFinite) ? [] : [seed],
        );
        expect(named, `${key}: ${name} of runs that broke`).toEqual([]);
      }
  });

  it('shows what it is there to show, in every recorded seed', () => {
    const { problem, cure, better, factor } = widget.contrast;
    const recorded = ({ preset, value }: typeof problem) => {
      const key = canonical(widget.params, presetSettings(widget, preset));
      return getRecordings(id)[key]?.values[value] as number[];
    };
    const cured = recorded(cure);
    expect(recorded(problem).length).toBeGreaterThan(0);
    recorded(problem).forEach((broken, seed) => {
      const mended = cured[seed] ?? (cured[0] as number);
      const ratio = better === 'larger' ? mended / broken : broken / mended;
      expect(ratio, `seed ${seed}: ${broken} against ${mended}`).toBeGreaterThanOrEqual(factor);
    });
  });

  it('gives another run with another seed, and training changes each network', async () => {
    if (widget.kind !== 'training') return;
    const values = presetSettings(widget, 'problem') as AnySettings;
    const [drawn, trained] = [
      await shortRun(widget, values, 0),
      await shortRun(widget, values, 20),
    ];
    const other = await shortRun(widget, { ...values, seed: Number(values['seed']) + 1 }, 20);
    for (const name of Object.keys(trained.lanes)) {
      const lane = trained.lanes[name];
      expect(lane?.final?.trainLoss, name).not.toBe(drawn.lanes[name]?.final?.trainLoss);
      if (widget.seeded?.(values) ?? true)
        expect(lane?.loss, name).not.toEqual(other.lanes[name]?.loss);
    }
  });
});

/** The widget's experiment, cut short after so many steps. */
async function shortRun(
  widget: AnyTrainingWidget,
  settings: AnySettings,
  steps: number,
): Promise<TrainingResult> {
  const session = service.session({ pace: () => ({ steps: 20, milliseconds: 10_000 }) });
  const short = widget.lanes(settings, say).map((lane) => ({
    ...lane,
    spec: { ...lane.spec, steps },
  }));
  let result = emptyResult([]);
  for await (const frame of trainWidget(widget, settings, session, specsOf(short)))
    result = accumulate(result, frame);
  session.close();
  return result;
}
