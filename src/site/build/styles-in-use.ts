import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { ownerOf, WIDGET_SHEET } from './style-sheets.ts';

/** A link to a sheet that dresses widgets, as Astro writes it. */
const LINK = new RegExp(
  `<link rel="stylesheet" href="[^"]*/(${WIDGET_SHEET})\\.[\\w-]+\\.css">`,
  'g',
);

/** Whether a page holds a part of the kit: a component by its Svelte scope, or a drawing. */
const holdsKit = (html: string): boolean => /\bclass="(?:[^"]* )?(?:svelte|gl)-/.test(html);

const holdsWidget = (html: string, id: string): boolean => html.includes(` data-widget="${id}"`);

/**
 * A page with the styles of those widgets alone that it shows. The kit's come first, since a widget's
 * own rules go over them.
 */
export function withStylesInUse(html: string): string {
  const sheets = Array.from(html.matchAll(LINK), ([link, name]) => ({ link, id: ownerOf(name!) }));
  const kit = sheets.filter(({ id }) => id === undefined && holdsKit(html));
  const own = sheets.filter(({ id }) => id !== undefined && holdsWidget(html, id));
  let links = [...kit, ...own].map(({ link }) => link).join('');
  return html.replace(LINK, () => {
    const here = links;
    links = '';
    return here;
  });
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
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!name.endsWith('.html')) continue;
          const file = join(folder, name);
          writeFileSync(file, withStylesInUse(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}
