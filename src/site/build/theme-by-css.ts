import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** A page whose colours are left to the style sheet, and so to the reader's system. */
export const withoutTheme = (html: string): string =>
  html.replace(/(<html\b[^>]*?) data-theme="[^"]*"/, '$1');

/**
 * Takes the theme from each built page, which Starlight writes as dark: a script in the head sets the one that
 * the reader chose, and where no script runs the style sheet follows the system.
 */
export function themeByCss(): AstroIntegration {
  return {
    name: 'gradient-lab:theme-by-css',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!name.endsWith('.html')) continue;
          const file = join(folder, name);
          writeFileSync(file, withoutTheme(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}
