import { basename } from 'node:path';
import { mdxToMdast, type MdastNode } from 'satteri';
import { parse as parseYaml } from 'yaml';
import { authoredSettings } from '../../src/kit/authored.ts';
import type { AnyWidget } from '../../src/kit/widget.ts';
import { contentSchema } from '../../src/site/book/chapter.ts';
import { yamlOf } from '../../src/site/build/front-matter.ts';
import { FACTS } from '../../src/site/facts/index.ts';
import type { Term } from '../../src/site/glossary/term.ts';
import { citedIds } from '../../src/site/citations/bibliography.ts';
import { anchorsOf } from './anchors.ts';
import { eatenText, formulaInPlain } from './eaten.ts';
import { isElement, nodesOf, propsOf, readAttributes, textOf, type Element } from './mdx.ts';
import { typedCounts } from './typedCounts.ts';
import { typedNumbers } from './typedNumbers.ts';

/** What a chapter may refer to. */
export interface Known {
  /** Names that a chapter may use as tags without importing them. */
  components: string[];
  widgets: ReadonlyMap<string, Pick<AnyWidget, 'params' | 'presets'>>;
  sources: string[];
  /** The glossary, by the names of its files. */
  terms: ReadonlyMap<string, Pick<Term, 'term' | 'not'>>;
  /** Tries to tell a fact from the recordings; throws a sentence where it cannot. */
  tell: (tag: string, attributes: Record<string, unknown>) => void;
  /** Reads a question that recordings judge; throws a sentence where they do not make one choice right. */
  ask: (attributes: Record<string, unknown>) => void;
  /**
   * Slugs of all pages that content may link to, each with the ids in it; null where they are not
   * known before the site is built.
   */
  pages: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** The addresses that content/outside-links.json lists. */
  outside: ReadonlySet<string>;
}

/** A chapter's front matter and text, taken apart once for all checks. */
interface Chapter {
  frontmatter: unknown;
  text: string;
  root: MdastNode;
  nodes: MdastNode[];
  elements: Element[];
}

/** Labels that tell nothing to a reader who sees, or hears, only the links of a page. */
const vagueLabels =
  /^((click |see |read )?(here|this|that|more|link)|(this|the) (page|link|site|article|chapter|paper)|read more|learn more|https?:.*)$/i;

/**
 * Sentences on what is wrong with a content file, each beginning with `path:line`; empty where all
 * is well. The build stops on its own for what it cannot render; this finds the rest as well.
 */
export function problemsOf(path: string, text: string, known: Known): string[] {
  const chapter = take(text);
  const problems: string[] = [];
  const report: Report = (place, problem) => {
    const line = typeof place === 'string' ? lineOf(text, place) : place?.position?.start.line;
    problems.push(`${path}:${line ?? 1}: ${problem}`);
  };
  for (const check of checks) check(chapter, known, report);
  return problems;
}

/** The slug of a content file: its name without the folder and .mdx. */
export const slugOf = (path: string): string => basename(path, '.mdx');

/** The front matter of a content file, or null where it has none. */
export function frontmatterOf(text: string): unknown {
  const yaml = yamlOf(text);
  return yaml === null ? null : parseYaml(yaml);
}

function take(text: string): Chapter {
  const root = mdxToMdast(text, { features: { math: true } });
  const nodes = nodesOf(root);
  return { frontmatter: frontmatterOf(text), text, root, nodes, elements: nodes.filter(isElement) };
}

/** Tells a problem of a node, of a field of the front matter, or of the whole file. */
type Report = (place: MdastNode | string | null, problem: string) => void;

type Check = (chapter: Chapter, known: Known, report: Report) => void;

/** The line of a field of the front matter; undefined where it is not there. */
function lineOf(text: string, field: string): number | undefined {
  const line = text.split('\n').findIndex((one) => one.startsWith(`${field}:`)) + 1;
  return line > 0 ? line : undefined;
}

const isChapter = ({ frontmatter }: Chapter) =>
  (frontmatter as { kind?: string } | null)?.kind !== 'page';

const frontmatter: Check = (chapter, known, report) => {
  const { draft: _draft, ...fields } = (chapter.frontmatter ?? {}) as Record<string, unknown>;
  const result = contentSchema.safeParse(fields);
  if (!result.success) {
    for (const issue of result.error.issues)
      report(String(issue.path[0] ?? fieldIn(issue.message)), issue.message);
    return;
  }
  if (!('prerequisites' in result.data)) return;
  for (const prerequisite of result.data.prerequisites)
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(prerequisite) && !known.pages.has(prerequisite))
      report('prerequisites', `the prerequisite "${prerequisite}" names no chapter`);
};

