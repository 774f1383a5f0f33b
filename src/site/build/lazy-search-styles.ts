import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

/** What client/search-styles.ts imports: the styles of the search's interface. */
const LATER = 'virtual:search-styles.css';
const RESOLVED = `\0${LATER}`;

const componentFile = createRequire(import.meta.url).resolve(
  '@astrojs/starlight/components/Search.astro',
);

/** The global styles of Starlight's search component, which dress Pagefind's interface. */
export function interfaceStyles(component: string): string {
  const styles = /<style is:global>([\s\S]*?)<\/style>/.exec(component)?.[1];
  if (!styles?.includes('@pagefind/default-ui')) {
    throw new Error(
      'Starlight’s Search.astro no longer holds the styles of Pagefind’s interface in a global ' +
        'style block: see src/site/build/lazy-search-styles.ts.',
    );
  }
  return styles;
}

/**
 * Takes the styles of the search's interface, a quarter of a page's CSS, out of every page;
 * client/search-styles.ts loads them when the reader is about to search.
 */
export function lazySearchStyles(): Plugin {
  return {
    name: 'gradient-lab:lazy-search-styles',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^virtual:search-styles\.css/ },
      handler: (id) => id.replace(LATER, RESOLVED),
    },
    load: {
      filter: { id: /virtual:search-styles\.css/ },
      handler: () => interfaceStyles(readFileSync(componentFile, 'utf8')),
    },
    transform: {
      filter: { id: /starlight\/.*\/Search\.astro\?.*type=style/ },
      // Astro has put the import's text in the place of the import by now.
      handler: (code) => (code.includes('.pagefind-ui') ? { code: '', map: null } : undefined),
    },
  };
}
