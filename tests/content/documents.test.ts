import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { mdxToMdast, markdownToMdast, type MdastNode } from 'satteri';
import { parse as parseYaml } from 'yaml';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { readAddress } from '../../src/kit/address';
import { authoredSettings } from '../../src/kit/authored';
import { camelCase, defaults, type AnySettings } from '../../src/kit/codec';
import { getWidget } from '../../src/registry/server';
import { contentSchema } from '../../src/site/book/chapter';
import { tagsIn } from '../../src/site/build/tags';
import { readClaim } from '../../src/site/claims/claim';
import { FACTS, tellFact } from '../../src/site/facts';
import { judge } from '../../src/site/claims/judge';
import { root } from '../config/root';
import { known } from '../support/known';
import { runIn } from '../support/newcomer';

/** The pages that tell people what to type. */
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'tests/README.md',
  'src/engine/README.md',
  'content/writing-guide.mdx',
  'content/architecture.mdx',
].map((path) => ({ path, ...take(path) }));

interface Code {
  lang: string;
  value: string;
}

function take(path: string): { blocks: Code[]; inline: string[]; links: string[] } {
  const text = readFileSync(`${root}${path}`, 'utf8');
  const tree = path.endsWith('.mdx')
    ? mdxToMdast(text, { features: { math: true, frontmatter: true } })
    : markdownToMdast(text);
  const found = { blocks: [] as Code[], inline: [] as string[], links: [] as string[] };
  const visit = (node: MdastNode): void => {
    if (node.type === 'code') found.blocks.push({ lang: node.lang ?? '', value: node.value });
    if (node.type === 'inlineCode') found.inline.push(node.value);
    if (node.type === 'link') found.links.push(node.url);
    if ('children' in node) for (const child of node.children) visit(child as MdastNode);
  };
  visit(tree);
  return found;
}

const blocksOf = (lang: string) =>
  documents.flatMap(({ path, blocks }) =>
    blocks.filter((block) => block.lang === lang).map(({ value }) => [path, value] as const),
  );

/** Every npm command of the documents: its script and its arguments. */
const commands = documents.flatMap(({ path, blocks, inline }) =>
  [
    ...blocks.filter(({ lang }) => lang === 'sh').flatMap(({ value }) => value.split(/\r?\n/)),
    ...inline,
  ]
    .flatMap((line) => line.replace(/ #.*$/, '').split(' && '))
    .flatMap((command) => {
      const [, name, rest = ''] =
        /(?:^|\s)npm (?:run )?([a-z][\w:]*)((?: .*)?)$/.exec(command.trim()) ?? [];
      const npm = ['ci', 'install', 'run'].includes(name ?? '');
      return name && !npm ? [{ path, name, args: rest.split(' ').filter(Boolean) }] : [];
    }),
);

test.each(commands.map(({ path, name, args }) => [path, name, args.join(' ')]))(
  '%s: npm run %s %s is a script',
  (_, name) => {
    expect(Object.keys(manifest.scripts)).toContain(name);
  },
);

test('npm test is told parts that there are', () => {
  const parts = /const parts[^{]*{([\s\S]*?)\n};/.exec(readFileSync(`${root}tests/run.ts`, 'utf8'));
  const names = [...parts![1]!.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  const told = commands.filter(({ name }) => name === 'test');
  expect(told.length).toBeGreaterThan(0);
  for (const { args } of told)
    for (const part of args.filter((one) => /^[a-z]+$/.test(one))) expect(names).toContain(part);
});

describe('npm run experiment', () => {
  const shown = commands.filter(({ name, args }) => name === 'experiment' && args.length > 0);
  const forWidgets = shown.filter(({ args }) => !args.includes('--spec'));

  test.each(forWidgets.map(({ args }) => [args.join(' ')]))('%s runs', (line) => {
    const short = ['--seeds', '2', '--set', 'steps=10', '--backend', 'captured'];
    const args = line.split(' ').slice(1);
    const said = runIn(root, 'src/commands/run.ts', 'experiment', ...args, ...short);
    const { kind, contrast } = getWidget(args[0]!);
    expect(said).toContain(`${contrast.problem.value}: `);
    if (kind === 'training') expect(said).toContain('finalLoss');
  });
});

describe('npm run record', () => {
  const source = readFileSync(`${root}src/commands/record.ts`, 'utf8');
  const shown = commands.filter(({ name, args }) => name === 'record' && args.length > 0);
  test.each(shown.map(({ path, args }) => [path, args.join(' ')]))('%s: %s', (_, line) => {
    for (const [, option] of line.matchAll(/ --([a-z]+)/g))
      expect(source).toContain(`${option}: { type:`);
    const id = line.split(' ')[1];
    if (id && !id.startsWith('--') && id !== 'gradient-clipping') expect(getWidget(id).id).toBe(id);
  });
});

describe('HTML for other sites', () => {
  test.each(blocksOf('html'))('in %s names what there is: %s', (_, html) => {
    for (const [, attributes = ''] of html.matchAll(/<gradient-lab([^>]*)>/g)) {
      const given = Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
      );
      const { widget: id, theme, ...parameters } = given;
      expect(['auto', 'light', 'dark', undefined]).toContain(theme);
      const named = Object.entries(parameters).map(([name, value]) => [camelCase(name), value]);
      authoredSettings(getWidget(id!), undefined, Object.fromEntries(named));
    }
    for (const [, id, query] of html.matchAll(/\/embed\/([a-z-]+)\/(\?[^"]*)?"/g)) {
      const widget = getWidget(id!);
      const base = defaults(widget.params) as AnySettings;
      expect(readAddress(widget, new URLSearchParams(query), { prefix: '', base }).notes).toEqual(
        [],
      );
    }
  });
});

test.each(blocksOf('yaml'))('front matter in %s is valid: %s', (_, yaml) => {
  const { draft, ...fields } = parseYaml(yaml.replaceAll('---', '')) as Record<string, unknown>;
  expect(draft).toBe(true);
  expect(contentSchema.safeParse(fields).error?.issues ?? []).toEqual([]);
});

describe('components that are shown', () => {
  const snippets = documents.flatMap(({ path, blocks, inline }) => [
    ...blocks.filter(({ lang }) => lang === 'mdx').map(({ value }) => [path, value] as const),
    ...inline.filter((value) => /^<[A-Z]/.test(value)).map((value) => [path, value] as const),
  ]);
  test.each(snippets)('in %s exist and do what is said: %s', (_, snippet) => {
    for (const [, name] of snippet.matchAll(/<([A-Z]\w*)/g))
      expect(known.components).toContain(name);
    if (!snippet.trimEnd().endsWith('/>') && !snippet.includes('</')) return;
    if (snippet.includes('…')) return;
    for (const { name, attributes } of tagsIn(snippet, [
      'Widget',
      'Claim',
      ...Object.keys(FACTS),
    ])) {
      const { id, preset, ...rest } = attributes;
      if (name === 'Claim') expect(judge(readClaim(attributes).evidence!).holds).toBe(true);
      else if (name === 'Widget') authoredSettings(getWidget(String(id)), preset, rest);
      else expect(tellFact(name, attributes).detail).not.toBe('');
    }
  });
});

test.each(documents.map(({ path, links }) => [path, links] as const))(
  '%s links to files that are there',
  (path, links) => {
    const local = links.filter((link) => !/^([a-z]+:|#)/.test(link) && path.endsWith('.md'));
    const missing = local.filter(
      (link) => !existsSync(join(root, normalize(join(dirname(path), link.replace(/#.*/, ''))))),
    );
    expect(missing).toEqual([]);
  },
);
