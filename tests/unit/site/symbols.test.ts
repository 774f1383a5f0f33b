import { expect, test } from 'vitest';
import { gatherSymbols, nameIn } from '../../../src/site/book/symbols.ts';

test.each([
  ['loss', 'loss'],
  ['fan-in, the number of inputs', 'fan-in'],
  ['step: one update', 'step'],
  ['change; also a difference, of two', 'change'],
])('the name in “%s” is “%s”', (meaning, name) => {
  expect(nameIn(meaning)).toBe(name);
});

test('symbols are gathered in the order of the chapters, each with the word that has its name', () => {
  const first = { id: 'one', data: { symbols: { '\\eta': 'learning rate', x: 'input' } } };
  const second = { id: 'two', data: { symbols: {} } };
  const third = { id: 'three', data: { symbols: { 'n_\\text{out}': 'fan-out, of a unit' } } };
  const terms = [{ term: 'fan-out' }, { term: 'learning rate' }];
  expect(gatherSymbols([first, second, third], terms)).toEqual([
    { tex: '\\eta', name: 'learning rate', more: '', chapter: first, term: terms[1] },
    { tex: 'x', name: 'input', more: '', chapter: first, term: undefined },
    { tex: 'n_\\text{out}', name: 'fan-out', more: ', of a unit', chapter: third, term: terms[0] },
  ]);
});
