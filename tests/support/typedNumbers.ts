import type { MdastNode } from 'satteri';
import { isElement, nodesOf, passagesOf, textOf } from './mdx.ts';

/** Numbers that count or name things rather than report a result: "layer 3", "step 100", a year. */
const namingNumbers =
  /\b(layers?|steps?|figures?|tables?|equations?|exercises?|chapters?|sections?|seeds?|depth|width|bits?)\s+\d[\d,.]*|\b\d+(-bit|(st|nd|rd|th)\b)|\b(18|19|20)\d\d\b/gi;

/** A setting, which the author chose: "a gain of 0.64", "learning rate 0.3". */
const settings =
  /\b(rates?|gains?|std|bias|momentum|factor|scale|threshold|limit)(\s+(of|is|was|to|at))?\s+−?\d[\d.]*( ?%)?/gi;

/** A threshold that the author chose: "fell below a batch loss of 0.5". */
const thresholds =
  /\b(below|above|until)\s+an?\s+(\w+\s+)?(loss|accuracy)\s+of\s+−?\d[\d.]*( ?%)?/gi;

/** Words of a result of training. */
const results = /\b(medians?|runs?|ended|ends|reached|reaches|accurac(y|ies)|loss(es)?)\b/i;

/** A number as only a result has it: with decimals, a power of ten, or percent. */
const outcome =
  /\d*\.\d+(e[-−]?\d+)?|\d+e[-−]?\d+|\d[\d.,]*[\s\u00a0\u202f]?(%|per ?cent\b)|[½¼¾]/i;

/** What stands for a citation: what somebody else reports is typed. */
const CITED = '\u0000';

/** Numbers in a chapter that look measured but were typed, with the nodes that hold them. */
export function typedNumbers(root: MdastNode): { node: MdastNode; number: string; why: string }[] {
  return [...besideMeasured(root), ...amongResults(root)];
}

/** Any number in a sentence that says "measured". */
function besideMeasured(root: MdastNode) {
  return nodesOf(root).flatMap((node) => {
    if (node.type !== 'paragraph' && node.type !== 'tableRow' && node.type !== 'heading') return [];
    return sentences(textOf(node)).flatMap((sentence) => {
      if (!saysMeasured(sentence)) return [];
      const number = /[\d½¼¾]+([.,]\d+)*/.exec(sentence.replace(namingNumbers, ''));
      return number ? [{ node, number: number[0], why: 'stands beside "measured"' }] : [];
    });
  });
}

/**
 * Decimals and percentages in a sentence, a cell or a caption that speaks of results. Formulas and
 * exercises are calculated, and what is cited was measured by others.
 */
function amongResults(root: MdastNode) {
  const isExercise = (node: MdastNode) => isElement(node) && node.name === 'Exercise';
  return nodesOf(root, isExercise).flatMap((node) =>
    readIn(node)
      .flatMap(sentences)
      .flatMap((sentence) => {
        const word = results.exec(sentence)?.[0];
        if (!word || saysMeasured(sentence) || sentence.includes(CITED)) return [];
        const chosen = [namingNumbers, settings, thresholds];
        const number = outcome.exec(chosen.reduce((text, one) => text.replace(one, ''), sentence));
        return number ? [{ node, number: number[0].trim(), why: `stands beside "${word}"` }] : [];
      }),
  );
}

const readIn = (node: MdastNode): string[] =>
  passagesOf(node, (inner) => (isElement(inner) && inner.name === 'Cite' ? CITED : undefined));

const sentences = (text: string): string[] => text.split(/(?<=[.!?;])\s+/);

const saysMeasured = (sentence: string): boolean => /\bmeasure(d|ment|ments)\b/i.test(sentence);
