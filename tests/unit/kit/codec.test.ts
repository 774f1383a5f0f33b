import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  camelCase,
  canonical,
  defaults,
  entries,
  kebabCase,
  migrate,
  ParameterError,
  presetSettings,
  read,
  readStrict,
  type AnySettings,
} from '../../../src/kit/codec';
import {
  choice,
  flag,
  int,
  number,
  type Parameter,
  type ParameterTable,
} from '../../../src/kit/parameters';

const table = {
  depth: int({ label: 'Depth', min: 1, max: 50, default: 10 }),
  learningRate: number({ label: 'Learning rate', min: 0.001, max: 1, default: 0.1 }),
  activation: choice({
    label: 'Activation',
    options: [
      { value: 'sigmoid', label: 'Sigmoid' },
      { value: 'tanh', label: 'Tanh' },
    ],
    default: 'sigmoid',
  }),
  batchNorm: flag({ label: 'Batch norm', default: false }),
};

describe('reading parameters', () => {
  it('takes camel case and kebab case', () => {
    const given = [
      ['learning-rate', '0.5'],
      ['batchNorm', 'true'],
    ] as const;
    expect(read(table, given)).toEqual({
      settings: { depth: 10, learningRate: 0.5, activation: 'sigmoid', batchNorm: true },
      notes: [],
    });
  });

  it('falls back with a sentence that says what is allowed', () => {
    const { settings, notes } = read(table, [['depth', '900']]);
    expect(settings.depth).toBe(10);
    expect(notes).toEqual([
      'depth=900 is not allowed: depth is a whole number from 1 to 50; using 10.',
    ]);
  });

  it.each([
    ['depth', '2.5', 'depth is a whole number from 1 to 50'],
    ['depth', '', 'depth is a whole number from 1 to 50'],
    ['depth', '0x10', 'depth is a whole number from 1 to 50'],
    ['learning-rate', 'NaN', 'learning-rate is a number from 0.001 to 1'],
    ['learning-rate', 'Infinity', 'learning-rate is a number from 0.001 to 1'],
    ['activation', 'relu', 'activation is one of sigmoid or tanh'],
    ['batch-norm', 'perhaps', 'batch-norm is true or false'],
  ])('refuses %s=%s', (name, text, sentence) => {
    expect(read(table, [[name, text]]).settings).toEqual(defaults(table));
    expect(read(table, [[name, text]]).notes[0]).toContain(sentence);
  });

  it('ignores an unknown name with a note that lists the known ones', () => {
    const { settings, notes } = read(table, [
      ['__proto__', '1'],
      ['toString', '2'],
    ]);
    expect(settings).toEqual(defaults(table));
    expect(notes[0]).toContain('depth, learning-rate, activation and batch-norm');
    expect(notes).toHaveLength(2);
  });

  it('falls back to what the page says, where the page says something', () => {
    const base = { ...defaults(table), depth: 30 };
    expect(read(table, [['depth', '900']], base).notes[0]).toContain('using 30.');
  });
});

describe('reading what an author wrote', () => {
  it('names every fault and what is allowed', () => {
    const props = { depth: 900, batchnorm: true };
    expect(() => readStrict(table, props)).toThrow(ParameterError);
    expect(() => readStrict(table, props)).toThrow(
      'depth=900 is not allowed: depth is a whole number from 1 to 50; ' +
        'batchnorm is not a parameter of this widget; it has depth, learning-rate, activation and batch-norm',
    );
  });

  it('refuses objects and null', () => {
    expect(() => readStrict(table, { depth: [5] })).toThrow(ParameterError);
    expect(() => readStrict(table, { depth: null })).toThrow(ParameterError);
  });

  it('names the known presets', () => {
    const widget = { params: table, presets: { problem: { params: {} }, cure: { params: {} } } };
    expect(() => presetSettings(widget, 'remedy')).toThrow('preset is one of problem or cure');
    expect(() => presetSettings(widget, 'constructor')).toThrow(ParameterError);
  });
});

