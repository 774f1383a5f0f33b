import type { MdastNode } from 'satteri';
import { mdxToMdast } from 'satteri';
import { authoredSettings } from '../../kit/authored';
import { canonical } from '../../kit/codec';
import { sayFor } from '../../kit/say';
import { getRecording, getWidget } from '../../registry/server';
import { attributesOf } from '../build/tags';
import { citedIds, findSource, type Source } from '../citations/bibliography';
import { closed, formatEntry, shortAuthors, sorted, yearLabel } from '../citations/format';
import { readClaim } from '../claims/claim';
import { inWords, judge } from '../claims/judge';
import { verdictTitles } from '../claims/verdicts';
import { readSymptom } from '../symptoms/symptom';
import { FACTS, tellFact, type Told } from '../facts';

type Element = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type Link = Extract<MdastNode, { type: 'link' }>;

/** What a text refers to. */
export interface Surroundings {
  bibliography: readonly Source[];
  /** The words of the glossary, by id. */
  terms: ReadonlyMap<string, string>;
  /** The address of a page of the site, by its path. */
  address: (path: string) => string;
}

/**
 * A chapter's text as plain Markdown, for readers that run no page: each component becomes what a reader
 * sees of it, formulas stay TeX, and the sources that are cited stand at the end.
 */
