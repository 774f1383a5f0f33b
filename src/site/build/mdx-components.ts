import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { withoutFrontMatter } from './front-matter.ts';

const folder = fileURLToPath(new URL('../mdx/', import.meta.url));

/** The source without front matter, fenced code and inline code: what can hold tags and formulas. */
function prose(source: string): string {
  return withoutFrontMatter(source)
    .replace(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\1\2\s*$/gm, '')
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
}

/** Names of the components in src/site/mdx that a source uses, and those needed to number them. */
export function usedComponents(source: string, known: readonly string[]): string[] {
  const text = prose(source);
  const used = new Set([...text.matchAll(/<([A-Z]\w*)/g)].map((match) => match[1]!));
  if (used.has('Widget')) used.add('Numbered');
  return known.filter((name) => used.has(name));
}

/** Whether a source holds a formula. */
export function hasMath(source: string): boolean {
  return /(^|[^\\])\$/.test(prose(source));
}

/**
 * Makes every src/site/mdx/*.astro known in every chapter under its file name, and brings the
 * styles of formulas to the chapters that have one. The imports are appended, not prepended, so
 * that line numbers in messages stay those of the file.
 */
export function mdxComponents(): Plugin {
  return {
    name: 'gradient-lab:mdx-components',
    enforce: 'pre',
    transform: {
      filter: { id: /\.mdx$/ },
      handler(source, id) {
        const known = readdirSync(folder)
          .filter((file) => file.endsWith('.astro'))
          .map((file) => file.replace(/\.astro$/, ''));
        this.addWatchFile(id);
        const imports = usedComponents(source, known).map(
          (name) => `import ${name} from ${JSON.stringify(`${folder}${name}.astro`)};`,
        );
        if (hasMath(source)) {
          imports.push("import 'katex/dist/katex.min.css';");
        }
        if (imports.length === 0) return undefined;
        return { code: `${source}\n\n${imports.join('\n')}\n`, map: null };
      },
    },
  };
}
