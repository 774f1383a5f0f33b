import { markdownToHtml } from 'satteri';
import data from '../../../content/bibliography.json';
import { citedIds, type Source } from '../citations/bibliography';
import { readGlossary } from '../glossary/glossary';
import { pageUrl } from '../book/book';
import { toMarkdown } from '../machine/markdown';
import { tagsIn } from '../build/tags';
import { equationId } from '../math/labels';
import { renderFormula } from '../math/render';

/** What a chapter adds to a claim, for a page that is not the chapter's. */
export interface More {
  /** As HTML; empty where nothing is added. */
  html: string;
  /** The sources that it cites, by their ids. */
  cited: string[];
}

/**
 * Renders what stands between the tags of a claim: measured numbers as text, formulas set.
 *
 * @param chapter address of the chapter that holds it, for the equations that it refers to.
 */
export async function renderMore(mdx: string, chapter: string): Promise<More> {
  if (mdx.trim() === '') return { html: '', cited: [] };
  const glossary = await readGlossary();
  const [text = ''] = toMarkdown(mdx, {
    bibliography: data as Source[],
    terms: new Map(glossary.map((entry) => [entry.id, entry.data.term])),
    address: pageUrl,
  }).split('\n\n## References');
  // Set before the Markdown is read, in which a formula's underscores would be emphasis.
  const formulas: string[] = [];
  const named = text.replace(
    /\$\\eqref\{([^}]+)\}\$/g,
    (_, label: string) => `[the equation there](${chapter}#${equationId(label)})`,
  );
  const held = named.replace(/\$([^$]+)\$/g, (_, tex: string) => {
    formulas.push(renderFormula(tex, { display: false }));
    return `FORMULA${formulas.length - 1}HERE`;
  });
  const { html } = markdownToHtml(held);
  return {
    html: html.replace(/FORMULA(\d+)HERE/g, (_, place: string) => formulas[Number(place)]!),
    cited: tagsIn(mdx, ['Cite']).flatMap(({ attributes }) =>
      citedIds(String(attributes['ids'] ?? attributes['id'] ?? '')),
    ),
  };
}
