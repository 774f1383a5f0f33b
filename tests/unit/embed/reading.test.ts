import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHostMessage, seal } from '../../../src/embed/protocol';
import { readAddress } from '../../../src/kit/address';
import {
  canonical,
  defaults,
  kebabCase,
  parseValue,
  type AnySettings,
} from '../../../src/kit/codec';
import type { Parameter, ParameterTable } from '../../../src/kit/parameters';
import { widgets } from '../../../src/registry/server';

/** Text that a host may send for a parameter: near its range, far from it, and nonsense. */
const text = (parameter: Parameter): fc.Arbitrary<string> => {
  const nonsense = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      'NaN',
      '-Infinity',
      '1e999',
      '0x10',
      '__proto__',
      'constructor',
      '١٢',
      ' 3 ',
    ),
    fc.double().map(String),
  );
  switch (parameter.kind) {
    case 'int':
    case 'number': {
      const { min, max } = parameter;
      const span = max - min;
      return fc.oneof(
        nonsense,
        fc.integer({ min: Math.floor(min - span), max: Math.ceil(max + span) }).map(String),
        fc.double({ min: min - span, max: max + span, noNaN: true }).map(String),
      );
    }
    case 'choice':
      return fc.oneof(nonsense, fc.constantFrom(...parameter.options.map(({ value }) => value)));
    case 'flag':
      return fc.oneof(nonsense, fc.constantFrom('true', 'false', ''));
  }
};

/** What a host may send for a widget: its parameters in both spellings, and names that it does not have. */
function asked(params: ParameterTable): fc.Arbitrary<Record<string, string>> {
  const pairs = Object.entries(params).flatMap(([name, parameter]) =>
    [name, kebabCase(name)].map((spelling) =>
      text(parameter).map((given): [string, string] => [spelling, given]),
    ),
  );
  const strange = fc.tuple(
    fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'preset', 'backend', 'v', 'theme'),
    ),
    fc.string(),
  );
  return fc
    .array(fc.oneof(...pairs, strange), { maxLength: 12 })
    .map((entries) => Object.fromEntries(entries));
}

describe.each([...widgets.values()])('$id', (widget) => {
  const params = widget.params as ParameterTable;
  const base = defaults(params) as AnySettings;

  it('gives the engine nothing outside its declared ranges, whatever a host sends', () => {
    fc.assert(
      fc.property(asked(params), (parameters) => {
        const message = readHostMessage(seal({ type: 'configure', parameters }));
        if (message?.type !== 'configure') return;
        const query = new URLSearchParams(message.parameters);
        const { settings, notes } = readAddress(widget, query, { prefix: '', base });
        expect(Object.keys(settings).toSorted()).toEqual(Object.keys(params).toSorted());
        for (const [name, parameter] of Object.entries(params))
          expect(parseValue(parameter, settings[name]!), name).toBe(settings[name]);
        for (const note of notes) expect(note).toMatch(/\S/);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('reads every setting back from the string that stands for it', () => {
    fc.assert(
      fc.property(asked(params), (parameters) => {
        const place = { prefix: '', base };
        const { settings } = readAddress(widget, new URLSearchParams(parameters), place);
        const again = new URLSearchParams(canonical(params, settings));
        expect(readAddress(widget, again, place)).toMatchObject({ settings, notes: [] });
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
