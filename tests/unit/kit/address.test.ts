import { describe, expect, it } from 'vitest';
import {
  meantByPreset,
  ownAddress,
  readAddress,
  strayNotes,
  writeAddress,
} from '../../../src/kit/address';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import { prefixOf } from '../../../src/site/widget/place';
import overflow from '../../../src/widgets/exploding-overflow/widget';
import { widgets } from '../../../src/registry/server';
import other from '../../../src/widgets/float-floor/widget';
import widget from '../../../src/widgets/vanishing-depth/widget';

const base: AnySettings = defaults(widget.params);
const alone = { prefix: '', base };
const among = { prefix: 'vanishing-depth.', base };
const query = (text: string) => new URLSearchParams(text);

describe('reading an address', () => {
  it('takes parameters, a preset and a backend', () => {
    const { settings, backend, notes } = readAddress(
      widget,
      query('preset=plateau&seed=7&backend=cpu&theme=dark&utm_source=x'),
      alone,
    );
    expect(settings).toMatchObject({ depth: 4, steps: 900, seed: 7 });
    expect(backend).toBe('cpu');
    expect(notes).toEqual([]);
  });

  it('says what is allowed of what it does not understand', () => {
    const { settings, backend, notes } = readAddress(
      widget,
      query('preset=remedy&depth=900&depht=3&backend=abacus'),
      alone,
    );
    expect(settings).toEqual(base);
    expect(backend).toBeUndefined();
    expect(notes).toEqual([
      expect.stringContaining('preset=remedy is not allowed: preset is one of problem'),
      expect.stringContaining('backend is one of webgl, captured, wasm or cpu'),
      'depth=900 is not allowed: depth is a whole number from 1 to 50; using 10.',
      expect.stringContaining('depht is not a setting of this widget'),
    ]);
  });

  it('tells its own keys from those of a neighbour', () => {
    const text = 'vanishing-depth.depth=5&vanishing-depth-2.depth=6&other.gain=2&gain=3&seed=9';
    const first = readAddress(widget, query(text), among);
    expect(first).toMatchObject({ settings: { depth: 5, seed: 9 }, notes: [] });
    const second = readAddress(widget, query(text), { prefix: 'vanishing-depth-2.', base });
    expect(second.settings['depth']).toBe(6);
  });

  it('takes a plain preset that means it', () => {
    const place = { ...among, plainPreset: true };
    expect(readAddress(widget, query('preset=plateau'), place).settings['depth']).toBe(4);
    expect(readAddress(widget, query('preset=remedy'), place).notes).toEqual([
      expect.stringContaining('preset=remedy is not allowed'),
    ]);
    expect(readAddress(widget, query('preset=plateau'), among).settings).toEqual(base);
  });

  it('prefers its own key to a plain one', () => {
    const text = 'vanishing-depth.depth=5&depth=6';
    expect(readAddress(widget, query(text), among).settings['depth']).toBe(5);
  });
});

describe('what no widget of a page reads', () => {
  const page = [
    { widget, prefix: 'vanishing-depth.' },
    { widget: other, prefix: 'float-floor.' },
  ];

  it('is noted with what is allowed', () => {
    expect(strayNotes(query('dept=30&gone.depth=3&depth=4'), page)).toEqual([
      expect.stringMatching(/^dept is not a setting of any figure on this page.* depth, compare/),
      expect.stringMatching(/^gone\.depth is not a setting/),
    ]);
  });

  it('is a preset that several of them have', () => {
    expect(meantByPreset(query('preset=problem'), page)).toBeNull();
    expect(strayNotes(query('preset=problem'), page)).toEqual([
      'preset=problem does not say which figure it is for, so it is ignored; write ' +
        'vanishing-depth.preset or float-floor.preset.',
    ]);
  });

  it('is a preset that none of them has', () => {
    expect(meantByPreset(query('preset=remedy'), page)).toBeNull();
    expect(strayNotes(query('preset=remedy'), page)).toEqual([
      'preset=remedy is not allowed: no figure on this page has a preset of that name, so it is ignored.',
    ]);
  });

  it('is no preset that only one of them has', () => {
    expect(Object.hasOwn(other.presets, 'plateau')).toBe(false);
    expect(meantByPreset(query('preset=plateau'), page)).toBe(widget);
    expect(strayNotes(query('preset=plateau'), page)).toEqual([]);
  });

  it('is no preset where all have one id: each says of itself what it has', () => {
    const same = [page[0]!, { widget, prefix: 'vanishing-depth-2.' }];
    expect(meantByPreset(query('preset=remedy'), same)).toBe(widget);
    expect(strayNotes(query('preset=remedy'), same)).toEqual([]);
  });

  it('leaves out keys of the page and of who passed the link on', () => {
    expect(strayNotes(query('backend=cpu&theme=dark&utm_source=x'), page)).toEqual([]);
    expect(strayNotes(query('vanishing-depth.dept=3'), page)).toEqual([]);
  });
});

