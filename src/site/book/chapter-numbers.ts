import type { MdastNode, MdastPluginDefinition, MdastPluginEntry } from 'satteri';
import { AuthoringError } from '../build/authoring-error.ts';
import {
  attribute,
  startOf,
  stringAttribute,
  walk,
  type MdxElement,
  type MdxTextElement,
} from '../build/mdast.ts';

/** What is counted in a chapter, under which word; a widget counts as a figure. */
const COUNTED: Record<string, string> = {
  Figure: 'Figure',
  Widget: 'Figure',
  Exercise: 'Exercise',
  Prediction: 'Prediction',
  SideNote: 'Note',
};

type MdastVisitorContext = Parameters<NonNullable<MdastPluginDefinition['paragraph']>>[1];

interface Numbered {
  number: number;
  word: string;
  id: string;
}

const isElement = (node: MdastNode): node is MdxElement | MdxTextElement =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/**
 * Numbers figures, widgets, exercises and side notes in the order of the text, and turns
 * `<Ref to="id" />` into a link such as “Figure 3”. The id is the element's own `id` (for a widget,
 * the widget's name), else for example `figure-3`.
 */
export const chapterNumbers: MdastPluginEntry = () => {
  const counts = new Map<string, number>();
  const byOffset = new Map<number, Numbered>();
  const byId = new Map<string, Numbered>();

  /** A note that stands as a paragraph of its own is set at the end of the paragraph before it. */
  const pullUp = (
    node: MdxElement,
    numbered: MdastNode,
    context: MdastVisitorContext,
  ): undefined => {
    const index = context.indexOf(node);
    const before = index === undefined ? undefined : context.parent(node)?.children[index - 1];
    const [only, ...rest] = node.children;
    if (before?.type !== 'paragraph' || only?.type !== 'paragraph' || rest.length > 0) {
      throw new AuthoringError(
        context.fileURL,
        startOf(node),
        'a <SideNote> holds one paragraph, and stands after a paragraph or within one.',
      );
    }
    context.appendChild(
      before as MdastNode,
      {
        ...numbered,
        type: 'mdxJsxTextElement',
        children: only.children,
      } as MdastNode,
    );
    context.removeNode(node as MdastNode);
  };

  const number = (
    node: MdxElement | MdxTextElement,
    context: MdastVisitorContext,
  ): MdastNode | undefined => {
    const entry = byOffset.get(startOf(node).offset);
    if (!entry) return undefined;
    const given = [
      stringAttribute('number', String(entry.number)),
      stringAttribute('id', entry.id),
    ];
    if (node.name === 'Widget') {
      return {
        type: 'mdxJsxFlowElement',
        name: 'Numbered',
        attributes: given,
        children: [node],
      } as unknown as MdastNode;
    }
    const others = node.attributes.filter(
      (other) => !(other.type === 'mdxJsxAttribute' && other.name === 'id'),
    );
    const numbered = {
      type: node.type,
      name: node.name,
      attributes: [...others, ...given],
      children: node.children,
    } as unknown as MdastNode;
    return node.name === 'SideNote' && node.type === 'mdxJsxFlowElement'
      ? pullUp(node, numbered, context)
      : numbered;
  };

  return {
    name: 'gradient-lab-chapter-numbers',
    options: { position: true },

    before(root, context) {
      walk(root, (node) => {
        if (!isElement(node)) return;
        const word = node.name ? COUNTED[node.name] : undefined;
        if (!word) return;
        const next = (counts.get(word) ?? 0) + 1;
        counts.set(word, next);
        const asked = attribute(node, 'id');
        let id = asked ?? `${word.toLowerCase()}-${next}`;
        if (byId.has(id)) {
          if (node.name !== 'Widget') {
            throw new AuthoringError(
              context.fileURL,
              startOf(node),
              `the id "${id}" is used twice in this file.`,
            );
          }
          // Counted among its own kind, so that links to it outlive a figure that is put before it.
          for (let k = 2; byId.has(id); k += 1) id = `${asked}-${k}`;
        }
        const entry = { number: next, word, id };
        byOffset.set(startOf(node).offset, entry);
        byId.set(id, entry);
      });
    },

    mdxJsxFlowElement: number,

    mdxJsxTextElement(node, context) {
      if (node.name !== 'Ref') return number(node, context);
      const to = attribute(node, 'to');
      const entry = to === undefined ? undefined : byId.get(to);
      if (!entry) {
        const known = [...byId.keys()].join(', ') || 'none';
        throw new AuthoringError(
          context.fileURL,
          startOf(node),
          `<Ref to="${to ?? ''}"> names nothing that is numbered in this file. Known: ${known}.`,
        );
      }
      return {
        type: 'link',
        url: `#${entry.id}`,
        title: null,
        children: [{ type: 'text', value: `${entry.word}\u00a0${entry.number}` }],
      } as unknown as MdastNode;
    },
  };
};
