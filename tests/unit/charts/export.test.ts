import { describe, expect, test } from 'vitest';
import { colours } from '../../../src/kit/charts/colours';
import { english } from '../../../src/kit/charts/words';
import { renderFigureSvg, toCsv, toJson } from '../../../src/kit/export';
import { examples, heat, histogram, line } from './examples';

const title = 'Loss & <gradient> "by" layer';
const description = 'At step 2 the loss leaves what float32 holds: 1 < 2 & so on.';

/** Throws unless the text is one well-formed XML element. */
function checkWellFormed(xml: string): void {
  const open: string[] = [];
  const outside = xml.replace(
    /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, end, name, _a, self) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!self) open.push(name as string);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(outside).not.toMatch(/[<>]|&(?!#\d+;)/);
}

describe.each(examples)('the SVG file of %s', (_, spec) => {
  const svg = renderFigureSvg(spec, { title, description });

  test('is well-formed and stands alone', () => {
    checkWellFormed(svg);
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(svg).not.toMatch(/<script|<foreignObject|style="|\son\w+=|url\(|@import|var\(/);
    for (const [, address] of svg.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^data:image\/png;base64,/);
  });

  test('holds no number that a renderer cannot read', () => {
    const attributes = [...svg.matchAll(/\s(?:d|x|y|width|height|viewBox)="([^"]*)"/g)];
    expect(attributes.length).toBeGreaterThan(3);
    for (const [, value] of attributes) expect(value).not.toMatch(/NaN|Infinity|undefined|e[-+]/);
  });
});

describe('an SVG file', () => {
  const saved = (theme: 'light' | 'dark' | 'auto') =>
    renderFigureSvg(line, { title, description, theme });

  test('is named and described by what was given', () => {
    const svg = saved('light');
    const text = (name: string) =>
      svg
        .match(
          new RegExp(`<${name} id="${name === 'desc' ? 'description' : name}">(.*?)</${name}>`),
        )![1]!
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(text('title')).toBe(title);
    expect(text('desc')).toBe(description);
    expect(svg).toContain('role="img" aria-labelledby="title description"');
  });

  test('carries the colours of its theme, or both', () => {
    const [light, dark] = colours.problem;
    expect(saved('light')).toContain(light);
    expect(saved('light')).not.toContain(dark);
    expect(saved('dark')).toContain(dark);
    expect(saved('dark')).not.toContain(light);
    const [before, after] = saved('auto').split('@media (prefers-color-scheme:dark)');
    expect(before).toContain(light);
    expect(before).not.toContain(dark);
    expect(after).toContain(dark);
  });

  test('has lines whose thickness belongs to the drawing, two pixels in 600', () => {
    const svg = saved('light');
    expect(svg).not.toContain('vector-effect');
    expect(svg).toMatch(/ \.gl-line \{[^}]*stroke-width: 1\.44px/);
    expect(svg).toMatch(/ \.gl-v1 \.gl-line \{ stroke-dasharray: 5\.04 2\.88;/);
    // The points' outlines have always been the drawing's.
    expect(svg).toMatch(/ \.gl-point \{[^}]*stroke-width: 0\.8px/);
  });

  test('breaks a long title into lines', () => {
    const long = renderFigureSvg(line, { title: 'word '.repeat(40).trim(), description });
    expect(long.match(/class="gl-title"/g)!.length).toBeGreaterThan(2);
  });

  test('is the same each time', () => {
    expect(saved('auto')).toBe(saved('auto'));
  });
});

describe('CSV', () => {
  test('keeps every digit and writes NaN and Infinity as words', () => {
    expect(toCsv(line, english)).toBe(
      [
        '\uFEFFStep,problem,cure,"cure, lowest","cure, highest",theory',
        '0,1,1,0.5,2,1',
        '1,1000,0.5,0.2,1,',
        '2,Infinity,0.1,0,Infinity,',
        '3,NaN,0,NaN,NaN,',
        '4,NaN,1e-50,1e-50,1,1000000000000',
        '',
      ].join('\r\n'),
    );
  });

  test('begins with a byte-order mark, and has decimal commas between semicolons', () => {
    const lines = toCsv(line, english, ';').split('\r\n');
    expect(lines[0]).toBe('\uFEFFStep;problem;cure;"cure, lowest";"cure, highest";theory');
    expect(lines[1]).toBe('0;1;1;0,5;2;1');
  });

  test('quotes commas, quotes and line breaks', () => {
    const panels = [{ ...histogram.panels[0]!, label: 'a "b", c\nd' }];
    expect(toCsv({ ...histogram, panels }, english)).toContain('\r\n"a ""b"", c\nd",-1,0,10\r\n');
  });
});

test('JSON has non-finite numbers as words', () => {
  const text = toJson({ values: heat.values[2], low: -Infinity });
  expect(JSON.parse(text)).toEqual({ values: [1, 10, 100, 'Infinity', 'NaN'], low: '-Infinity' });
  expect(text.endsWith('}\n')).toBe(true);
});
