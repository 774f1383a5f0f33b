import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';
import { expect, test } from 'vitest';
import { charactersOf, faces, fileOf, partsOf, type Part } from '../../../src/site/fonts/faces.ts';
import { renamed } from '../../../src/site/fonts/renamed.ts';

const folder = new URL('../../../src/site/fonts/', import.meta.url);
const { resolve } = createRequire(import.meta.url);

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The characters that two parts both have. */
const shared = (one: Part, other: Part): string[] => {
  const held = new Set(charactersOf(other));
  return charactersOf(one).filter((character) => held.has(character));
};

test('each character is in one part', () => {
  expect(charactersOf('core')).toEqual(expect.arrayContaining([...'aZ09 ’“”×²−½…']));
  expect(charactersOf('latin')).toEqual(expect.arrayContaining([...'éöñŒ€']));
  expect(charactersOf('greek')).toEqual(expect.arrayContaining([...'αχωΔ']));
  for (const pair of [
    ['core', 'latin'],
    ['core', 'greek'],
    ['latin', 'greek'],
  ] as const)
    expect(shared(pair[0], pair[1])).toEqual([]);
});

test('what every page loads of the faces is a good deal less than their packages hold', () => {
  for (const face of faces) {
    const whole = readFileSync(resolve(face.sources.latin)).length;
    const core = readFileSync(new URL(fileOf(face, 'core'), folder)).length;
    expect(core / whole, face.name).toBeLessThan(0.7);
    for (const part of partsOf(face))
      expect(
        readFileSync(new URL(fileOf(face, part), folder)).toString('latin1', 0, 4),
        `${face.name}, ${part}`,
      ).toBe('wOF2');
  }
});

test('a cut face goes by a name that its licence does not reserve, and keeps the notice', async () => {
  for (const face of faces) {
    const whole = readFileSync(resolve(face.sources.latin));
    const font = await subsetFont(whole, 'a', { targetFormat: 'sfnt' });
    const typeface = face.family.split(' ')[1]!;
    expect(font.includes(utf16(`Source ${typeface}`))).toBe(true);
    const own = renamed(font);
    expect(own.includes(utf16(`Source ${typeface}`)), face.name).toBe(false);
    expect(own.includes(utf16(`Source${typeface}`)), face.name).toBe(false);
    expect(own.includes(utf16(face.family)), face.name).toBe(true);
    expect(own.includes(utf16('Reserved Font Name ‘Source’')), face.name).toBe(true);
    expect(own.length).toBe(font.length);
  }
});

test('what is no font is refused in a sentence', () => {
  expect(() => renamed(Buffer.alloc(64))).toThrow('The font has no table “name”.');
});
