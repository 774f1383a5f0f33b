import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { contentSchema } from './site/book/chapter';
import { termSchema } from './site/glossary/term';

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content', pattern: ['**/[^_]*.mdx', '!glossary/**'] }),
    schema: docsSchema({ extend: contentSchema }),
  }),
  glossary: defineCollection({
    loader: glob({ base: './content/glossary', pattern: '*.mdx' }),
    schema: termSchema,
  }),
};
