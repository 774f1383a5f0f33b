import type { MdastNode } from 'satteri';
import { parse as parseYaml } from 'yaml';

export type Element = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;

export const isElement = (node: MdastNode): node is Element =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** The attributes of an element as values; an attribute without a value is true. */
export function propsOf(element: Element): Record<string, unknown> {
  return Object.fromEntries(
    element.attributes.flatMap((attribute) =>
      attribute.type === 'mdxJsxAttribute'
        ? [[attribute.name, valueOf(attribute.value)] as const]
        : [],
    ),
  );
}

function valueOf(value: unknown): unknown {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  return parseYaml((value as { value: string }).value);
}

/** A node and all in it, in the order of the text; without what lies in nodes that `skip` names. */
export function nodesOf(
  root: MdastNode,
  skip: (node: MdastNode) => boolean = () => false,
): MdastNode[] {
  if (skip(root)) return [];
  const inner = 'children' in root ? (root.children as MdastNode[]) : [];
  return [root, ...inner.flatMap((child) => nodesOf(child, skip))];
}

/**
 * What a reader reads of a node; a component in it reads as nothing, a formula as its TeX.
 *
 * @param instead what stands for a node in place of its own text; undefined for its own.
 */
export function textOf(
  node: MdastNode,
  instead: (node: MdastNode) => string | undefined = () => undefined,
): string {
  const given = instead(node);
  if (given !== undefined) return given;
  if (node.type === 'mdxJsxTextElement' && node.children.length === 0) return '';
  if ('children' in node)
    return node.children
      .map((child) => textOf(child as MdastNode, instead))
      .join(node.type === 'tableRow' ? ' ' : '');
  return 'value' in node && typeof node.value === 'string' ? node.value : '';
}

/** Attributes of components that a reader reads. */
export const READ_ATTRIBUTES: readonly string[] = [
  'alt',
  'caption',
  'description',
  'heard',
  'label',
  'quantity',
  'says',
  'than',
  'title',
];

/** The attributes of an element that a reader reads. */
export function readAttributes(element: Element): string[] {
  return Object.entries(propsOf(element)).flatMap(([name, value]) =>
    READ_ATTRIBUTES.includes(name) && typeof value === 'string' ? [value] : [],
  );
}

/**
 * What a node says in whole sentences, if it is a node that does: a paragraph, a heading, a cell, or a
 * figure's caption. Formulas and code in a line read as nothing.
 *
 * @param instead what stands for another node in the line, as with `textOf`.
 */
export function passagesOf(
  node: MdastNode,
  instead: (node: MdastNode) => string | undefined,
): string[] {
  if (isElement(node) && node.name === 'Figure') {
    const { caption } = propsOf(node);
    return typeof caption === 'string' ? [caption] : [];
  }
  if (node.type !== 'paragraph' && node.type !== 'tableCell' && node.type !== 'heading') return [];
  return [
    textOf(node, (inner) =>
      inner.type === 'inlineMath' || inner.type === 'inlineCode' ? '' : instead(inner),
    ),
  ];
}
