import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasMath } from '../../src/site/build/mdx-components';
import { termSchema } from '../../src/site/glossary/term';
import { root } from '../config/root';
import { frontmatterOf, problemsOf } from '../support/content';
import { filesUnder } from '../support/files';
import { importsOf } from '../support/imports';
import { contentFiles, known, termFiles } from '../support/known';

const carriageReturns = (text: string) => text.replaceAll('\n', '\r\n');
const [file] = contentFiles;
const { path } = file!;
const text = carriageReturns(file!.text);

test.skipIf(!existsSync(`${root}.git`))(
  'git checks every file out with the ends of lines that it has here, whatever its settings',
  () => {
    const files = execFileSync('git', ['ls-files', '--eol'], { cwd: root, encoding: 'utf8' });
    const others = files
      .split('\n')
      .filter((line) => line !== '' && !/attr\/(.*eol=lf|-text)/.test(line));
    expect(others).toEqual([]);
  },
);

test('a file whose lines end as on Windows says what it says with others', () => {
  expect(text).toContain('\r\n');
  expect(frontmatterOf(text)).toEqual(frontmatterOf(file!.text));
  expect(problemsOf(path, text, known)).toEqual([]);
  for (const term of termFiles)
    expect(termSchema.parse(frontmatterOf(carriageReturns(term.text)))).toBeTruthy();
});

test('there, front matter is no text: a dollar sign in it makes no formula', () => {
  expect(hasMath(carriageReturns('---\ntitle: costs $5\n---\n\nText.\n'))).toBe(false);
  expect(
    importsOf('x.astro', carriageReturns("---\nimport x from './x';\n---\n\n<p />\n")),
  ).toHaveLength(1);
});

test('one reader takes front matter from files: none has a pattern of its own that knows one end of lines', () => {
  const own = filesUnder(['src', 'tests'], /\.(ts|mjs|astro)$/).filter(({ text: source }) =>
    source.includes(String.raw`/^---${'\\n'}`),
  );
  expect(own.map((one) => one.path)).toEqual([]);
});