/** The field that a message about an unknown one begins with. */
const fieldIn = (message: string): string => /^"([^"]+)"/.exec(message)?.[1] ?? '';

const imports: Check = ({ nodes }, _known, report) => {
  for (const node of nodes)
    if (node.type === 'mdxjsEsm')
      report(node, 'content may not import or export: what a chapter needs is provided');
};

const components: Check = ({ elements }, known, report) => {
  for (const element of elements)
    if (/^[A-Z]/.test(element.name ?? '') && !known.components.includes(element.name!))
      report(
        element,
        `there is no <${element.name}>; a chapter may use ${known.components.map((name) => `<${name}>`).join(', ')}`,
      );
};

const widgets: Check = ({ elements }, known, report) => {
  for (const element of elements) {
    const tag = element.name ?? '';
    const props = propsOf(element);
    // A question that no recorded run judges names no widget.
    const asks = tag === 'Prediction' && ('of' in props || 'draw' in props || hasConditions(props));
    if (tag !== 'Widget' && !(tag in FACTS) && !asks) continue;
    const { id, preset, ...parameters } = props;
    const name = String((tag === 'Widget' ? id : props['of']) ?? '');
    const widget = known.widgets.get(name);
    if (!widget) {
      const ids = [...known.widgets.keys()].join(', ');
      report(element, `<${tag}> names no widget "${name}"; the widgets are ${ids}`);
      continue;
    }
    try {
      if (tag === 'Widget') authoredSettings(widget as AnyWidget, preset, parameters);
      else if (tag === 'Prediction') known.ask(props);
      else known.tell(tag, props);
    } catch (error) {
      report(element, `<${tag}> of ${name}: ${(error as Error).message}`);
    }
  }
};

/** Whether one of a question's choices says when it is right. */
const hasConditions = ({ choices }: Record<string, unknown>): boolean =>
  Array.isArray(choices) && choices.some((one) => typeof one !== 'string');

const citations: Check = ({ elements }, known, report) => {
  for (const element of elements) {
    if (element.name !== 'Cite' && element.name !== 'Claim') continue;
    const props = propsOf(element);
    const names = element.name === 'Claim' ? ['claimedBy', 'examinedBy'] : ['ids', 'id'];
    const cited = names.flatMap((name) => citedIds(String(props[name] ?? '')));
    if (cited.length === 0 && element.name === 'Cite')
      report(element, '<Cite> names no source: give id="…"');
    for (const one of cited)
      if (!known.sources.includes(one))
        report(
          element,
          `<${element.name}> names "${one}", which content/bibliography.json does not hold`,
        );
  }
};

const terms: Check = ({ frontmatter: head, nodes, elements }, known, report) => {
  for (const element of elements) {
    if (element.name !== 'Term') continue;
    const id = String(propsOf(element)['id'] ?? '');
    if (!known.terms.has(id))
      report(
        element,
        `<Term> names "${id}"; content/glossary holds ${[...known.terms.keys()].join(', ')}`,
      );
  }
  const spellings = [...known.terms.values()].flatMap(({ term, not }) =>
    not.map((wrong) => ({ term, wrong, pattern: wordPattern(wrong, term) })),
  );
  const tell = (place: MdastNode | string, said: string) => {
    for (const { term, wrong, pattern } of spellings)
      if (pattern.test(said))
        report(place, `"${wrong}" is spelt "${term}" in this book (content/glossary)`);
  };
  for (const [field, value] of Object.entries((head ?? {}) as object))
    for (const said of [value].flat()) if (typeof said === 'string') tell(field, said);
  for (const node of nodes) if (node.type === 'text') tell(node, node.value);
  for (const element of elements) for (const said of readAttributes(element)) tell(element, said);
};

/** A word of its own, also in the plural, in capitals or not unless that alone makes it wrong. */
function wordPattern(word: string, right: string): RegExp {
  const text = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  const flags = word.toLowerCase() === right.toLowerCase() ? '' : 'i';
  return new RegExp(`(?<![\\w-])${text}s?(?![\\w-])`, flags);
}

