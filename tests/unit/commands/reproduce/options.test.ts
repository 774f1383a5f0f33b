import { expect, test } from 'vitest';
import { readOptions } from '../../../../src/commands/reproduce/options';

test('nothing said is ten seeds of every section as captured programs', () => {
  expect(readOptions([], [1, 2])).toEqual({ seeds: 10, backend: 'captured', only: undefined });
});

test('what is said is taken', () => {
  expect(readOptions(['--seeds', '3', '--backend', 'cpu', '--only', '12'], [1, 2, 12])).toEqual({
    seeds: 3,
    backend: 'cpu',
    only: 12,
  });
});

test.each([
  ['--seeds', '0', 'a whole number from 1 to 1000.'],
  ['--seeds', '2.5', 'a whole number from 1 to 1000.'],
  ['--seeds', 'ten', 'a whole number from 1 to 1000.'],
  ['--backend', 'webgl', 'cpu, wasm, captured.'],
  ['--only', '3', '1, 2, 12.'],
  ['--only', 'two', '1, 2, 12.'],
])('%s %s is refused with a sentence', (option, value, allowed) => {
  expect(() => readOptions([option, value], [1, 2, 12])).toThrow(
    `${option} is ${value}; allowed: ${allowed}`,
  );
});
