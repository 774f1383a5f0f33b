import katex, { type KatexOptions } from 'katex';

/** A node of KaTeX's output, as far as it is read here: only elements of MathML have a type. */
interface OutputNode {
  type?: string;
  children?: readonly OutputNode[];
  setAttribute?: (name: string, value: string) => void;
  toMarkup: () => string;
}

type MathElement = OutputNode & { type: string; children: readonly OutputNode[] };

interface Builder {
  __renderToDomTree: (tex: string, options: KatexOptions) => OutputNode;
}

/** Elements of MathML in which a child's place is its role: base, index, numerator. */
const PLACED = ['mfrac', 'mroot', 'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover'];

const isMathElement = (node: OutputNode): node is MathElement =>
  typeof node.type === 'string' && node.children !== undefined;

/**
 * Puts each argument of an index, fraction or accent that KaTeX leaves in several elements into one
 * row: of `\lambda_{\max}` it makes an `msub` of three, the last an invisible mark behind `max`, which
 * browsers show as an error and screen readers skip.
 */
function oneElementEach(node: OutputNode): void {
  for (const child of node.children ?? []) oneElementEach(child);
  if (!isMathElement(node) || !PLACED.includes(node.type)) return;
  const Row = node.constructor as new (type: string, children: readonly OutputNode[]) => OutputNode;
  node.children = node.children.map((child) =>
    child.type === undefined && child.children ? new Row('mrow', child.children) : child,
  );
}

/**
 * KaTeX's HTML of a formula with valid MathML, which translators leave as it is.
 *
 * @throws katex.ParseError where the TeX is wrong or unsupported.
 */
export function markupOf(tex: string, options: KatexOptions): string {
  const tree = (katex as unknown as Builder).__renderToDomTree(tex, options);
  oneElementEach(tree);
  tree.setAttribute?.('translate', 'no');
  return tree.toMarkup();
}
