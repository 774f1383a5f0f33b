import { describe, expect, test } from 'vitest';
import { contentFiles, termFiles } from '../support/known';
import { misspelt, words } from '../support/spelling';

describe('spelling', () => {
  test.each(contentFiles.map(({ path, text }) => [path, text]))('of %s', async (path, text) => {
    expect(await misspelt(path, text)).toEqual([]);
  });

  test('of the glossary', async () => {
    const found = await Promise.all(termFiles.map(({ path, text }) => misspelt(path, text)));
    expect(found.flat()).toEqual([]);
  });

  test('is checked where lines end as on Windows, too', async () => {
    const text = '---\r\ntitle: A wrnog title\r\n---\r\n\r\nA graident.\r\n';
    const found = await misspelt('content/x.mdx', text);
    expect(found.map((one) => one.split(' is in')[0])).toEqual([
      'content/x.mdx:2: "wrnog"',
      'content/x.mdx:5: "graident"',
    ]);
  });

  test('is checked in text, front matter and descriptions, with the line', async () => {
    const text =
      '---\ntitle: A gradiant that vanishes\n---\n\nThe *lerning* rate.\n\n' +
      '<Figure description="A drawwing." />\n\nSee `rmspropp`, $\\etaa$ and [it](../wordd/).\n';
    expect(await misspelt('content/x.mdx', text)).toEqual([
      'content/x.mdx:2: "gradiant" is in no dictionary: correct it, or add it to content/words.txt',
      'content/x.mdx:5: "lerning" is in no dictionary: correct it, or add it to content/words.txt',
      'content/x.mdx:7: "drawwing" is in no dictionary: correct it, or add it to content/words.txt',
    ]);
  });

  test('has a word list in order, each word once', () => {
    const sorted = [...new Set(words)].sort((a, b) => a.localeCompare(b, 'en'));
    expect(words).toEqual(sorted);
  });
});
