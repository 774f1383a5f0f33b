import { flag, int, number, type NumberParameter, type SettingsOf } from '../../kit/parameters';

/** Units that a chain can have, counted from the input. */
export const UNITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
type Unit = (typeof UNITS)[number];

/** How many units a chain can have. */
const COUNTS = [4, 5, 6, 7, 8, 9, 10];

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** A number in subscript digits, for symbols in plain text. */
export const subscript = (index: number): string =>
  [...String(index)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

/** One parameter for each unit, named by letter and unit: w1 … w10. */
function perUnit<L extends string>(
  letter: L,
  name: string,
  range: { min: number; max: number; default: number; divisions: number },
): Record<`${L}${Unit}`, NumberParameter> {
  const entries = UNITS.map((unit) => [
    `${letter}${unit}`,
    number({
      ...range,
      label: `${name} of unit ${unit}`,
      symbol: `${letter}${subscript(unit)}`,
      when: [
        { parameter: 'each', is: [true] },
        { parameter: 'units', is: COUNTS.filter((count) => count >= unit) },
      ],
    }),
  ]);
  return Object.fromEntries(entries) as Record<`${L}${Unit}`, NumberParameter>;
}

const WEIGHT = { min: -12, max: 12, default: 1, divisions: 240 };
const BIAS = { min: -8, max: 8, default: 0, divisions: 320 };

export const params = {
  units: int({
    label: 'Units',
    symbol: 'U',
    min: Math.min(...COUNTS),
    max: Math.max(...COUNTS),
    default: 4,
  }),
  w: number({
    ...WEIGHT,
    label: 'Weight of every unit',
    symbol: 'w',
    when: { parameter: 'each', is: [false] },
  }),
  b: number({
    ...BIAS,
    label: 'Bias of every unit',
    symbol: 'b',
    when: { parameter: 'each', is: [false] },
  }),
  input: number({
    label: 'Input',
    symbol: 'h₀',
    min: -2,
    max: 2,
    default: 1,
    divisions: 80,
  }),
  t: number({ label: 'Target', symbol: 't', min: 0, max: 1, default: 0 }),
  each: flag({
    label: 'Set each unit by itself',
    default: false,
    help: 'Replaces the common weight and bias by sliders for every unit, which start from them.',
  }),
  ...perUnit('w', 'Weight', WEIGHT),
  ...perUnit('b', 'Bias', BIAS),
};

export type ChainSettings = SettingsOf<typeof params>;

/** Switching to single units starts each from the common weight and bias, so that the chain stays as it was. */
export function carry(before: ChainSettings, after: ChainSettings): ChainSettings {
  if (before.each || !after.each) return after;
  const each = UNITS.map((unit) => ({ [`w${unit}`]: before.w, [`b${unit}`]: before.b }));
  return Object.assign({ ...after }, ...each) as ChainSettings;
}
