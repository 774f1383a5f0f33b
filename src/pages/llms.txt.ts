import type { APIRoute } from 'astro';
import { fullAddress, textPages, type TextPage } from '../site/machine/pages';

/** The site for readers that are programs: what there is, each text as Markdown. */
export const GET: APIRoute = async ({ site }) => {
  const { chapters, others } = await textPages();
  const line = ({ slug, title, description }: TextPage) =>
    `- [${title}](${fullAddress(site, `${slug}.md`)}): ${description}`;
  const link = (title: string, path: string, about: string) =>
    `- [${title}](${fullAddress(site, path)}): ${about}`;
  const text = [
    '# Gradient Lab',
    '',
    '> A book on vanishing and exploding gradients whose figures are experiments: each trains real ' +
      'networks in the reader’s browser. Measured numbers come from recorded runs: the median ' +
      'over ten seeds or more, over three where each run is itself a mean, or a single run where ' +
      'nothing is random.',
    '',
    '## Chapters',
    '',
    ...chapters.map(line),
    '',
    '## Reference',
    '',
    link(
      'Check-up',
      'checkup/',
      'reads the log of a training and says what is wrong with its gradients',
    ),
    link('Claims, tested', 'claims/', 'each claim with its source, its test and what was measured'),
    link('Glossary', 'glossary/', 'words and symbols'),
    link('All figures', 'widgets/', 'every live figure with its parameters'),
    link('Bibliography', 'bibliography/', 'all sources'),
    ...others.map(line),
    '',
  ];
  return new Response(text.join('\n'));
};
