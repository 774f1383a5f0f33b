import { describe, expect, it } from 'vitest';
import { writeAddress } from '../../../src/kit/address';
import { defaults } from '../../../src/kit/codec';
import { atRest, readViewpoint, writeViewpoint } from '../../../src/kit/viewpoint';
import { en } from '../../../src/kit/words/en';
import widget from '../../../src/widgets/vanishing-depth/widget';

const [first, second] = widget.figures.map(({ id }) => id);
const read = (text: string, prefix = '') =>
  readViewpoint(widget, new URLSearchParams(text), prefix, en);

describe('a viewpoint', () => {
  it('is read as it was written, beside other keys', () => {
    const seen = { chart: second!, step: 120 };
    const url = writeViewpoint(new URL('https://example.org/c/?seed=2'), seen, 'a.');
    expect(url.search).toBe(`?seed=2&a.chart=${second}&a.step=120`);
    expect(readViewpoint(widget, url.searchParams, 'a.', en)).toEqual({
      viewpoint: seen,
      notes: [],
    });
    expect(writeViewpoint(url, atRest, 'a.').search).toBe('?seed=2');
  });

  it('is at rest where the address says nothing, or speaks of a neighbour', () => {
    expect(read(`b.chart=${first}&b.step=3`, 'a.')).toEqual({ viewpoint: atRest, notes: [] });
  });

  it('says what it does not understand', () => {
    const { viewpoint, notes } = read('chart=pie&step=-1');
    expect(viewpoint).toEqual(atRest);
    expect(notes).toEqual([
      expect.stringContaining(`chart=pie names no chart of this figure, so it shows its first`),
      expect.stringContaining('step=-1 is not allowed: step is a whole number'),
    ]);
    expect(notes[0]).toContain(second);
    for (const wrong of ['1.5', 'NaN', '1e3', '', '9999999999'])
      expect(read(`step=${wrong}`).notes).toHaveLength(1);
  });

  it('does not outlive the settings that it was of', () => {
    const place = { prefix: '', base: defaults(widget.params) };
    const url = writeViewpoint(new URL('https://example.org/'), { chart: first!, step: 3 }, '');
    expect(writeAddress(url, widget, place.base, place).search).toBe('');
  });
});
