import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToMdast } from 'satteri';
import { authoredValues } from '../kit/authored.ts';
import { canonical, type AnyValues } from '../kit/codec.ts';
import { getWidget } from '../registry/server.ts';

/** One place in the text that shows a recorded run. */
export interface Reference {
  file: string;
  line: number;
  tag: string;
  widget: string;
  key: string;
  values: AnyValues;
}

/** The tags that show recorded runs, with the attribute that names the widget and those of their own. */
const TAGS: Record<string, { widget: string; own: readonly string[] }> = {
  Widget: { widget: 'id', own: ['preset', 'name'] },
  Measured: { widget: 'of', own: ['preset', 'value', 'at', 'digits', 'percent'] },
  Claim: { widget: 'of', own: ['preset', 'id', 'value'] },
};

/**
 * Every <Widget>, <Measured> and <Claim> of the chapters. Throws a sentence naming file and line
 * where one of them has an unknown widget, preset or parameter.
 *
 * @param folder the folder that holds the chapters, `content`.
 */
export function references(folder: string): Reference[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .flatMap((file) => inFile(join(folder, file)));
}

function inFile(file: string): Reference[] {
  const found: Reference[] = [];
  const visit = (node: Node): void => {
    const tag = node.name ? TAGS[node.name] : undefined;
    if (tag) {
      const line = node.position?.start.line ?? 1;
      try {
        const reference = refer(node, tag);
        if (reference) found.push({ file, line, ...reference });
      } catch (error) {
        throw new Error(`${file}:${line}: <${node.name}>: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }
    node.children?.forEach(visit);
  };
  const tree = mdxToMdast(readFileSync(file, 'utf8'), {
    features: { math: true, frontmatter: true },
    position: true,
  });
  visit(tree as unknown as Node);
  return found;
}

/** What is needed of a node of the tree. */
interface Node {
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
  position?: { start: { line: number } };
}

function refer(
  node: Node,
  { widget: idName, own }: { widget: string; own: readonly string[] },
): Omit<Reference, 'file' | 'line'> | null {
  const given = Object.fromEntries((node.attributes ?? []).map(valueOf));
  const id = given[idName];
  if (id === undefined && node.name === 'Claim') return null;
  if (typeof id !== 'string') throw new Error(`${idName} must name a widget.`);
  const widget = getWidget(id);
  const params = Object.fromEntries(
    Object.entries(given).filter(([name]) => name !== idName && !own.includes(name)),
  );
  const values = authoredValues(widget, given['preset'], params);
  const key = canonical(widget.params, values);
  return { tag: node.name ?? '', widget: id, key, values };
}

function valueOf(attribute: { type: string; name?: string; value?: unknown }): [string, unknown] {
  const { name = '', value } = attribute;
  if (value === null || value === undefined) return [name, true];
  if (typeof value === 'string') return [name, value];
  const { value: expression } = value as { value: string };
  try {
    return [name, JSON.parse(expression.replaceAll("'", '"'))];
  } catch {
    throw new Error(
      `${name}={${expression}} must be a plain number, true, false or a string, so that it can be recorded.`,
    );
  }
}