const headings: Check = ({ nodes }, _known, report) => {
  let previous = 1;
  for (const node of nodes) {
    if (node.type !== 'heading') continue;
    if (node.depth === 1) report(node, 'the title is the only heading of level 1: begin with ##');
    else if (node.depth > previous + 1)
      report(
        node,
        `the heading "${textOf(node)}" is of level ${node.depth} and follows level ${previous}: leave none out`,
      );
    previous = node.depth;
  }
};

const parts: Check = (chapter, _known, report) => {
  if (!isChapter(chapter)) return;
  const has = (name: string) => chapter.elements.some((element) => element.name === name);
  if (!has('Exercise')) report(null, 'a chapter has exercises: add an <Exercise> with an <Answer>');
  if (!has('Cite')) report(null, 'a chapter has references: <Cite> the sources of what it says');
  if (!has('Summary')) report(null, 'a chapter ends with a <Summary>');
  for (const element of chapter.elements)
    if (element.name === 'Exercise' && !contains(element, 'Answer'))
      report(element, 'an <Exercise> holds an <Answer>');
};

const links: Check = ({ nodes, text }, known, report) => {
  const anchor = (node: MdastNode, url: string, id: string, ids: ReadonlySet<string> | null) => {
    if (id !== '' && ids !== null && !ids.has(id))
      report(node, `${url} leads to no heading or id; there are ${[...ids].sort().join(', ')}`);
  };
  for (const node of nodes) {
    if (node.type !== 'link') continue;
    const label = textOf(node).trim();
    if (label === '') report(node, `the link to ${node.url} has no label`);
    else if (vagueLabels.test(label))
      report(node, `the label "${label}" does not say where the link leads: name the target`);
    const { url } = node;
    if (/^[a-z]+:/i.test(url)) {
      if (!/^(https|mailto):/.test(url)) report(node, `${url} is no https address`);
      else if (url.startsWith('https:') && !known.outside.has(url))
        report(node, `${url} is not in content/outside-links.json: add it with today's date`);
    } else if (url.startsWith('/')) {
      report(node, `${url} breaks where the site lies under a sub-path: write ../${url.slice(1)}`);
    } else if (url.startsWith('#')) {
      anchor(node, url, url.slice(1), anchorsOf(text));
    } else {
      const [, target, id = ''] = /^(?:\.\.\/)+([a-z0-9-]*)\/?(?:#(.*))?$/.exec(url) ?? [];
      if (target === undefined || (target !== '' && !known.pages.has(target)))
        report(node, `${url} leads to no page; a chapter is linked as ../its-file-name/`);
      else if (target !== '' && !/\/(#.*)?$/.test(url))
        report(node, `${url} lacks the slash at the end of a page's address`);
      else anchor(node, url, id, known.pages.get(target) ?? null);
    }
  }
};

const descriptions: Check = ({ nodes, elements }, _known, report) => {
  for (const node of nodes)
    if (node.type === 'image' && !node.alt?.trim())
      report(node, `the image ${node.url} has no description: ![what it shows](…)`);
  for (const element of elements)
    if (element.name === 'Figure' && !String(propsOf(element)['description'] ?? '').trim())
      report(element, '<Figure> has no description="…": say in words what the drawing shows');
};

const measured: Check = ({ root }, _known, report) => {
  for (const { node, number, why } of typedNumbers(root))
    report(node, `"${number}" ${why} but was typed by hand: write <Measured of="…" value="…" />`);
};

const counted: Check = (chapter, _known, report) => {
  for (const { node, words } of typedCounts(chapter.root, { chapter: isChapter(chapter) }))
    report(
      node,
      `"${words}" counts or ranks runs by hand: write <Counted>, <Ranked> or <Checked>, which read the recordings`,
    );
};

const eaten: Check = ({ frontmatter: head, root, text }, _known, report) => {
  for (const [field, value] of Object.entries((head ?? {}) as object))
    for (const said of [value].flat().filter((one) => typeof one === 'string')) {
      const found = formulaInPlain(said);
      if (found)
        report(field, `"${field}" holds ${found}, which is shown as it is written: use words`);
    }
  for (const { node, said } of eatenText(root, text)) report(node, said);
};

const checks: Check[] = [
  frontmatter,
  imports,
  components,
  widgets,
  citations,
  terms,
  headings,
  parts,
  links,
  descriptions,
  measured,
  counted,
  eaten,
];

function contains(element: Element, name: string): boolean {
  return element.children.some(
    (child) =>
      ('name' in child && child.name === name) ||
      ('children' in child && contains(child as Element, name)),
  );
}
