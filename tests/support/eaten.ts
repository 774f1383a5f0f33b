import type { MdastNode } from 'satteri';
import { isElement, nodesOf, readAttributes, textOf } from './mdx.ts';

/** A place of a chapter whose text the page would lose, or show as something else, and why. */
export interface Eaten {
  node: MdastNode;
  said: string;
}

/**
 * What stands in a chapter as text and is read as Markdown, TeX or a program: prices that make a
 * formula, rows of a table with more or fewer cells than its head, braces with a value, and formulas
 * or components where only plain text is shown.
 *
 * @param text the source, of which `root` is the tree with its positions.
 */
export function eatenText(root: MdastNode, text: string): Eaten[] {
  return nodesOf(root).flatMap((node) => looks.flatMap((look) => look(node, text)));
}

type Look = (node: MdastNode, text: string) => Eaten[];

/** What a look finds of a node itself, if anything. */
const itself =
  (said: (node: MdastNode, text: string) => string | undefined): Look =>
  (node, text) => {
    const found = said(node, text);
    return found === undefined ? [] : [{ node, said: found }];
  };

const sourceOf = (node: MdastNode, text: string): string =>
  text.slice(node.position?.start.offset, node.position?.end.offset).replace(/\s+/g, ' ');

/** Commands whose arguments are no letters of a formula: words, names of functions, labels, columns. */
const worded =
  /\\(text\w*|operatorname\*?|math(rm|it|sf|tt|bf)|label|tag|(eq)?ref|color|hspace|end|begin\{array\}|begin)\s*\{[^{}]*\}/g;

/** The first run of letters of a formula that is a word rather than a product of symbols. */
const wordIn = (tex: string): string | undefined =>
  /[a-z]{3,}/i.exec(tex.replace(worded, ' ').replace(/\\[a-z]+/gi, ' '))?.[0];

/**
 * A formula of words, or one that does not touch its dollar signs, or touches a digit: two prices of a
 * sentence make one.
 */
const formula = itself((node, text) => {
  if (node.type !== 'math' && node.type !== 'inlineMath') return undefined;
  const word = wordIn(node.value);
  const written = sourceOf(node, text);
  if (word !== undefined)
    return (
      `“${word}” in the formula ${written} is set as a product of letters: write \\text{${word}} ` +
      'or a command; a dollar sign that is none of a formula is \\$'
    );
  if (node.type === 'math') return undefined;
  const inner = written.replace(/^\$+|\$+$/g, '');
  const after = text[node.position?.end.offset ?? text.length] ?? '';
  return inner !== inner.trim() || /\d/.test(after)
    ? `${written} is set as a formula: a dollar sign that is none of a formula is \\$; a formula ` +
        'touches both of its own, and no digit follows'
    : undefined;
});

const bars = 'bars in a formula are \\lvert and \\rvert, one in text is \\|';

const rows: Look = (node) => {
  if (node.type !== 'table') return [];
  const [head, ...others] = node.children;
  const count = head?.children.length ?? 0;
  return others
    .filter((row) => row.children.length !== count)
    .map((row) => ({
      node: row,
      said: `this row has ${row.children.length} cells under a head of ${count}: ${bars}`,
    }));
};

const noTable = itself((node) =>
  node.type === 'paragraph' && /^\|.*\|\s*\n\s*\|[\s:|-]+\|/.test(textOf(node))
    ? `this is no table, since its head has not as many cells as the line of dashes: ${bars}`
    : undefined,
);

/** Comments alone: they show nothing and lose nothing. */
const comments = /^\s*(\/\*[\s\S]*?\*\/\s*)*$/;

const brace = itself((node) =>
  (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') &&
  !comments.test(node.value)
    ? `{${node.value}} is run as a program and shows its value: braces in text are \\{ and \\}, in a formula $\\{…\\}$`
    : undefined,
);

/** A formula in what is shown as it is written. */
export const formulaInPlain = (said: string): string | undefined =>
  /(?<!\\)\$[^$]*[^\\$]\$/.exec(said)?.[0];

const attribute = itself((node) => {
  if (!isElement(node)) return undefined;
  const found = readAttributes(node).map(formulaInPlain).find(Boolean);
  return found && `${found} stands in an attribute, which is shown as it is written: use words`;
});

/** Kinds of nodes in a heading that contents, sidebar and addresses show as the page does. */
const inHeadings = ['heading', 'text', 'emphasis', 'strong', 'inlineCode', 'link'];

const heading = itself((node, text) => {
  if (node.type !== 'heading') return undefined;
  const other = nodesOf(node).find(({ type }) => !inHeadings.includes(type));
  return (
    other &&
    `the heading holds ${sourceOf(other, text)}, which the contents and its own address would leave out: use words`
  );
});

const looks: Look[] = [formula, rows, noTable, brace, attribute, heading];
