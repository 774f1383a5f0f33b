import { describe, expect, test } from 'vitest';
import { strips } from '../../../src/site/plotted/strips';
import { readTable } from '../../../src/site/plotted/table';

const fact = (value: string, id?: string) =>
  id
    ? `<span><button popovertarget="${id}"><data value="${value}">…</data></button></span>`
    : `<data value="${value}">…</data>`;
const table = (...rows: string[][]) =>
  `<p>Before.</p><table><thead><tr>${rows[0]!.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows
    .slice(1)
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table>`;

describe('a table of facts', () => {
  test('is read with names, numbers and the facts behind them', () => {
    const html = table(
      ['Function', 'gain', '<a href="#eq">loss</a>'],
      ['<strong>tanh</strong>', 'one', fact('0.25', 'fact-7')],
      ['ReLU', fact('Infinity'), fact('2')],
    );
    expect(readTable(html)).toEqual({
      corner: 'Function',
      heads: ['gain', 'loss'],
      rows: [
        { name: '<strong>tanh</strong>', cells: [undefined, { value: 0.25, fact: 'fact-7' }] },
        {
          name: 'ReLU',
          cells: [
            { value: Infinity, fact: undefined },
            { value: 2, fact: undefined },
          ],
        },
      ],
    });
  });

  test('names a row by its number alone where a fact names it, and by nothing that a page has once', () => {
    const named = (name: string) => table(['a', 'b'], [name, fact('1')]);
    expect(readTable(named(fact('0.5', 'fact-1'))).rows[0]!.name).toBe('…');
    expect(() => readTable(named('LSUV <button id="cite-1">2016</button>'))).toThrow(
      'put it in the text',
    );
  });

  test.each(['<p>No table.</p>', table(['a', 'b'], ['c', 'typed 3'])])(
    'is missed in %s',
    (html) => {
      expect(() => readTable(html)).toThrow('nothing to draw');
    },
  );
});

describe('the strips of a table', () => {
  const axis = { label: 'Loss', scale: 'log' } as const;
  const dot = (value: number, range?: [number, number]) => ({ value, range });
  /** Where a path's first point lies from left to right. */
  const places = (markup: string, name: string) =>
    Array.from(markup.matchAll(new RegExp(`class="gl-${name}" d="M([\\d.]+)`, 'g')), ([, x]) =>
      Number(x),
    );

  test('share one axis, on which equal ratios are equal distances', () => {
    const { rows, axis: ruler } = strips([[dot(0.1)], [dot(1)], [dot(10)]], axis);
    const [a, b, c] = rows.map((row) => places(row, 'point')[0]!);
    expect(b! - a!).toBeCloseTo(c! - b!, 1);
    expect(b! - a!).toBeGreaterThan(50);
    for (const label of ['0.1', '1', '10', 'Loss']) expect(ruler).toContain(`>${label}<`);
  });

  test('draw the range behind a number, and leave out what is not there', () => {
    const { rows } = strips(
      [
        [dot(1, [0.5, 2]), undefined],
        [undefined, dot(3)],
      ],
      axis,
    );
    expect(rows.map((row) => places(row, 'span').length)).toEqual([1, 0]);
    expect(rows.map((row) => places(row, 'point').length)).toEqual([1, 1]);
    expect(places(rows[0]!, 'span')[0]).toBeLessThan(places(rows[0]!, 'point')[0]!);
  });

  test('give columns shapes and colours of their own, and numbers that are not finite a sign', () => {
    const { rows } = strips([[dot(1), dot(2), dot(Infinity)]], axis);
    expect(rows[0]!.match(/gl-(problem|control|cure) /g)).toEqual([
      'gl-problem ',
      'gl-control ',
      'gl-cure ',
    ]);
    expect(places(rows[0]!, 'point')).toHaveLength(2);
    expect(places(rows[0]!, 'signs')).toHaveLength(1);
  });
});
