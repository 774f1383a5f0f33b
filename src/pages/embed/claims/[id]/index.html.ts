import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import data from '../../../../../content/bibliography.json';
import { escape } from '../../../../kit/charts/markup';
import { chapterUrl, pageUrl } from '../../../../site/book/book';
import { findSource, type Source } from '../../../../site/citations/bibliography';
import { shortAuthors, yearLabel } from '../../../../site/citations/format';
import type { Claim } from '../../../../site/claims/claim';
import sheet from '../../../../site/claims/frame.css?url&no-inline';
import { inWords, judge } from '../../../../site/claims/judge';
import { readClaims } from '../../../../site/claims/read';
import { verdictWords } from '../../../../site/claims/verdicts';
import { embedPage, htmlResponse, licence } from '../../../../site/embed/page';

/** The bare page of one claim, for frames in other sites: what is said, what became of it, what was measured. */
export const getStaticPaths = (async () =>
  (await readClaims()).map((told) => ({
    params: { id: told.claim.id },
    props: { ...told },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ props, site }) => {
  const { claim, topic } = props as InferGetStaticPropsType<typeof getStaticPaths>;
  const listed = pageUrl(`claims/#${claim.id}`);
  const says = escape(claim.says);
  const html = embedPage({
    title: `${claim.says} · Gradient Lab`,
    description: `A claim on ${topic.title.toLowerCase()}, tested: ${verdictWords[claim.verdict].toLowerCase()}.`,
    canonical: new URL(listed, site).href,
    head: [`<link rel="stylesheet" href="${sheet}">`],
    scripts: [],
    body: `<main class="claim">
<p class="verdict"><span>${verdictWords[claim.verdict]}</span></p>
<h1>${claim.verdict === 'holds' ? says : `<q>${says}</q>`}</h1>
<p class="soft">${attributed(claim)}</p>
${tested(claim)}
<p><a href="${listed}" target="_blank" rel="noopener">What is true instead, and the run itself</a></p>
</main>
<footer>
<a href="${chapterUrl(topic.slug)}" target="_blank" rel="noopener">${escape(topic.title)}, in Gradient Lab</a>
· text <a href="${licence.url}" target="_blank" rel="noopener license">${licence.name}</a>
</footer>`,
  });
  return htmlResponse(html);
};

/** Who says it and who has looked into it. */
function attributed({ claimedBy, heard, examinedBy }: Claim): string {
  const sources = data as Source[];
  const names = (ids: string[]) =>
    ids
      .map((id) => findSource(sources, id))
      .map((source) => `${shortAuthors(source)} (${yearLabel(source, sources)})`)
      .join(', ');
  return escape(
    [
      claimedBy.length > 0 && `Claimed by ${names(claimedBy)}.`,
      heard && `Heard ${heard}.`,
      examinedBy.length > 0 && `Examined by ${names(examinedBy)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

/** What the recorded runs say to it, as a list of terms. */
function tested({ evidence }: Claim): string {
  if (evidence === undefined) return '<p>No experiment decides this; the sources speak.</p>';
  const judgement = judge(evidence);
  const { measured, other, runs } = judgement;
  const rows = [
    ['Tested', inWords(evidence, runs)],
    ['Measured', other ? `${measured.text}, against ${other.text}` : measured.text],
  ];
  return `<dl>${rows.map(([term, said]) => `<div><dt>${term}</dt><dd>${escape(said!)}</dd></div>`).join('')}</dl>`;
}
