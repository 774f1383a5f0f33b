import { describe, expect, test } from 'vitest';
import type {
  BackendAvailability,
  BackendName,
  EngineService,
  SessionOptions,
  TrainingFrame,
} from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { FakeEngine } from '../../support/fakeEngine';
import experiment from '../../../src/widgets/backend-race/experiment';
import {
  differenceOf,
  roundsOf,
  ROUNDS,
  speedsOf,
  type RaceResult,
  type Runner,
} from '../../../src/widgets/backend-race/race';
import widget from '../../../src/widgets/backend-race/widget';

const say = sayFor();
const settings = presetSettings(widget, 'problem');

/** A fake engine with backends, whose trainings note in `turns` who was asked for a frame. */
class FakeDevice extends FakeEngine {
  readonly turns: BackendName[] = [];
  readonly list: BackendAvailability[];
  readonly failing: BackendName | null;

  constructor(list: BackendAvailability[], failing: BackendName | null = null) {
    super();
    this.list = list;
    this.failing = failing;
  }

  override backends() {
    return Promise.resolve(this.list);
  }

  override session(options: SessionOptions) {
    const session = super.session(options);
    const { turns, failing } = this;
    async function* noted(frames: AsyncIterable<TrainingFrame>) {
      for await (const frame of frames) {
        turns.push(options.backend!);
        if (options.backend === failing && turns.length > 6) throw new Error('The card is gone.');
        yield frame;
      }
    }
    return { ...session, train: (lanes: never) => noted(session.train(lanes)) };
  }
}

const here = (...names: BackendName[]) =>
  names.map((backend) => ({ backend, available: true }) satisfies BackendAvailability);

async function raceOn(service: EngineService, backend?: BackendName): Promise<RaceResult[]> {
  const all: RaceResult[] = [];
  for await (const found of experiment(settings, service, { backend })) all.push(found);
  return all;
}

describe('the race', () => {
  test('lets the backends take turns, round by round, over the same steps', async () => {
    const device = new FakeDevice([
      ...here('captured', 'cpu'),
      { backend: 'webgl', available: false, reason: 'None.' },
    ]);
    const all = await raceOn(device);
    const round: BackendName[] = ['cpu', 'captured'];
    expect(device.turns).toEqual(Array.from({ length: ROUNDS + 1 }, () => round).flat());
    const last = all.at(-1)!;
    expect(last.rounds).toEqual(roundsOf(settings));
    for (const runner of last.runners) {
      expect(runner.stepsPerSecond).toHaveLength(ROUNDS);
      expect(runner.loss).toEqual(last.rounds);
      expect(runner.difference).toEqual(last.rounds.map(() => 0));
    }
    expect(widget.progress!(settings, last)).toEqual({ done: 2 * ROUNDS, total: 2 * ROUNDS });
    expect(widget.describe(settings, last, say)).toContain('WebGL was not run: None.');
    expect(device.open).toBe(0);
  });

  test('goes on without a backend that fails, and says so', async () => {
    const all = await raceOn(new FakeDevice(here('webgl', 'captured', 'cpu'), 'webgl'));
    const last = all.at(-1)!;
    const byName = Object.fromEntries(last.runners.map((runner) => [runner.backend, runner]));
    expect(byName['webgl']).toMatchObject({ failure: 'The card is gone.' });
    expect(byName['captured']!.loss).toHaveLength(ROUNDS);
    expect(widget.describe(settings, last, say)).toContain('WebGL stopped: The card is gone.');
    expect(widget.progress!(settings, last)).toEqual({ done: 3 * ROUNDS, total: 3 * ROUNDS });
  });

  test('runs one backend beside the reference where the page asks for one', async () => {
    const last = (
      await raceOn(new FakeDevice(here('webgl', 'captured', 'wasm', 'cpu')), 'wasm')
    ).at(-1)!;
    expect(last.runners.map(({ backend }) => backend)).toEqual(['cpu', 'wasm']);
  });
});

const runner = (backend: BackendName, stepsPerSecond: number[]): Runner => ({
  backend,
  device: '',
  notes: [],
  failure: null,
  loss: [1],
  difference: [0],
  stepsPerSecond,
});

describe('its numbers', () => {
  test('leave out the first round, and take the median of the ratios of each round', () => {
    const speeds = speedsOf({
      backends: [],
      rounds: [],
      runners: [runner('cpu', [1, 10, 5, 10]), runner('captured', [9999, 100, 100, 50])],
    });
    expect(speeds.captured).toEqual({ stepsPerSecond: 100, timesSlower: 1 });
    expect(speeds.cpu).toEqual({ stepsPerSecond: 10, timesSlower: 10 });
  });

  test('of speed are never recorded', () => {
    const result: RaceResult = {
      backends: [],
      rounds: [20],
      runners: [runner('cpu', [1, 2, 3])],
    };
    const recorded = widget.kind === 'survey' ? widget.recorded!(result) : result;
    expect(recorded.runners[0]!.stepsPerSecond).toEqual([]);
    expect(speedsOf(recorded)).toEqual({});
    expect(widget.describe(settings, recorded, say)).toContain('measured on your own device');
  });

  test('of loss are compared relative to the reference; the same is 0, finite or not', () => {
    expect(differenceOf(1.01, 1)).toBeCloseTo(0.01, 12);
    expect(differenceOf(Infinity, Infinity)).toBe(0);
    expect(differenceOf(NaN, 1)).toBeNaN();
  });
});
