import { mdxToMdast, type MdastNode } from 'satteri';
import { walk } from './mdast.ts';

/** A component in a chapter's text, with its attributes as plain data. */
export interface Tag {
  name: string;
  line: number;
  attributes: Record<string, unknown>;
  /** What stands between its tags, as it is written. */
  inner: string;
}

/**
 * The components of some names in an MDX text, in the order of the text.
 *
 * @throws a sentence, where an attribute is no plain number, text, true or false.
 */
export function tagsIn(text: string, names: readonly string[]): Tag[] {
  const tree = mdxToMdast(text, { features: { math: true, frontmatter: true }, position: true });
  const found: Tag[] = [];
  walk(tree, (node) => {
    if (!isElement(node) || !node.name || !names.includes(node.name)) return;
    const line = node.position?.start.line ?? 1;
    try {
      found.push({
        name: node.name,
        line,
        attributes: attributesOf(node),
        inner: inside(node, text),
      });
    } catch (error) {
      throw new LineError(line, `<${node.name}>: ${(error as Error).message}`);
    }
  });
  return found;
}

function inside({ children }: Element, text: string): string {
  const [first, last] = [children[0]?.position, children.at(-1)?.position];
  return first && last ? text.slice(first.start.offset, last.end.offset) : '';
}

/** What is wrong with one line of a text. */
export class LineError extends Error {
  line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

type Element = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;

const isElement = (node: MdastNode): node is Element =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** The attributes of a component as values; one without a value is true. */
export function attributesOf(element: Pick<Element, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries(
    element.attributes.flatMap((attribute) =>
      attribute.type === 'mdxJsxAttribute'
        ? [[attribute.name, valueOf(attribute.name, attribute.value)]]
        : [],
    ),
  );
}

function valueOf(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  const { value: expression } = value as { value: string };
  try {
    return JSON.parse(asJson(expression));
  } catch {
    throw new Error(
      `${name}={${expression}} must be a plain number, true, false or a string, so that it can be recorded.`,
    );
  }
}

/** Plain data as JavaScript writes it: texts in either quotes, names without any. */
const asJson = (expression: string): string =>
  expression.replace(
    /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'|([A-Za-z_$][\w$]*)(?=\s*:)/g,
    (all, single?: string, name?: string) =>
      single === undefined ? (name === undefined ? all : `"${name}"`) : JSON.stringify(single),
  );
