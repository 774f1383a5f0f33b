import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAsked } from '../../../src/embed/asked';
import { getWidget, widgets } from '../../../src/registry/server';

const widget = getWidget('vanishing-depth');
const all = ['loss', 'signal-gradient', 'weight-gradient', 'map', 'map-beside'];
const asked = (query: string) => readAsked(widget, new URLSearchParams(query));

describe('what an embed is asked to show', () => {
  it('is the whole widget where nothing is said', () => {
    expect(asked('depth=4')).toEqual({ fills: false, figures: all, controls: 'all', notes: [] });
  });

  it('is the figures named, in their order and once', () => {
    expect(asked('figures=map,loss,map').figures).toEqual(['map', 'loss']);
    expect(asked('figures=map').fills).toBe(true);
    expect(asked('controls=none')).toMatchObject({ fills: true, figures: all, controls: 'none' });
  });

  it('is all figures where one is not there, with a sentence that names those that are', () => {
    const { figures, notes } = asked('figures=loss,gradient&controls=run');
    expect(figures).toEqual(all);
    expect(notes).toEqual([
      'figures=gradient is not allowed: there is no such figure, so all are shown; figures are loss, signal-gradient, weight-gradient, map and map-beside.',
    ]);
  });

  it('is the drawing of a widget that has one, by its own name, and no widget’s figure has that name', () => {
    const led = [...widgets.values()].filter(({ drawing }) => drawing !== undefined);
    expect(led.length).toBeGreaterThan(10);
    for (const one of led) {
      const drawn = readAsked(one, new URLSearchParams('figures=drawing'));
      expect(drawn).toMatchObject({ fills: true, figures: ['drawing'], notes: [] });
      expect(readAsked(one, new URLSearchParams('')).figures[0]).toBe('drawing');
    }
    for (const { id, figures } of widgets.values())
      expect(
        figures.map((one) => one.id),
        id,
      ).not.toContain('drawing');
    expect(asked('figures=drawing').notes).toEqual([
      expect.stringContaining('figures=drawing is not allowed'),
    ]);
  });

  it('can be the drawing wherever one leads the standard view', () => {
    for (const { id, view, drawing } of widgets.values()) {
      const source = view ? readFileSync(`src/widgets/${id}/View.svelte`, 'utf8') : '';
      // What makes a chart of the figure's own draggable draws nothing besides.
      const led = /#snippet lead|<LedView/.test(source) && !/<Draggable/.test(source);
      expect(drawing !== undefined, id).toBe(led);
    }
  });

  it('has all controls where the word is not one of theirs, with a sentence', () => {
    const { controls, notes } = asked('controls=few');
    expect(controls).toBe('all');
    expect(notes).toEqual([
      'controls=few is not allowed: controls is one of none, run or all; using all.',
    ]);
  });
});
