import { mdxToMdast, type MdastNode } from 'satteri';
import { attributesOf, LineError } from '../build/tags.ts';
import { walk } from '../build/mdast.ts';

/** A failure of a training as its log shows it, in a few lines for a reader in a hurry. */
export interface Symptom {
  /** The anchor of the section that treats it. */
  id: string;
  /** Lines of a log, as a trainer prints them. */
  log: string[];
  /** The one measurement that tells it from its neighbours. */
  tell: string;
  /** What to try first. */
  first: string;
  /** What is often tried and does not help. */
  not: string;
  /** The chapter that explains it, by its slug. */
  chapter: string;
}

/** A symptom with the heading of its section, and the chapter that holds it. */
export interface PlacedSymptom extends Symptom {
  title: string;
  /** Slug of the chapter in which the section stands. */
  place: string;
  line: number;
}

const TEXTS = ['id', 'tell', 'first', 'not', 'chapter'] as const;

/**
 * Reads the attributes of a `<Symptom>`.
 *
 * @throws a sentence that names the attribute and what is allowed.
 */
export function readSymptom(attributes: Record<string, unknown>): Symptom {
  for (const name of TEXTS)
    if (typeof attributes[name] !== 'string' || attributes[name].trim() === '')
      throw new Error(`${name}="…" is missing: a <Symptom> has log, ${TEXTS.join(', ')}.`);
  const unknown = Object.keys(attributes).find(
    (name) => name !== 'log' && !(TEXTS as readonly string[]).includes(name),
  );
  if (unknown !== undefined)
    throw new Error(`there is no ${unknown}; a <Symptom> has log, ${TEXTS.join(', ')}.`);
  const { log } = attributes;
  if (!Array.isArray(log) || log.length === 0 || log.some((line) => typeof line !== 'string'))
    throw new Error('log={["…"]} is missing: give lines of a log, as texts in a list.');
  return attributes as unknown as Symptom;
}

/**
 * The symptoms that a chapter treats, in the order of its text.
 *
 * @throws a sentence with the line, where one is not written as it should be or stands under no heading.
 */
export function collectSymptoms(place: string, text: string): PlacedSymptom[] {
  const tree = mdxToMdast(text, { features: { math: true, frontmatter: true }, position: true });
  const found: PlacedSymptom[] = [];
  let title = '';
  walk(tree, (node) => {
    if (node.type === 'heading') title = wordsIn(node);
    if (node.type !== 'mdxJsxFlowElement' || node.name !== 'Symptom') return;
    const line = node.position?.start.line ?? 1;
    if (title === '')
      throw new LineError(line, '<Symptom> stands under the heading of its section.');
    try {
      found.push({ ...readSymptom(attributesOf(node)), title, place, line });
    } catch (error) {
      throw new LineError(line, `<Symptom>: ${(error as Error).message}`);
    }
  });
  return found;
}

/** The words of a heading, which holds words alone. */
function wordsIn(node: MdastNode): string {
  if ('value' in node && typeof node.value === 'string') return node.value;
  return 'children' in node
    ? node.children.map((child) => wordsIn(child as MdastNode)).join('')
    : '';
}
