import { readFileSync } from 'node:fs';
import { spellCheckDocument, type CSpellSettings } from 'cspell-lib';
import { mdxToMdast, type MdastNode } from 'satteri';
import { parse as parseYaml } from 'yaml';
import { yamlOf } from '../../src/site/build/front-matter.ts';
import { root } from '../config/root.ts';
import { READ_ATTRIBUTES } from './mdx.ts';

/** Words that the project has in common, in content/words.txt. */
export const words: string[] = readFileSync(`${root}content/words.txt`, 'utf8')
  .split(/\r?\n/)
  .filter((line) => line !== '' && !line.startsWith('#'));

const settings: CSpellSettings = {
  // British and American spellings both; what matters is that a word is one.
  language: 'en-GB,en-US',
  caseSensitive: false,
  words,
};

/**
 * The words of an MDX file that no dictionary has, as sentences that begin with `path:line`. Formulas,
 * code, addresses and names of parameters are not words.
 */
export async function misspelt(path: string, text: string): Promise<string[]> {
  const lines = proseOf(text);
  const { issues } = await spellCheckDocument(
    { uri: `file:///${path}`, text: lines.join('\n'), languageId: 'plaintext' },
    { noConfigSearch: true, generateSuggestions: false },
    settings,
  );
  return issues.map((issue) => {
    const line = lines.join('\n').slice(0, issue.offset).split('\n').length;
    return (
      `${path}:${line}: "${issue.text}" is in no dictionary: correct it, or add it to ` +
      'content/words.txt'
    );
  });
}

/** What is prose of a file, line by line. */
function proseOf(text: string): string[] {
  const lines: string[] = text.split('\n').map(() => '');
  const put = (line: number, value: string) =>
    value.split('\n').forEach((part, i) => {
      const at = Math.min(line - 1 + i, lines.length - 1);
      lines[at] = `${lines[at]} ${part}`;
    });
  const { authors: _authors, ...fields } = (parseYaml(yamlOf(text) ?? '') ?? {}) as Record<
    string,
    unknown
  >;
  for (const [name, value] of Object.entries(fields)) {
    const line = text.split('\n').findIndex((one) => one.startsWith(`${name}:`)) + 1;
    const said = [value].flat().filter((one) => typeof one === 'string' && one.includes(' '));
    if (name !== 'symbol' && name !== 'not') put(line, said.join(' '));
  }
  const visit = (node: MdastNode): void => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'text') put(line, node.value);
    if ('attributes' in node && Array.isArray(node.attributes))
      for (const { name, value } of node.attributes as { name?: string; value?: unknown }[])
        if (READ_ATTRIBUTES.includes(name ?? '') && typeof value === 'string') put(line, value);
    if ('children' in node) for (const child of node.children) visit(child as MdastNode);
  };
  visit(mdxToMdast(text, { features: { math: true, frontmatter: true }, position: true }));
  return lines;
}
