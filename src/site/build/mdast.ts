import type { MdastNode, MdastPluginDefinition } from 'satteri';

export type MdxElement = Parameters<NonNullable<MdastPluginDefinition['mdxJsxFlowElement']>>[0];
export type MdxTextElement = Parameters<NonNullable<MdastPluginDefinition['mdxJsxTextElement']>>[0];

/** Calls `visit` for a node and everything in it, in the order of the text. */
export function walk(node: MdastNode, visit: (node: MdastNode) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children) walk(child as MdastNode, visit);
}

/** The start of a node, in the file's lines and columns (both from 1). */
export function startOf(node: { position?: MdastNode['position'] }): {
  line: number;
  column: number;
  offset: number;
} {
  const start = node.position?.start;
  return { line: start?.line ?? 1, column: start?.column ?? 1, offset: start?.offset ?? 0 };
}

/** The value of an attribute written as a plain string, else undefined. */
export function attribute(element: MdxElement | MdxTextElement, name: string): string | undefined {
  for (const given of element.attributes) {
    if (given.type === 'mdxJsxAttribute' && given.name === name) {
      return typeof given.value === 'string' ? given.value : undefined;
    }
  }
  return undefined;
}

/** An attribute with a plain string as its value. */
export const stringAttribute = (name: string, value: string) =>
  ({ type: 'mdxJsxAttribute', name, value }) as const;

/** Finished HTML as a node that survives compilation to JSX, block-level or within a line. */
export const htmlNode = (level: 'flow' | 'text', html: string) =>
  ({
    type: level === 'flow' ? 'mdxJsxFlowElement' : 'mdxJsxTextElement',
    name: 'Fragment',
    attributes: [stringAttribute('set:html', html)],
    children: [],
  }) as MdastNode;
