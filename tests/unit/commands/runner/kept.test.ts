import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOfInputs, outside } from '../../../../src/commands/runner/inputs';
import { isCurrent, keep } from '../../../../src/commands/runner/kept';

let root: string;
let file: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-'));
  file = join(root, 'cache', 'experiment.mjs');
  write('package.json', '{}');
  write('src/commands/experiment.ts', 'export default 1');
  write('src/widgets/one/widget.ts', 'export default 2');
  write('node_modules/tfjs/base.js', 'export const tf = 3');
  mkdirSync(dirname(file));
  keep(root, file, {
    code: 'export default 1;\n',
    modules: ['src/widgets/one/widget.ts', 'node_modules/tfjs/base.js'].map((path) =>
      join(root, path),
    ),
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the bundle of a command', () => {
  test('is current as long as nothing changes, and is the only file', () => {
    expect(isCurrent(root, file)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['experiment.mjs']);
  });

  test('is a module as it stands', async () => {
    expect(await import(/* @vite-ignore */ file)).toMatchObject({ default: 1 });
  });

  const changes: [what: string, change: () => void][] = [
    ['a source changes', () => write('src/widgets/one/widget.ts', 'export default 4')],
    ['a source comes', () => write('src/widgets/two/widget.ts', 'export default 2')],
    ['an empty source comes', () => write('src/widgets/one/empty.ts', '')],
    ['a source goes', () => rmSync(join(root, 'src/widgets/one/widget.ts'))],
    ['a module of a package changes', () => write('node_modules/tfjs/base.js', 'export {}')],
    ['a module of a package goes', () => rmSync(join(root, 'node_modules/tfjs/base.js'))],
    ['other packages are wanted', () => write('package.json', '{ "dependencies": {} }')],
    ['other packages are locked', () => write('package-lock.json', '{}')],
    ['other packages are installed', () => write('node_modules/.package-lock.json', '{}')],
    ['it is edited', () => writeFileSync(file, `${readFileSync(file, 'utf8')}//`)],
    ['it is cut off', () => writeFileSync(file, readFileSync(file, 'utf8').slice(0, -2))],
    ['it is empty', () => writeFileSync(file, '')],
    ['it is gone', () => rmSync(file)],
  ];
  test.each(changes)('is not current once %s', (_, change) => {
    change();
    expect(isCurrent(root, file)).toBe(false);
  });

  test('is not that of a copy elsewhere: it reads and writes where it was made', () => {
    const copy = mkdtempSync(join(tmpdir(), 'kept-copy-'));
    try {
      cpSync(root, copy, { recursive: true });
      expect(isCurrent(copy, join(copy, 'cache', 'experiment.mjs'))).toBe(false);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

describe('the hash of its inputs', () => {
  test('tells where one file ends and the next begins', () => {
    write('src/a.ts', '1');
    write('src/b.ts', '2');
    const before = hashOfInputs(root, []);
    write('src/a.ts', '12');
    write('src/b.ts', '');
    expect(hashOfInputs(root, [])).not.toBe(before);
  });

  test('takes of the modules those that lie outside src, by their paths from the root', () => {
    const modules = ['src/a.ts', 'node_modules/z.js', '../elsewhere/b.js'];
    expect(
      outside(
        root,
        modules.map((path) => join(root, path)),
      ),
    ).toEqual(['../elsewhere/b.js', 'node_modules/z.js']);
  });
});