describe('the canonical string', () => {
  it('holds the values that are not the default, in the order of the table', () => {
    const settings = { ...defaults(table), activation: 'tanh' as const, depth: 3 };
    expect(canonical(table, settings)).toBe('depth=3&activation=tanh');
    expect(canonical(table, defaults(table))).toBe('');
  });

  it('says a default where the page starts from another value', () => {
    const base = { ...defaults(table), depth: 30 };
    expect(entries(table, defaults(table), base)).toEqual([['depth', '10']]);
  });
});

describe('migrations', () => {
  it('bring a link of an old version to the new one', () => {
    const widget = {
      version: 3,
      migrations: {
        2: ({ layers, ...rest }: Record<string, string>) => ({ ...rest, depth: layers ?? '10' }),
        3: ({ rate, ...rest }: Record<string, string>) => ({
          ...rest,
          'learning-rate': rate ?? '',
        }),
      },
    };
    expect(migrate(widget, { layers: '4', rate: '0.2' }, 1)).toEqual({
      depth: '4',
      'learning-rate': '0.2',
    });
    expect(migrate(widget, { depth: '4', rate: '0.2' }, 2)).toEqual({
      depth: '4',
      'learning-rate': '0.2',
    });
  });
});

const finite = { noNaN: true, noDefaultInfinity: true };

const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  fc
    .tuple(fc.integer(), fc.nat(1000))
    .chain(([min, span]) =>
      fc
        .integer({ min, max: min + span })
        .map((value) => int({ label: 'i', min, max: min + span, default: value })),
    ),
  fc
    .tuple(
      fc.double({ ...finite, min: -1e6, max: 1e6 }),
      fc.double({ ...finite, min: 0, max: 1e6 }),
    )
    .map(([min, span]) => number({ label: 'n', min, max: min + span, default: min + 0 })),
  fc
    .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 })
    .map((values): Parameter =>
      choice({
        label: 'c',
        options: values.map((value) => ({ value, label: value })),
        default: values[0] as string,
      }),
    ),
  fc.boolean().map((value) => flag({ label: 'f', default: value })),
);

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/);

const setting = fc
  .uniqueArray(fc.tuple(name, parameter), {
    minLength: 1,
    maxLength: 6,
    selector: ([given]) => given,
  })
  .chain((rows) => {
    const params: ParameterTable = Object.fromEntries(rows);
    const settings = fc.record(
      Object.fromEntries(rows.map(([given, one]) => [given, valueOf(one)])),
    ) as fc.Arbitrary<AnySettings>;
    return fc.record({ params: fc.constant(params), settings });
  });

function valueOf(one: Parameter): fc.Arbitrary<string | number | boolean> {
  switch (one.kind) {
    case 'int':
      return fc.integer({ min: one.min, max: one.max });
    case 'number':
      return fc.double({ ...finite, min: one.min, max: one.max }).map((value) => value + 0);
    case 'choice':
      return fc.constantFrom(...one.options.map((option) => option.value));
    case 'flag':
      return fc.boolean();
  }
}

describe('any table', () => {
  it('reads back every setting from its canonical string', () => {
    fc.assert(
      fc.property(setting, ({ params, settings }) => {
        const text = canonical(params, settings);
        const back = read(params, new URLSearchParams(text));
        expect(back).toEqual({ settings, notes: [] });
        expect(canonical(params, back.settings)).toBe(text);
      }),
    );
  });

  it('reads a value that is allowed from any text at all, with one note for each fault', () => {
    fc.assert(
      fc.property(setting, fc.array(fc.tuple(fc.string(), fc.string())), ({ params }, given) => {
        const { settings, notes } = read(params, given);
        expect(notes.length).toBeLessThanOrEqual(given.length);
        expect(() => readStrict(params, settings)).not.toThrow();
      }),
    );
  });

  it('tells camel case and kebab case apart without loss', () => {
    fc.assert(
      fc.property(name, (given) => {
        expect(camelCase(kebabCase(given))).toBe(given);
      }),
    );
  });
});
