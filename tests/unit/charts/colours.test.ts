import { describe, expect, test } from 'vitest';
import {
  type ColourName,
  type Theme,
  colour,
  roles,
  shade,
  shadeCount,
  tokensCss,
} from '../../../src/kit/charts/colours';
import { notANumberIndex, rampIndex, rampPalette } from '../../../src/kit/charts/ramp';
import { contrast, difference, seen, visions } from './vision';

const themes: Theme[] = ['light', 'dark'];
const grounds: ColourName[] = ['paper', 'surface'];
const everyVision = Object.keys(visions) as (keyof typeof visions)[];

test('src/kit/tokens.css holds the colours of colours.ts', async () => {
  await expect(tokensCss()).toMatchFileSnapshot('../../../src/kit/tokens.css');
});

describe('the measures themselves', () => {
  test('contrast of black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  // Sharma, Wu and Dalal 2005, table 1, pairs 1, 7 and 17.
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
  ] as [[number, number, number], [number, number, number], number][])(
    'CIEDE2000 of %j and %j is %d',
    (a, b, expected) => {
      expect(difference(a, b)).toBeCloseTo(expected, 3);
      expect(difference(b, a)).toBeCloseTo(expected, 3);
    },
  );
});

describe.each(themes)('in the %s theme', (theme) => {
  test.each([...roles, 'ink', 'ink-soft', 'link'] as ColourName[])(
    '%s reads as text (4.5:1) on paper and surface',
    (name) => {
      for (const ground of grounds)
        expect(contrast(colour(name, theme), colour(ground, theme)), ground).toBeGreaterThan(4.5);
    },
  );

  test('text on an accent reads', () => {
    expect(contrast(colour('on-accent', theme), colour('accent', theme))).toBeGreaterThan(4.5);
  });

  test.each(['line-strong', 'focus', 'ramp-cold', 'ramp-hot'] as ColourName[])(
    '%s is seen (3:1) on paper and surface',
    (name) => {
      for (const ground of grounds)
        expect(contrast(colour(name, theme), colour(ground, theme)), ground).toBeGreaterThan(3);
    },
  );

  test('every shade of a role is seen (3:1) on paper', () => {
    for (const role of roles)
      for (let variant = 0; variant < shadeCount; variant++)
        expect(
          contrast(shade(role, variant, theme), colour('paper', theme)),
          `${role} ${variant}`,
        ).toBeGreaterThan(3);
  });

  test.each(everyVision)('any two roles differ at a glance under %s', (vision) => {
    for (const [k, a] of roles.entries())
      for (const b of roles.slice(k + 1))
        expect(
          difference(seen(colour(a, theme), vision), seen(colour(b, theme), vision)),
          `${a} and ${b}`,
        ).toBeGreaterThan(10);
  });

  test.each(everyVision)('the ends and the middle of the ramp differ widely under %s', (vision) => {
    const [cold, middle, hot] = (['ramp-cold', 'ramp-neutral', 'ramp-hot'] as ColourName[]).map(
      (name) => seen(colour(name, theme), vision),
    ) as [number, number, number][];
    expect(difference(cold!, hot!)).toBeGreaterThan(30);
    expect(difference(cold!, middle!)).toBeGreaterThan(20);
    expect(difference(hot!, middle!)).toBeGreaterThan(20);
  });
});

describe('the ramp', () => {
  const scale: [number, number, number] = [-8, 0, 4];
  const alpha = (value: number) => rampPalette[rampIndex(value, scale)]![3];

  test('is neutral at its middle and full at and beyond its ends', () => {
    expect(alpha(1)).toBe(0);
    for (const value of [1e-8, 1e-30, 1e4, 1e30]) expect(alpha(value)).toBe(255);
    expect(rampPalette[rampIndex(1e-9, scale)]).not.toEqual(rampPalette[rampIndex(1e9, scale)]);
  });

  test('grows in strength away from the middle', () => {
    for (const sign of [-1, 1]) {
      const strengths = [1, 2, 3, 4].map((k) => alpha(10 ** (sign * k)));
      expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
      expect(new Set(strengths).size).toBe(4);
    }
  });

  test('puts exactly 0 at the cold end, an infinity at the hot end, NaN apart', () => {
    expect(rampIndex(0, scale)).toBe(rampIndex(1e-300, scale));
    expect(rampIndex(Infinity, scale)).toBe(rampIndex(1e300, scale));
    expect(rampIndex(-Infinity, scale)).toBe(rampIndex(1e300, scale));
    expect(rampIndex(NaN, scale)).toBe(notANumberIndex);
    expect(rampPalette).toHaveLength(notANumberIndex + 1);
  });

  test('carries white signs at 3:1 where signs are drawn', () => {
    for (const value of [0, Infinity, NaN]) {
      const [r, g, b] = rampPalette[rampIndex(value, scale)]!;
      const hex = `#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
      expect(contrast(hex, '#ffffff'), String(value)).toBeGreaterThan(3);
    }
  });
});
