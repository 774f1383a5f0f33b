import { describe, expect, it } from 'vitest';
import { readAsked } from '../../../src/embed/asked';
import { getWidget } from '../../../src/registry/server';

const widget = getWidget('vanishing-depth');
const asked = (query: string) => readAsked(widget, new URLSearchParams(query));

describe('what an embed is asked to show', () => {
  it('is the whole widget where nothing is said', () => {
    expect(asked('depth=4')).toEqual({ fills: false, figures: null, controls: 'all', notes: [] });
  });

  it('is the figures named, in their order and once', () => {
    expect(asked('figures=map,loss,map').figures).toEqual(['map', 'loss']);
    expect(asked('figures=map').fills).toBe(true);
    expect(asked('controls=none')).toMatchObject({ fills: true, figures: null, controls: 'none' });
  });

  it('is all figures where one is not there, with a sentence that names those that are', () => {
    const { figures, notes } = asked('figures=loss,gradient&controls=run');
    expect(figures).toBeNull();
    expect(notes).toEqual([
      'figures=gradient is not allowed: there is no such figure, so all are shown; figures are loss, signal-gradient, weight-gradient, map and map-beside.',
    ]);
  });

  it('has all controls where the word is not one of theirs, with a sentence', () => {
    const { controls, notes } = asked('controls=few');
    expect(controls).toBe('all');
    expect(notes).toEqual([
      'controls=few is not allowed: controls is one of none, run or all; using all.',
    ]);
  });
});
