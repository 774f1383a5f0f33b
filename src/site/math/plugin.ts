import type { MdastPluginDefinition, MdastPluginEntry } from 'satteri';
import { AuthoringError } from '../build/authoring-error.ts';
import { htmlNode, startOf, walk } from '../build/mdast.ts';
import { equationId, takeLabel, takeReference } from './labels.ts';
import { FormulaError, renderFormula, withPunctuation } from './render.ts';

type MathNode = Parameters<NonNullable<MdastPluginDefinition['math']>>[0];
type InlineMathNode = Parameters<NonNullable<MdastPluginDefinition['inlineMath']>>[0];

/**
 * The file's line and column of the character `position` of a formula's value. The value of a
 * formula in a list or a quotation has lost its indentation, so the line is looked up in the
 * source.
 */
function placeOf(node: MathNode | InlineMathNode, source: string, position: number) {
  const start = startOf(node);
  const raw = source.slice(start.offset, node.position?.end.offset);
  const before = node.value.slice(0, position).split('\n');
  const opening = /^\$+/.exec(raw)?.[0].length ?? 0;
  if (node.type === 'inlineMath') {
    const lead = raw.slice(opening).startsWith(' ') && !node.value.startsWith(' ') ? 1 : 0;
    return before.length === 1
      ? { line: start.line, column: start.column + opening + lead + position }
      : { line: start.line + before.length - 1, column: before.at(-1)!.length + 1 };
  }
  const line = before.length;
  const written = raw.split('\n')[line] ?? '';
  const valueLine = node.value.split('\n')[line - 1] ?? '';
  return {
    line: start.line + line,
    column: Math.max(0, written.indexOf(valueLine)) + before.at(-1)!.length + 1,
  };
}

/** The punctuation that stands at a place of the source, with no space before it. */
const punctuationAt = (source: string, offset: number): string =>
  /^[.,;:!?]*/.exec(source.slice(offset, offset + 3))?.[0] ?? '';

/** Whether what starts at a place of the source follows a formula that is no reference. */
const followsFormula = (source: string, offset: number): boolean =>
  /[^\\$]\$$/.test(source.slice(Math.max(0, offset - 2), offset)) &&
  !/\$\s*\\(eq)?ref\{[^}]*\}\s*\$$/.test(source.slice(0, offset));

/**
 * Sets formulas with KaTeX while the page is built. A display formula with `\label{eq:name}` gets
 * the next number and an id; `$\eqref{eq:name}$` links to it. A wrong formula, label or reference
 * stops the build with file, line and column.
 */
export const mathPlugin: MdastPluginEntry = () => {
  const numbers = new Map<string, number>();

  const render = (
    node: MathNode | InlineMathNode,
    tex: string,
    context: { source: string; fileURL: URL | undefined },
  ) => {
    try {
      return renderFormula(tex, { display: node.type === 'math' });
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      throw new AuthoringError(
        context.fileURL,
        placeOf(node, context.source, error.position),
        `this formula cannot be set: ${error.message}`,
      );
    }
  };

  return {
    name: 'gradient-lab-math',
    options: { position: true },

    before(root, context) {
      walk(root, (node) => {
        if (node.type !== 'math') return;
        const { label, problem } = takeLabel(node.value);
        if (problem) {
          throw new AuthoringError(
            context.fileURL,
            placeOf(node, context.source, problem.position),
            problem.message,
          );
        }
        if (label === undefined) return;
        if (numbers.has(label)) {
          throw new AuthoringError(
            context.fileURL,
            startOf(node),
            `the label ${label} is used twice in this file.`,
          );
        }
        numbers.set(label, numbers.size + 1);
      });
    },

    math(node, context) {
      const { tex, label } = takeLabel(node.value);
      const formula = render(node, tex, context);
      if (label === undefined)
        return htmlNode('flow', `<div class="equation gl-scroller">${formula}</div>`);
      const id = equationId(label);
      const number = numbers.get(label);
      return htmlNode(
        'flow',
        `<div class="equation numbered gl-scroller" id="${id}">${formula}` +
          `<a class="equation-number" href="#${id}" aria-label="Equation (${number})">(${number})</a></div>`,
      );
    },

    text(node, context) {
      const { offset } = startOf(node);
      if (!followsFormula(context.source, offset)) return undefined;
      const mark = punctuationAt(context.source, offset);
      return mark === '' ? undefined : { type: 'text', value: node.value.slice(mark.length) };
    },

    inlineMath(node, context) {
      const label = takeReference(node.value);
      if (label === undefined) {
        const formula = render(node, node.value, context);
        const mark = punctuationAt(context.source, node.position?.end.offset ?? Infinity);
        return htmlNode('text', withPunctuation(formula, mark));
      }
      const number = numbers.get(label);
      if (number === undefined) {
        const known = [...numbers.keys()].join(', ') || 'none';
        throw new AuthoringError(
          context.fileURL,
          startOf(node),
          `no formula of this file has \\label{${label}}. Its labels: ${known}.`,
        );
      }
      return htmlNode(
        'text',
        `<a class="equation-reference" href="#${equationId(label)}" aria-label="Equation (${number})">(${number})</a>`,
      );
    },
  };
};
