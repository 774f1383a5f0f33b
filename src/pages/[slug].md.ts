import type { APIRoute, InferGetStaticPropsType } from 'astro';
import data from '../../content/bibliography.json';
import type { Source } from '../site/citations/bibliography';
import { readGlossary } from '../site/glossary/glossary';
import { toMarkdown } from '../site/machine/markdown';
import { fullAddress, textPages } from '../site/machine/pages';

/** Each chapter once more as Markdown, for readers that are programs. */
export const getStaticPaths = async () => {
  const { chapters, others } = await textPages();
  return [...chapters, ...others].map((page) => ({ params: { slug: page.slug }, props: page }));
};

export const GET: APIRoute = async ({ props, site }) => {
  const page = props as InferGetStaticPropsType<typeof getStaticPaths>;
  const glossary = await readGlossary();
  const text = toMarkdown(page.body, {
    bibliography: data as Source[],
    terms: new Map(glossary.map((entry) => [entry.id, entry.data.term])),
    address: (path) => fullAddress(site, path),
  });
  const head =
    `# ${page.title}\n\n> ${page.description}\n\n` +
    `From Gradient Lab, ${fullAddress(site, `${page.slug}/`)} (CC BY 4.0). ` +
    'Its figures run there; numbers called measured are medians of recorded runs.\n\n';
  const objectives = page.objectives.map((objective) => `- ${objective}\n`).join('');
  const after = objectives && `After this chapter you can\n\n${objectives}\n`;
  return new Response(head + after + text, {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8' },
  });
};
