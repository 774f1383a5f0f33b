import { readFileSync } from 'node:fs';
import { markdownToHtml } from 'satteri';
import { describe, expect, test } from 'vitest';
import { refuseMarkdown } from '../../../src/site/build/content-rules.ts';
import { interfaceStyles } from '../../../src/site/build/lazy-search-styles.ts';
import { hasMath, usedComponents } from '../../../src/site/build/mdx-components.ts';
import { repositoryUrl } from '../../../src/site/build/repository.ts';
import { tableCorner } from '../../../src/site/build/table-corner.ts';

describe('the components of a chapter', () => {
  const known = ['Cite', 'Figure', 'Numbered', 'Widget'];

  test('are those that it uses', () => {
    expect(usedComponents('---\ntitle: <Cite>\n---\n\nA <Figure /> b.', known)).toEqual(['Figure']);
  });

  test('are not those that stand in code', () => {
    expect(usedComponents('Write `<Cite />`.\n\n```mdx\n<Figure />\n```\n', known)).toEqual([]);
  });

  test('include what numbers widgets', () => {
    expect(usedComponents('<Widget id="x" />', known)).toEqual(['Numbered', 'Widget']);
  });
});

describe('formulas are noticed', () => {
  test.each([
    ['A $x$.', true],
    ['$$\nx\n$$', true],
    ['It costs \\$5.', false],
    ['Run `echo $HOME`.', false],
    ['```sh\necho $HOME\n```\n', false],
    ['Nothing.', false],
  ])('%j: %s', (source, expected) => {
    expect(hasMath(source)).toBe(expected);
  });
});

test('a .md file in content stops the build, since a wrong formula in it would not', () => {
  expect(refuseMarkdown(['a.mdx', 'bibliography.json'])).toBeUndefined();
  expect(refuseMarkdown(['a.mdx', 'b.md'])).toMatch(/^content\/b\.md: .*rename it to b\.mdx\.$/);
});

describe('the repository’s address', () => {
  test('is the one that is set', () => {
    expect(repositoryUrl({ REPOSITORY_URL: 'https://example.org/lab/' })).toBe(
      'https://example.org/lab',
    );
  });

  test('is that of the workflow that builds', () => {
    expect(
      repositoryUrl({ GITHUB_SERVER_URL: 'https://example.org', GITHUB_REPOSITORY: 'who/lab' }),
    ).toBe('https://example.org/who/lab');
  });
});

describe('the styles of the search’s interface', () => {
  test('are found in Starlight’s component', () => {
    const component = readFileSync(
      'node_modules/@astrojs/starlight/dist/components/Search.astro',
      'utf8',
    );
    expect(interfaceStyles(component)).toContain('#starlight__search');
  });

  test('are missed with a sentence where Starlight has moved them', () => {
    expect(() => interfaceStyles('<style>a {}</style>')).toThrow(/no longer holds the styles/);
  });
});

test('an empty corner of a table is no header', async () => {
  const { html } = await markdownToHtml('| | b |\n| --- | --- |\n| 1 | 2 |', {
    hastPlugins: [tableCorner],
  });
  expect(html).toMatch(/<td><\/td>\s*<th>b<\/th>/);
});
