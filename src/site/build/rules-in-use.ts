import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { PurgeCSS } from 'purgecss';
import { FORMULAS } from './style-sheets.ts';

/** The sheets that bring rules for more than a book uses: KaTeX's and Starlight's. */
const GENEROUS = new RegExp(`^(${FORMULAS}|site|print)\\.[\\w-]+\\.css$`);

/** What of pages and scripts may be names of classes, some of which hold a colon: each word once. */
export function wordsIn(texts: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of texts)
    // A word is not begun within another: in a long one without a colon that would take its length squared.
    for (const pattern of [/[\w-]+/g, /(?<![\w-])[\w-]+:[\w-]+/g])
      for (const word of text.match(pattern) ?? []) words.add(word);
  return words;
}

/** The words of a sheet that stand for elements, attributes and states: of those no rule is in question. */
const unclassed = (css: string): string[] => css.match(/(?<![.\w-])[\w-]+/g) ?? [];

/** Custom properties that sheets read. */
const propertiesIn = (css: string): string[] =>
  Array.from(css.matchAll(/var\(\s*(--[\w-]+)/g), ([, name]) => name!);

/**
 * A sheet without the rules that ask for a class which is none of the words, and without the custom
 * properties that nobody reads: neither the sheet itself, nor another one, nor a page or a script.
 */
export async function rulesInUse(
  css: string,
  words: ReadonlySet<string>,
  others: Iterable<string> = [],
): Promise<string> {
  const [purged] = await new PurgeCSS().purge({
    content: [{ raw: '', extension: 'html' }],
    css: [{ raw: css }],
    defaultExtractor: () => [...unclassed(css), ...words],
    variables: true,
    safelist: {
      variables: [...words, ...Array.from(others, propertiesIn).flat()].filter((word) =>
        word.startsWith('--'),
      ),
    },
  });
  return purged!.css;
}

/**
 * Keeps of the sheets that pages share the rules that the built site can use: half of KaTeX's, and nearly all
 * of Starlight's but for colours that no page takes. Formulas are set when the site is built, so its pages hold
 * all there are; those inside widgets are MathML, which needs none.
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
        const words = wordsIn(texts);
        const sheets = readdirSync(assets).filter((name) => name.endsWith('.css'));
        const contents = new Map(
          sheets.map((name) => [name, readFileSync(join(assets, name), 'utf8')]),
        );
        const sheetOf = (name: string): string => contents.get(name)!;
        for (const name of sheets.filter((one) => GENEROUS.test(one))) {
          const others = sheets.filter((one) => one !== name).map(sheetOf);
          const css = await rulesInUse(sheetOf(name), words, others);
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
