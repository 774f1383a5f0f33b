import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { PurgeCSS } from 'purgecss';
import { FORMULAS } from './style-sheets.ts';

/** The sheets that bring rules for more than a book uses: KaTeX's and Starlight's. */
const GENEROUS = new RegExp(`^(${FORMULAS}|site|print)\\.[\\w-]+\\.css$`);

/** The words of a page or a script that may be names of classes, some of which hold a colon. */
const wordsOf = (text: string): string[] => [
  ...(text.match(/[\w-]+/g) ?? []),
  ...(text.match(/[\w-]+:[\w-]+/g) ?? []),
];

/** The words of a sheet that stand for elements, attributes and states: of those no rule is in question. */
const unclassed = (css: string): string[] => css.match(/(?<![.\w-])[\w-]+/g) ?? [];

/** A sheet without the rules that ask for a class which none of the texts names. */
export async function rulesInUse(css: string, texts: readonly string[]): Promise<string> {
  const [purged] = await new PurgeCSS().purge({
    content: [...texts, unclassed(css).join(' ')].map((raw) => ({ raw, extension: 'html' })),
    css: [{ raw: css }],
    defaultExtractor: wordsOf,
  });
  return purged!.css;
}

/**
 * Keeps of the sheets that pages share the rules that the built site can use: half of KaTeX's, and nearly all
 * of Starlight's. Formulas are set when the site is built, so its pages hold all there are; those inside
 * widgets are MathML, which needs none.
 */
export function keepRulesInUse(): AstroIntegration {
  return {
    name: 'gradient-lab:rules-in-use',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const assets = join(folder, '_astro');
        if (!existsSync(assets)) return;
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(html|js)$/.test(name))
          .map((name) => join(folder, name));
        const texts = files.map((file) => readFileSync(file, 'utf8'));
        for (const name of readdirSync(assets).filter((one) => GENEROUS.test(one))) {
          const css = await rulesInUse(readFileSync(join(assets, name), 'utf8'), texts);
          // Other rules under the same name would be hidden by what browsers have kept under it.
          const hash = createHash('sha256').update(css).digest('base64url').slice(0, 8);
          const renamed = name.replace(/\.[\w-]+\.css$/, `.${hash}.css`);
          rmSync(join(assets, name));
          writeFileSync(join(assets, renamed), css);
          texts.forEach((text, i) => {
            if (text.includes(name)) texts[i] = text.replaceAll(name, renamed);
          });
        }
        files.forEach((file, i) => writeFileSync(file, texts[i]!));
      },
    },
  };
}
