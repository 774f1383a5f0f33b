import { beforeEach, describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/kit/export/csv';
import { canonical, defaults, type AnySettings } from '../../../src/kit/codec';
import { WidgetModel } from '../../../src/kit/model.svelte';
import type { AnyWidget } from '../../../src/kit/widget';
import { en } from '../../../src/kit/words/en';
import { getRecording, getWidget } from '../../../src/registry/server';
import widget from '../../../src/widgets/vanishing-depth/widget';
import { FakeEngine, until } from '../../support/fakeEngine';

const settings: AnySettings = { ...defaults(widget.params), steps: 240 };
let engine: FakeEngine;
let model: WidgetModel;

beforeEach(() => {
  engine = new FakeEngine();
  const host = {
    service: async () => engine,
    recordings: async () => ({}),
    link: () => 'https://example.org/',
  };
  model = new WidgetModel({ widget, settings, recording: null, host, words: en });
  model.runner.speed = 'full';
});

async function runTo(state: string): Promise<void> {
  model.run();
  await until(() => model.state === state);
}

describe('stepping back', () => {
  it('shows one frame after another', async () => {
    await runTo('done');
    const last = model.frames.length - 1;
    expect(model.frames.at(-1)).toBe(240);
    model.showFrame(last - 1);
    expect(model.step).toBe(236);
    model.showFrame(last - 2);
    expect(model.step).toBe(232);
    model.showFrame(-1);
    expect(model.step).toBe(0);
    model.showFrame(last + 9);
    expect(model.scrubbed).toBeNull();
  });

  it('tells of the step shown, and announces nothing new', async () => {
    await runTo('done');
    const { announcement, description } = model;
    expect(description).toContain('test accuracy 50%');
    model.showFrame(1);
    expect(model.description).toContain('batch loss 4 at step 4');
    expect(model.description).not.toContain('test accuracy');
    expect(model.announcement).toBe(announcement);
  });
});

describe('the step at which a recorded run rests', () => {
  const step = (of: AnyWidget) => {
    const recording = getRecording(of.id, canonical(of.params, defaults(of.params)));
    const resting = new WidgetModel({
      ...{ widget: of, settings: defaults(of.params), recording, words: en },
      host: undefined,
    });
    return { at: resting.step, total: resting.total, model: resting };
  };

  it('is the first where a figure shows it', () => {
    expect(step(widget).at).toBe(0);
  });

  it('is the last where every figure shows the end, and the first can be gone to', () => {
    const { at, total, model: resting } = step(getWidget('cell-diagram'));
    expect(at).toBe(total);
    expect(resting.figures.map((figure) => figure.step)).toEqual([total, total]);
    resting.showFrame(0);
    expect(resting.step).toBe(0);
    expect(resting.figures.map((figure) => figure.step)).toEqual([0, 0]);
    resting.showFrame(resting.frames.length - 1);
    expect(resting.step).toBe(total);
  });
});

describe('a lane that breaks', () => {
  it('is told of while the other lane still runs', async () => {
    engine.broken = { lane: 'problem', step: 14 };
    model.run();
    await until(() => model.broken.length > 0);
    expect(model.state).toBe('running');
    const [lane] = model.broken;
    expect(lane).toMatchObject({ name: 'problem', at: { step: 14 } });
    expect(model.frames[lane!.lastFinite]).toBe(12);
    model.showFrame(lane!.lastFinite);
    expect(model.state).toBe('paused');
    expect(model.step).toBe(12);
    expect(model.broken).toHaveLength(1);
  });

  it('has NaN in its table and its CSV from there on, and nothing more in its chart', async () => {
    engine.broken = { lane: 'problem', step: 3 };
    await runTo('diverged');
    const { chart, numbers } = model.figures.find(({ id }) => id === 'loss')!;
    const csv = toCsv(numbers, en.charts);
    expect(csv).toContain('\r\n4,NaN,4\r\n');
    expect(csv).toContain('\r\n240,NaN,240\r\n');
    expect(csv).not.toMatch(/,,|,\r/);
    expect(toCsv(chart, en.charts)).toContain('\r\n4,,4\r\n');
    const layers = model.figures.find(({ id }) => id === 'signal-gradient')!;
    expect(layers.numbers).toBe(layers.chart);
  });
});

describe('many seeds', () => {
  beforeEach(async () => {
    model.setSettings({ ...settings, steps: 20 });
    model.trainSeeds();
    await until(() => model.seeds.state === 'done');
  });

  it('are described by their counts and medians', () => {
    expect(model.description).toBe(
      'Sigmoid, depth 10: 10 of 20 learned, 0 of 20 diverged. ' +
        'Median training loss 20, median test accuracy 50%. ' +
        'Sigmoid, depth 2: 10 of 20 learned, 0 of 20 diverged. ' +
        'Median training loss 20, median test accuracy 50%.',
    );
    expect(model.announcement).toBe(`Trained 20 seeds. ${model.description}`);
  });

  it('leave the medians out where all diverged', async () => {
    engine.broken = { lane: 'problem', step: 3 };
    model.trainSeeds();
    await until(() => model.seeds.state === 'done');
    expect(model.description).toMatch(
      /^Sigmoid, depth 10: 0 of 20 learned, 20 of 20 diverged\. Sigmoid, depth 2/,
    );
  });

  it('are saved with their seeds and values', () => {
    const { seeds } = model.everything() as {
      seeds: { wanted: number; results: { seed: number; values: object; result: object }[] };
    };
    expect(seeds.wanted).toBe(20);
    expect(seeds.results.map(({ seed }) => seed)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(seeds.results[0]).toMatchObject({ values: { finalLoss: 20 }, result: { lanes: {} } });
  });
});
