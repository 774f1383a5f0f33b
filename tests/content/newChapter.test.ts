import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../config/root';
import { frontmatterOf, problemsOf } from '../support/content';
import { contentFiles, known } from '../support/known';
import { runIn } from '../support/newcomer';
import { symbolProblems } from '../support/symbols';

const folder = mkdtempSync(join(tmpdir(), 'gradient-lab-chapter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const part of ['src/commands', 'src/site/build', 'content'])
  cpSync(join(root, part), join(folder, part), { recursive: true });

const create = (...args: string[]) => {
  const said = runIn(folder, 'src/commands/new-chapter.ts', ...args);
  const [path = ''] = said.split(' ');
  return { path, text: readFileSync(join(folder, path), 'utf8'), said };
};

test('a chapter as generated is sound, a draft, and the last of its part', () => {
  const { path, text, said } = create('Why: a “new” chapter');
  expect(path).toBe('content/why-a-new-chapter.mdx');
  expect(said).toContain('npm run dev shows it at /why-a-new-chapter/, a build leaves it out.');
  expect(problemsOf(path, text, known)).toEqual([]);
  expect(symbolProblems([...contentFiles, { path, text }])).toEqual([]);
  expect(frontmatterOf(text)).toMatchObject({ title: 'Why: a “new” chapter', draft: true });
});

test('chapters follow one another in their part, wherever it stands', () => {
  const [first, second] = ['First', 'Second'].map((title) =>
    frontmatterOf(create(title, '--part', 'The problem').text),
  ) as { order: number; part: string }[];
  expect(first).toMatchObject({ part: 'The problem' });
  expect(second!.order).toBeGreaterThan(first!.order);
});
