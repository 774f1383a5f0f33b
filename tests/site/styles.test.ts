import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'svelte/compiler';
import { scriptsOf, sheetsOf, type BuiltSite } from '../support/carried.ts';
import { crowdViews } from '../support/crowd.ts';
import { filesUnder } from '../support/files.ts';
import { expect, open, site, test } from '../support/site.ts';
import { awaken, widgetOf } from '../support/widgets.ts';

const alone: BuiltSite = { dir: site.dir, base: '/' };
/** The site with twenty generated widgets more. */
const crowded: BuiltSite = { dir: site.subDir, base: site.subPath };

const pagesOf = ({ dir }: BuiltSite): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
const textOf = ({ dir }: BuiltSite, path: string): string => readFileSync(join(dir, path), 'utf8');
const rulesOf = (built: BuiltSite, page: string): string =>
  [...sheetsOf(built, textOf(built, page)).values()].join('\n');

/** The scopes by which Svelte ties rules to one component. */
const scopesIn = (text: string): Set<string> => new Set(text.match(/\bsvelte-[\da-z]+/g));

/** The widgets that have styles of their own, by the scopes of those. */
const owners = new Map(
  [...filesUnder(['src/widgets'], /\.svelte$/), ...crowdViews()].flatMap(({ path, text }) => {
    const { css } = compile(text, { filename: path, generate: 'server' });
    return [...scopesIn(css?.code ?? '')].map((scope) => [scope, path.split('/')[2]!] as const);
  }),
);

/** The widgets of whose own rules there are some among these. */
const dressedBy = (rules: string): string[] => [
  ...new Set([...scopesIn(rules)].flatMap((scope) => owners.get(scope) ?? [])),
];

/** The widgets that these rules dress and a page does not show. */
const strangers = (html: string, rules: string): string[] =>
  dressedBy(rules).filter((id) => !html.includes(`data-widget="${id}"`));

const ownPage = (id: string): string => `widgets/${id}/index.html`;
/** A widget with styles of its own. */
const dressed = [...owners.values()][0]!;

for (const [name, built] of Object.entries({ 'the site': alone, 'a crowded site': crowded })) {
  test(`a page of ${name} carries no rule of a widget that it does not show`, () => {
    const faults = pagesOf(built).flatMap((page) =>
      strangers(textOf(built, page), rulesOf(built, page)).map((id) => `${page} carries ${id}`),
    );
    expect(faults).toEqual([]);
  });

  test(`a widget of ${name} that has styles of its own brings them to its page`, () => {
    const ids = [...new Set(owners.values())].filter((id) =>
      existsSync(join(built.dir, ownPage(id))),
    );
    expect(ids).toContain(dressed);
    for (const id of ids) expect(dressedBy(rulesOf(built, ownPage(id)))).toEqual([id]);
  });

  test(`a page of ${name} carries each rule that its widgets need before a script runs`, () => {
    const sheets = readdirSync(join(built.dir, '_astro')).filter((file) => file.endsWith('.css'));
    const all = scopesIn(sheets.map((file) => textOf(built, `_astro/${file}`)).join('\n'));
    const faults = pagesOf(built).flatMap((page) => {
      const carried = scopesIn(rulesOf(built, page));
      return [...scopesIn(textOf(built, page))]
        .filter((scope) => all.has(scope) && !carried.has(scope))
        .map((scope) => `${page} lacks ${scope} of ${owners.get(scope) ?? 'the kit'}`);
    });
    expect(faults).toEqual([]);
  });
}

test('a page that carries the rules of another widget is found out', () => {
  const rules = rulesOf(alone, ownPage(dressed));
  expect(strangers(textOf(alone, ownPage(dressed)), rules)).toEqual([]);
  expect(strangers(textOf(alone, 'about/index.html'), rules)).toEqual([dressed]);
});

test('a widget asks for no style that its page has, and brings what the page lacks', async ({
  page,
}) => {
  const path = `widgets/${dressed}/`;
  const html = textOf(alone, ownPage(dressed));
  // What stands in a noscript is for readers without scripts.
  const sheets = [...sheetsOf(alone, html.replace(/<noscript>.*?<\/noscript>/gs, ''))];
  const [own] = sheets.find(([, rules]) => dressedBy(rules).length > 0)!;
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'stylesheet')
      asked.push(new URL(request.url()).pathname.slice(1));
  });
  await open(page, path);
  await awaken(widgetOf(page, dressed));
  expect(asked.sort()).toEqual(sheets.map(([sheet]) => sheet).sort());

  asked.length = 0;
  const without = html.replace(new RegExp(`<link [^>]*${own}">`), '');
  await page.route(`${site.url}${path}`, (route) =>
    route.fulfill({ body: without, contentType: 'text/html' }),
  );
  await open(page, path);
  expect(asked).not.toContain(own);
  await awaken(widgetOf(page, dressed));
  expect(asked).toContain(own);
});

test('the styles of formulas stand on pages with a formula, and on no other', () => {
  const pages = pagesOf(alone);
  const showing = pages.filter((page) => /class="katex[" ]/.test(textOf(alone, page)));
  expect(showing.length).toBeGreaterThan(0);
  expect(pages.filter((page) => rulesOf(alone, page).includes('.katex-mathml'))).toEqual(showing);
});

test('every custom property that a style reads is set somewhere', () => {
  const texts = readdirSync(site.dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|html|js)$/.test(name))
    .map((name) => textOf(alone, name));
  const set = new Set<string>();
  const read = new Set<string>();
  for (const text of texts) {
    for (const [, name] of text.matchAll(/(?<!var\()(--[\w-]+)["'`]?\s*[:,]/g)) set.add(name!);
    // Without another value to fall back on.
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)) read.add(name!);
  }
  expect(read.size).toBeGreaterThan(100);
  // Starlight's: an icon then has the colour of its text, and no heading is of the sixth level.
  expect([...read].filter((name) => !set.has(name)).sort()).toEqual([
    '--sl-icon-color',
    '--sl-text-h6',
  ]);
});

if (site.added !== null)
  test('twenty widgets more add not a byte to the styles and scripts of the other pages', () => {
    // Names hold a hash of the path of the site, so they are other letters, but as many.
    const named = (path: string) => path.replace(/[.-][\w-]{8}(?=\.\w+$)/, '');
    const weigh = (built: BuiltSite, files: Map<string, string>) =>
      Array.from(files, ([path, text]) => [
        named(path),
        text.replaceAll(built.base, '/').length,
      ]).sort();
    const pages = pagesOf(alone);
    expect(pages.length).toBeGreaterThan(50);
    for (const page of pages)
      // The script of an embed's frame knows the names of all widgets.
      for (const carried of /^embed\/./.test(page) ? [sheetsOf] : [sheetsOf, scriptsOf]) {
        const [before, after] = [alone, crowded].map((built) =>
          weigh(built, carried(built, textOf(built, page))),
        );
        expect(after, page).toEqual(before);
      }
  });