describe('writing an address', () => {
  const at = (text: string) => new URL(`https://example.org/chapter/${text}`);

  it('holds what differs from the page, and leaves the rest alone', () => {
    const url = writeAddress(at('?theme=dark&depth=3#figure'), widget, { ...base, seed: 4 }, alone);
    expect(url.href).toBe('https://example.org/chapter/?theme=dark&seed=4#figure');
  });

  it('drops the names of older versions, which would be unknown beside the new ones', () => {
    const renamed = defaults(overflow.params) as AnySettings;
    const place = { prefix: '', base: renamed };
    const settings = { ...renamed, model: 'relu', weightScale: 3 };
    const { searchParams } = writeAddress(at('?model=relu&gain=2'), overflow, settings, place);
    expect(searchParams.has('gain')).toBe(false);
    expect(readAddress(overflow, searchParams, place)).toMatchObject({ settings, notes: [] });
  });

  it('is clean again at the page’s own setting', () => {
    expect(writeAddress(at('?preset=cure&seed=4'), widget, base, alone).search).toBe('');
  });

  it('leaves a plain preset to the neighbour that it means', () => {
    const changed = { ...base, seed: 4 };
    const search = (plainPreset: boolean) =>
      writeAddress(at('?preset=plateau'), widget, changed, { ...among, plainPreset }).search;
    expect(search(false)).toBe('?preset=plateau&vanishing-depth.seed=4');
    expect(search(true)).toBe('?vanishing-depth.seed=4');
  });

  it('reads back what it wrote, alone and among others', () => {
    const settings = { ...base, compare: 'relu', learningRate: 0.5 };
    for (const place of [alone, among]) {
      const { searchParams } = writeAddress(at('?backend=cpu'), widget, settings, place);
      expect(readAddress(widget, searchParams, place)).toEqual({
        settings,
        backend: 'cpu',
        notes: [],
      });
    }
  });
});

describe('the prefix of a widget', () => {
  it('is empty where it is alone, and numbered where its id comes again', () => {
    expect(prefixOf(['a'], 0)).toBe('');
    const ids = ['a', 'b', 'a', 'a'];
    expect(ids.map((_, i) => prefixOf(ids, i))).toEqual(['a.', 'b.', 'a-2.', 'a-3.']);
  });
});

describe('the keys of others', () => {
  /** What search engines, translators, shops, forums and messengers are known to add to a link. */
  const added = [
    ...['_x_tr_sl', '_x_tr_tl', '_x_tr_hl', '_x_tr_pto', 'utm_source', 'utm_medium', 'fbclid'],
    ...['gclid', 'msclkid', 'igshid', 'mc_cid', 'mc_eid', 'ref', 'ref_src', 'lang', 'hl', 'q', 's'],
    ...['si', 'source', 'amp', 'share', 'cache', 'print', 'nocache', '_ga', 'yclid', 'twclid'],
  ];
  const search = `?${added.map((key) => `${key}=a&${key}=b`).join('&')}`;

  it.each([...widgets.values()])('are passed over without a word by $id', (one) => {
    const own = defaults(one.params) as AnySettings;
    const place = { prefix: '', base: own };
    expect(readAddress(one, query(search), place)).toMatchObject({ settings: own, notes: [] });
    const page = [
      { widget: one, prefix: `${one.id}.` },
      { widget: other, prefix: 'float-floor.' },
    ];
    expect(strayNotes(query(search), page)).toEqual([]);
  });

  it('are noted where every key is meant for the widget', () => {
    const { notes } = readAddress(widget, query('layers=3'), { ...alone, everyKey: true });
    expect(notes).toEqual([expect.stringContaining('layers is not a setting of this widget')]);
  });

  it('are not handed on', () => {
    const address = new URL(
      `https://example.org/chapter/${search}&depth=3&vanishing-depth.seed=4&float-floor.v=2&theme=dark&float-floor.foo=1#figure`,
    );
    const page = [
      { widget, prefix: 'vanishing-depth.' },
      { widget: other, prefix: 'float-floor.' },
    ];
    expect(ownAddress(address, page).href).toBe(
      'https://example.org/chapter/?depth=3&vanishing-depth.seed=4&float-floor.v=2&theme=dark#figure',
    );
  });
});
