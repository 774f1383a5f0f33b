import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import starlight from '@astrojs/starlight';
import svelte from '@astrojs/svelte';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { engineVite } from './src/engine/vite.ts';
import { contentRules } from './src/site/build/content-rules.ts';
import { katexFonts } from './src/site/build/katex-fonts.ts';
import { lazySearchStyles } from './src/site/build/lazy-search-styles.ts';
import { interfaceWords } from './src/site/build/interface-words.ts';
import { mdxComponents } from './src/site/build/mdx-components.ts';
import { repositoryUrl } from './src/site/build/repository.ts';
import { siteAddressInCode } from './src/site/build/site-address.ts';
import { siteSheets, widgetSheets } from './src/site/build/style-sheets.ts';
import { keepRulesInUse } from './src/site/build/rules-in-use.ts';
import { stylesInUse } from './src/site/build/styles-in-use.ts';
import { tableCorner } from './src/site/build/table-corner.ts';
import { wideTables } from './src/site/build/wide-tables.ts';
import { themeByCss } from './src/site/build/theme-by-css.ts';
import { untranslated } from './src/site/build/untranslated.ts';
import { engineOfWorker } from './src/site/build/worker-parts.ts';
import { chapterNumbers } from './src/site/book/chapter-numbers.ts';
import { citationCheck } from './src/site/citations/plugin.ts';
import { bookFaces } from './src/site/fonts/cut.ts';
import { mathPlugin } from './src/site/math/plugin.ts';

const site = process.env.SITE_URL || 'http://localhost:4321';
const address = new URL(process.env.BASE_PATH || '/', site);
const repository = repositoryUrl();

export default defineConfig({
  site,
  base: process.env.BASE_PATH || '/',
  outDir: process.env.OUT_DIR || './dist',
  trailingSlash: 'always',
  // Inlined scripts and fonts would break strict policies and caching.
  build: { assetsInlineLimit: 0, inlineStylesheets: 'never' },
  markdown: {
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
    },
    processor: satteri({
      features: { math: true },
      hastPlugins: [tableCorner, wideTables, untranslated],
      mdastPlugins: [citationCheck, mathPlugin, chapterNumbers, siteAddressInCode(address)],
    }),
  },
  integrations: [
    contentRules(),
    starlight({
      title: 'Gradient Lab',
      description:
        'Vanishing and exploding gradients, explained by networks that train in your browser.',
      favicon: '/favicon.svg',
      lastUpdated: true,
      credits: false,
      plugins: [interfaceWords],
      // Its styles alone are 3.5 KB a page; the budget for all styles of a page is 20.
      expressiveCode: false,
      disable404Route: true,
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      // The sidebar is filled in from the chapters' front matter by the route middleware.
      sidebar: [],
      routeMiddleware: './src/site/book/route.ts',
      markdown: { processedDirs: ['./content'] },
      customCss: [
        './src/kit/tokens.css',
        './src/kit/scroller.css',
        './src/site/fonts/faces.generated.css',
        './src/site/styles/fonts.css',
        './src/site/styles/theme.css',
        './src/site/styles/book.css',
      ],
      components: Object.fromEntries([
        ...['Banner', 'Hero', 'LanguageSelect'].map((name) => [
          name,
          './src/site/overrides/Nothing.astro',
        ]),
        ...[
          'Footer',
          'Head',
          'MarkdownContent',
          'PageSidebar',
          'PageTitle',
          'Search',
          'Sidebar',
          'TwoColumnContent',
        ].map((name) => [name, `./src/site/overrides/${name}.astro`]),
      ]),
      ...(repository ? { editLink: { baseUrl: `${repository}/edit/main/` } } : {}),
    }),
    mdx({ optimize: true }),
    svelte(),
    stylesInUse(),
    keepRulesInUse(),
    themeByCss(),
    sitemap({ filter: (page) => !/\/embed\/./.test(new URL(page).pathname) }),
  ],
  vite: {
    plugins: [engineVite(), bookFaces(), mdxComponents(), katexFonts(), lazySearchStyles()],
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [...widgetSheets, ...siteSheets],
          },
        },
        onwarn(warning, warn) {
          // Astro marks chapters with a directive that the bundler does not know.
          if (!warning.message?.includes('use astro:head-inject')) warn(warning);
        },
      },
    },
    worker: {
      format: 'es',
      rolldownOptions: { output: { codeSplitting: { groups: [engineOfWorker] } } },
    },
    // Without these entries the first worker waits on a re-optimized dependency.
    optimizeDeps: { entries: ['src/**/*.worker.ts', 'src/widgets/**/*.svelte'] },
  },
});
