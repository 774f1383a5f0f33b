import { describe, expect, it } from 'vitest';
import { differing } from '../../../src/commands/compare-recording';
import { recheck, recordSetting, settingsOf } from '../../../src/commands/record';
import { recordedSeeds } from '../../../src/kit/recordedSeeds';
import type { Recording } from '../../../src/kit/widget';
import { getRecording, widgets } from '../../../src/registry/server';
import { changedRows, drawnSeed, rowsOf } from '../../support/recordings';

/** A changed setting is run with each of its seeds, some of which take long on a busy machine. */
const LONG = 900_000;

/** What is run again: each setting's first seed and another, and every seed of what this branch changes. */
const samples = [...widgets].map(([id, widget]) => {
  const rows = rowsOf(id);
  const changed = changedRows(id);
  const settings = [...settingsOf(widget)].map(([key, values]) => {
    const seeds = recordedSeeds(widget, values);
    const runs = changed.includes(key)
      ? seeds.map((_, run) => run)
      : [...new Set([0, drawnSeed(rows[key], seeds.length)])];
    const told = seeds.length > 0 ? `seeds ${runs.map((run) => seeds[run]).join(', ')}` : 'no seed';
    return { key, values, runs, title: `${key || 'its defaults'}, ${told}` };
  });
  return { id, widget, settings };
});

describe.each(samples)('$id gives its recorded numbers again', ({ id, widget, settings }) => {
  it.each(settings)(
    'with $title',
    async ({ key, values, runs }) => {
      expect(await recheck(widget, key, values, runs)).toEqual([]);
    },
    LONG,
  );

  it('and not those of a changed recording', async () => {
    const [{ key, values }] = settings as [(typeof settings)[number]];
    const seeds = recordedSeeds(widget, values);
    const again = await recordSetting(widget, key, values, seeds.slice(0, 1));
    const recording = getRecording(id, key);
    const { value } = widget.contrast.problem;
    const mutated: Recording = {
      ...recording,
      backend: 'none',
      seeds: [...seeds, 0],
      values: {
        ...recording.values,
        [value]: [...(recording.values[value] ?? []), 0],
      },
      result: null,
    };
    expect(differing(recording, again, seeds)).toEqual([]);
    expect(differing(mutated, again, seeds)).toEqual(['seeds', 'backend', value, 'result']);
  });
});
