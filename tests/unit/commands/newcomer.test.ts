import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fill, slugOf } from '../../../src/commands/scaffold';
import { violations } from '../../support/architecture';
import { ADDED, newcomer, runIn } from '../../support/newcomer';

let folder: string;
beforeAll(() => {
  folder = newcomer();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a widget as generated', () => {
  const files = ['params.ts', 'lanes.ts', 'widget.ts'];
  const path = (name: string) => `src/widgets/${ADDED.widget}/${name}`;

  test('passes the tests that loop over the registry', () => {
    runIn(
      folder,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'tests/config/vitest.unit.ts',
      'tests/unit/kit/registry.test.ts',
      'tests/unit/kit/recordings.test.ts',
      '-t',
      ADDED.widget,
    );
  });

  test('has the types that it needs', () => {
    const config = { extends: './tsconfig.json', include: [path('*.ts')] };
    writeFileSync(join(folder, 'tsconfig.widget.json'), JSON.stringify(config));
    runIn(folder, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.widget.json');
  });

  test('keeps the architecture', () => {
    const sources = files.map((name) => ({
      path: path(name),
      text: readFileSync(join(folder, path(name)), 'utf8'),
    }));
    expect(violations(sources)).toEqual([]);
  });
});

describe('the commands refuse', () => {
  const cases: [args: string[], sentence: string][] = [
    [['new-widget.ts', 'New Widget'], 'The id "New Widget" must be lower-case words with hyphens'],
    [['new-widget.ts', ADDED.widget], `src/widgets/${ADDED.widget} is there already.`],
    [['new-widget.ts', 'x', '--chapter', 'y'], '--chapter "y" names no published chapter'],
    [['new-widget.ts'], 'Give one id'],
    [['new-chapter.ts', 'A draft'], 'content/a-draft.mdx is there already.'],
    [['new-chapter.ts', '!'], 'The title "!" has no letter for an address.'],
    [['new-chapter.ts'], 'Give one title in quotes'],
  ];
  test.each(cases)('%j', ([command, ...args], sentence) => {
    expect(() => runIn(folder, `src/commands/${command}`, ...args)).toThrow(sentence);
  });
});

test('a title becomes an address', () => {
  expect(slugOf('What’s a Jacobian’s Größe?')).toBe('whats-a-jacobians-gro-e');
});

test('a template names what it lacks', () => {
  expect(fill('{{a}} and {{a}}', { a: '1' })).toBe('1 and 1');
  expect(() => fill('{{b}}', {})).toThrow('The template asks for {{b}}.');
});
