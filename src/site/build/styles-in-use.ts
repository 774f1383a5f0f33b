import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { DRAWN, GUIDES, ownerOf, PICTURE, WIDGET_SHEET } from './style-sheets.ts';

/** A link to a sheet that dresses widgets, guides or curves to draw, as Astro writes it. */
const LINK = new RegExp(
  `<link rel="stylesheet" href="[^"]*/(${GUIDES}|${DRAWN}|${WIDGET_SHEET})\\.[\\w-]+\\.css">`,
  'g',
);

/** Whether a page holds a part of the kit: a component by its Svelte scope, or a drawing. */
const holdsKit = (html: string): boolean => /\bclass="(?:[^"]* )?(?:svelte|gl)-/.test(html);

/** Whether a page holds a drawn network. */
const holdsPicture = (html: string): boolean => /\bclass="gl-ribbon /.test(html);

/** Whether a page holds a part of the guide, of the claims, of the maps or of a sheet to print. */
const holdsGuide = (html: string): boolean =>
  /\bclass="(?:decision|factors|filters|sheet|symptom) /.test(html);

/** Whether a page asks for a curve. */
const holdsAxes = (html: string): boolean => /\bclass="curve not-content/.test(html);

const holdsWidget = (html: string, id: string): boolean => html.includes(` data-widget="${id}"`);

/** What tells whether a page needs a sheet that is no widget's own. */
const holdsOf = (name: string): ((html: string) => boolean) =>
  ({ [GUIDES]: holdsGuide, [DRAWN]: holdsAxes, [PICTURE]: holdsPicture })[name] ?? holdsKit;

/**
 * A page with the styles of those widgets alone that it shows. The kit's come first, since a widget's
 * own rules go over them.
 */
export function withStylesInUse(html: string): string {
  const sheets = Array.from(html.matchAll(LINK), ([link, name]) => ({
    link,
    name: name!,
    id: ownerOf(name!),
  }));
  const kit = sheets.filter(({ name, id }) => id === undefined && holdsOf(name)(html));
  const own = sheets.filter(({ id }) => id !== undefined && holdsWidget(html, id));
  let links = [...kit, ...own].map(({ link }) => link).join('');
  return html.replace(LINK, () => {
    const here = links;
    links = '';
    return here;
  });
}

/** The rules of a sheet, whatever their order. */
const rulesOf = (css: string): string => css.split('}').toSorted().join('}');

/**
 * Sheets that hold the same rules as another one, each with the one that is kept: that which scripts ask for.
 * Server and browser are built apart, and may order the same rules by other pages' needs.
 */
export function twinsOf(sheets: ReadonlyMap<string, string>, scripts: string): Map<string, string> {
  const kept = new Map<string, string>();
  const twins = new Map<string, string>();
  const asked = (name: string) => scripts.includes(name);
  for (const [name, css] of [...sheets].toSorted(
    ([a], [b]) => Number(asked(b)) - Number(asked(a)),
  )) {
    const rules = rulesOf(css);
    const other = kept.get(rules);
    if (other === undefined) kept.set(rules, name);
    else if (!asked(name)) twins.set(name, other);
  }
  return twins;
}

/** A page that asks for the kept one of sheets with the same rules, once. */
export function withoutTwins(html: string, twins: ReadonlyMap<string, string>): string {
  let page = html;
  for (const [twin, kept] of twins) {
    const link = new RegExp(`<link rel="stylesheet" href="[^"]*/${twin}">`, 'g');
    page = page.includes(`/${kept}"`)
      ? page.replace(link, '')
      : page.replaceAll(`/${twin}"`, `/${kept}"`);
  }
  return page;
}

/**
 * Takes from each built page the styles of widgets that it does not show. Astro gives a page the sheets
 * of all code that it can reach (https://github.com/withastro/astro/issues/9495), and by the registry
 * every page reaches every widget; what it shows is known from its HTML alone. A widget's script
 * brings the sheet with it where a page lacks it.
 */
export function stylesInUse(): AstroIntegration {
  return {
    name: 'gradient-lab:styles-in-use',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        const assets = join(folder, '_astro');
        const twins = existsSync(assets) ? twinsIn(assets) : new Map<string, string>();
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!name.endsWith('.html')) continue;
          const file = join(folder, name);
          writeFileSync(file, withStylesInUse(withoutTwins(readFileSync(file, 'utf8'), twins)));
        }
        for (const twin of twins.keys()) rmSync(join(assets, twin));
      },
    },
  };
}

function twinsIn(assets: string): Map<string, string> {
  const names = readdirSync(assets);
  const textOf = (name: string) => readFileSync(join(assets, name), 'utf8');
  const sheet = new RegExp(`^${WIDGET_SHEET}\\.[\\w-]+\\.css$`);
  return twinsOf(
    new Map(names.filter((name) => sheet.test(name)).map((name) => [name, textOf(name)])),
    names
      .filter((name) => name.endsWith('.js'))
      .map(textOf)
      .join('\n'),
  );
}