export function toMarkdown(mdx: string, around: Surroundings): string {
  const cited = new Set<string>();
  const counts = new Map<string, number>();
  const numbers = new Map<string, string>();
  const count = (word: string, id: unknown): string => {
    const next = (counts.get(word) ?? 0) + 1;
    counts.set(word, next);
    const label = `${word} ${next}`;
    numbers.set(typeof id === 'string' ? id : `${word.toLowerCase()}-${next}`, label);
    return label;
  };

  const inner = (node: Element | Link): string => {
    const [first, last] = [node.children[0], node.children.at(-1)];
    if (!first || !last) return '';
    return render(node.children as MdastNode[], offsets(first)[0], offsets(last)[1]).trim();
  };

  const cite = (ids: readonly string[], narrative: boolean): string => {
    const parts = ids.map((id) => {
      const source = findSource(around.bibliography, id);
      cited.add(id);
      const year = yearLabel(source, around.bibliography);
      return narrative ? `${shortAuthors(source)} (${year})` : `${shortAuthors(source)}, ${year}`;
    });
    return narrative ? parts.join(', ') : `(${parts.join('; ')})`;
  };

  const forms: Record<string, (given: Record<string, unknown>, node: Element) => string> = {
    Widget: ({ id, preset, ...parameters }) => {
      const widget = getWidget(String(id));
      const settings = authoredSettings(widget, preset, parameters);
      const key = canonical(widget.params, settings);
      const { result } = getRecording(widget.id, key);
      const said = widget.describe(settings as never, result as never, sayFor());
      const address = around.address(`widgets/${widget.id}/${key ? `?${key}` : ''}`);
      return `**${closed(`${count('Figure', id)}: ${widget.title}`)}** ${said} [Run it](${address})`;
    },
    Claim: (given, node) => {
      const { says, claimedBy, heard, examinedBy, verdict, evidence } = readClaim(given);
      const judged = evidence && judge(evidence);
      return [
        `**${verdictTitles[verdict]}:** ${says}`,
        claimedBy.length > 0 ? `Claimed by ${cite(claimedBy, true)}.` : '',
        heard ? `Heard ${heard}.` : '',
        examinedBy.length > 0 ? `Examined by ${cite(examinedBy, true)}.` : '',
        inner(node),
        evidence && judged
          ? `Tested: ${inWords(evidence, judged.runs)} Measured: ${spread(judged.measured)}` +
            `${judged.other ? `, against ${spread(judged.other)}` : ''}.`
          : '',
      ]
        .filter(Boolean)
        .join(' ');
    },
    Symptom: (given) => {
      const { log, tell, first, not } = readSymptom(given);
      const shown = `\`\`\`\n${log.join('\n')}\n\`\`\``;
      return `${shown}\n\n- Tell it apart: ${tell}\n- Try first: ${first}\n- Will not help: ${not}`;
    },
    SymptomTable: () => `The symptoms stand as a table at ${around.address('guide-on-one-page/')}.`,
    ClaimList: () => `The claims of all chapters stand as a list at ${around.address('claims/')}.`,
    Cite: ({ id, ids, narrative }) => cite(citedIds(String(ids ?? id)), narrative === true),
    Term: ({ id }, node) => inner(node) || (around.terms.get(String(id)) ?? ''),
    Ref: ({ to }) => numbers.get(String(to)) ?? '',
    Figure: ({ id, caption, description }) =>
      `**${count('Figure', id)}.** ${caption ?? ''} (${String(description)})`,
    Exercise: ({ id, title }, node) =>
      `**${closed(`${count('Exercise', id)}${title ? `: ${String(title)}` : ''}`)}**\n\n${inner(node)}`,
    Answer: ({ label }, node) => `**${label ?? 'Answer'}:** ${inner(node)}`,
    Prediction: ({ id, choices }, node) => {
      count('Prediction', id);
      const list = Array.isArray(choices)
        ? `\n\n${choices.map((one) => `- ${(one as { says?: string }).says ?? String(one)}`).join('\n')}`
        : '';
      return `**Predict:** ${inner(node)}${list}`;
    },
    SideNote: ({ id }, node) => {
      count('Note', id);
      return ` (Note: ${inner(node)})`;
    },
    Summary: (_, node) => `## Summary\n\n${inner(node)}`,
    Objectives: () => '',
    Benchmark: () =>
      `The recorded benchmark stands as tables at ${around.address('how-it-computes/#the-benchmark')}.`,
  };

  function render(nodes: readonly MdastNode[], from: number, to: number): string {
    let text = '';
    let at = from;
    for (const element of topElements(nodes)) {
      const [start, end] = offsets(element);
      text += mdx.slice(at, start);
      at = end;
      if (element.type === 'link') {
        text += `[${inner(element)}](${around.address(element.url.replace(/^(\.\.\/)+/, ''))})`;
        continue;
      }
      const name = element.name ?? '';
      const attributes = attributesOf(element);
      if (name in FACTS) text += tellFact(name, attributes).text || inner(element);
      else text += forms[name]?.(attributes, element) ?? inner(element);
    }
    return text + mdx.slice(at, to);
  }

  const tree = mdxToMdast(mdx, { features: { math: true }, position: true });
  countAhead(tree);
  counts.clear();
  const text = render([tree], 0, mdx.length).trim();
  const sources = around.bibliography.filter(({ id }) => cited.has(id));
  if (sources.length === 0) return `${text}\n`;
  return `${text}\n\n## References\n\n${sorted(sources).map(entry).join('\n')}\n`;

  /** A reference may stand before what it names. */
  function countAhead(node: MdastNode): void {
    const word = isElement(node) && node.name ? WORDS[node.name] : undefined;
    if (word) count(word, attributesOf(node as Element)['id']);
    if ('children' in node) for (const child of node.children) countAhead(child as MdastNode);
  }

  function entry(source: Source): string {
    const { authors, year, title, container, details, href } = formatEntry(
      source,
      around.bibliography,
    );
    const rest = [container, details].filter(Boolean).join(', ');
    return `- ${authors} (${year}). ${closed(title)}${rest ? ` ${rest}.` : ''}${href ? ` ${href}` : ''}`;
  }
}

/** What is counted, by the component's name. */
const WORDS: Record<string, string> = {
  Figure: 'Figure',
  Widget: 'Figure',
  Exercise: 'Exercise',
  Prediction: 'Prediction',
  SideNote: 'Note',
};

const isElement = (node: MdastNode): node is Element =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** A link to another page as a chapter writes it; from a file of text it would lead elsewhere. */
const isRelativeLink = (node: MdastNode): node is Link =>
  node.type === 'link' && node.url.startsWith('../');

const spread = ({ text, detail }: Told): string => (detail ? `${text} (${detail})` : text);

/** The outermost components and relative links of some nodes, in the order of the text. */
function topElements(nodes: readonly MdastNode[]): (Element | Link)[] {
  return nodes.flatMap((node) => {
    if (isElement(node) || isRelativeLink(node)) return [node];
    return 'children' in node ? topElements(node.children as MdastNode[]) : [];
  });
}

const offsets = (node: { position?: MdastNode['position'] }): [number, number] => [
  node.position?.start.offset ?? 0,
  node.position?.end.offset ?? 0,
];
