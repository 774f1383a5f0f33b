import { afterAll, describe, expect, it } from 'vitest';
import { differing } from '../../../src/commands/compare-recording';
import { recordSetting, settingsOf } from '../../../src/commands/record';
import { createLocalEngineService } from '../../../src/engine/node';
import type { EngineService } from '../../../src/engine/types';
import { recordedSeeds } from '../../../src/kit/recordedSeeds';
import type { Recording } from '../../../src/kit/widget';
import { getRecording, widgets } from '../../../src/registry/server';
import { changedRows, drawnRuns, rowsOf } from '../../support/recordings';

/** A changed setting is run with each of its seeds, some of which take long on a busy machine. */
const LONG = 900_000;

/** What is run again: some seeds of every setting, and every seed of what this branch changes. */
const samples = [...widgets].map(([id, widget]) => {
  const rows = rowsOf(id);
  const changed = changedRows(id);
  const settings = [...settingsOf(widget)].map(([key, values]) => {
    const seeds = recordedSeeds(widget, values);
    const runs = drawnRuns(rows[key], seeds.length, widget.kind === 'survey' ? 1 : 2);
    const chosen = changed.includes(key) ? seeds : seeds.filter((_, run) => runs.includes(run));
    const told = chosen.length > 0 ? `seeds ${chosen.join(', ')}` : 'no seed';
    return { key, values, seeds, chosen, title: `${told}: ${key || 'its defaults'}` };
  });
  return { id, widget, settings };
});

const engine = createLocalEngineService();
/** One for all, as in a page. How long each instruction takes is no part of a recording, and is not measured. */
const service: EngineService = { ...engine, program: (spec) => engine.program(spec) };
afterAll(() => engine.close());

describe.each(samples)('$id gives its recorded numbers again', ({ id, widget, settings }) => {
  it.each(settings)(
    'with $title, and no others',
    async ({ key, values, seeds, chosen }) => {
      const recording = getRecording(id, key);
      const again = await recordSetting(widget, key, values, service, chosen);
      expect(differing(recording, again, seeds)).toEqual([]);
      const [name = ''] = Object.keys(recording.values);
      const mutated: Recording = {
        ...recording,
        backend: 'none',
        seeds: [...seeds, 0],
        values: { ...recording.values, [name]: [...(recording.values[name] ?? []), 0] },
      };
      expect(differing(mutated, again, seeds)).toEqual(['seeds', 'backend', name]);
    },
    LONG,
  );
});

describe.each(samples.filter(({ widget }) => widget.kind === 'training'))(
  '$id with other seeds',
  ({ id, settings }) => {
    it('gives other numbers', () => {
      for (const { key, seeds } of settings) {
        if (seeds.length < 2) continue;
        const { values } = getRecording(id, key);
        const differ = Object.values(values).some((of) =>
          of.some((value) => !Object.is(value, of[0])),
        );
        expect(differ, key).toBe(true);
      }
    });
  },
);
