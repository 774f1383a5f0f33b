import type { MdastNode } from 'satteri';
import { FACTS } from '../../src/site/facts/index.ts';
import { isElement, nodesOf, passagesOf, propsOf, type Element } from './mdx.ts';

const NUMBER =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|\\d+';
const RUNS = '(recorded |other |single |random )*(runs?|seeds?|draws?)';
const FIELD = `${RUNS}|networks?|functions?|rules?|depths?|formats?`;

const word = (pattern: string) => new RegExp(`\\b(${pattern})\\b`, 'i');

/** How prose counts by hand. */
const counts = [
  word('(more|less|fewer) than (half|a (third|quarter|fifth|tenth))'),
  word('(half|a third|a quarter|two thirds|three quarters) of (the|its|all|these|those|them)'),
  word('(?<!at )(?<!the )most(?! (common|often|likely))'),
  word('the majority|(almost|nearly|hardly) (all|any|every\\w*|none)'),
  word('only'),
  word(`none|neither|not one|no (${FIELD})`),
  word(`(all|every|each|any|both) (of )?(the |these |its )?((${NUMBER}) )?(of them|${FIELD})`),
  word(`all (${NUMBER})`),
  word(`(${NUMBER}|one) (out of|of|in) (the |its |these )?(${NUMBER}|them)`),
  word(`(${NUMBER}) ${RUNS}`),
  word(
    `(some|several|many|few) (of (the|them|these|its) )?(${FIELD})|some of them|in (the )?others`,
  ),
  word('never|always|ever'),
];

/** How prose ranks by hand. */
const ranks = [
  word(
    'the (\\w+ )?(most|largest|smallest|highest|lowest|best|worst|fastest|slowest|greatest|longest|shortest|nearest|least)',
  ),
  word('(?<!at )(largest|smallest|highest|lowest|worst|fastest|slowest|least)'),
  word(
    'leads?(?! to)|wins?|beats?|beaten|overtak\\w+|ahead of|come[sn]? (first|last)|gains? (most|least)',
  ),
];

/** Words of runs and of how they end: a sentence with one of them tells what was recorded. */
const runs = word(
  `runs|recorded run|seeds|(one|single|each|every|a) run|medians?|(left|stays?|stayed) (at|near) chance|` +
    'diverged?|recover(s|ed)|overflows?|learns?|learned|trains|trained|loss(es)?|accurac(y|ies)|' +
    '(at|with) (depth|bias)|(in )?the table',
);

/** What stands for a fact in a sentence; the names of its values follow, so that a superlative can be theirs. */
const FACT = '\u0001';
/** What stands for a citation: what somebody else reports is typed. */
const CITED = '\u0000';

/**
 * Counts and ranks that were typed, with the nodes that hold them: in a sentence that shows a fact from a
 * recording or, in a chapter, speaks of runs. Formulas and exercises are left to the author, and what is
 * cited was counted by others.
 */
export function typedCounts(
  root: MdastNode,
  { chapter }: { chapter: boolean },
): { node: MdastNode; words: string }[] {
  const isExercise = (node: MdastNode) => isElement(node) && node.name === 'Exercise';
  return nodesOf(root, isExercise).flatMap((node) =>
    readIn(node).flatMap((text) =>
      sentences(text).flatMap((sentence) => {
        if (sentence.includes(CITED)) return [];
        const said = sentence.replaceAll(FACTS_IN, ' ');
        if (said === sentence && !(chapter && runs.test(said))) return [];
        const values = [...sentence.matchAll(FACTS_IN)].map(([, names]) => names!.toLowerCase());
        // What <Ranked> names stands in the order that the recordings give.
        const ordered = sentence.includes(`${FACT}Ranked `);
        const found = [...counts, ...(ordered ? [] : ranks)]
          .map((pattern) => pattern.exec(said)?.[0])
          .filter((words) => words !== undefined)
          .find((words) => !values.some((names) => isTheirs(words, names)));
        return found === undefined ? [] : [{ node, words: found }];
      }),
    ),
  );
}

const FACTS_IN = new RegExp(`${FACT}([^${FACT}]*)${FACT}`, 'g');

/** Whether a superlative names a value that the sentence shows: "the largest loss was …" of largestLoss. */
const isTheirs = (words: string, names: string): boolean =>
  words
    .toLowerCase()
    .split(' ')
    .some((one) => one.endsWith('st') && one !== 'most' && names.includes(one));

const readIn = (node: MdastNode): string[] =>
  passagesOf(node, (inner) => {
    if (!isElement(inner)) return undefined;
    if (inner.name === 'Cite') return CITED;
    return (inner.name ?? '') in FACTS
      ? `${FACT}${inner.name} ${valuesOf(inner)}${FACT}`
      : undefined;
  });

const valuesOf = (element: Element): string => {
  const { value, above, below } = propsOf(element);
  return [value, above, below].filter((name) => typeof name === 'string').join(' ');
};

const sentences = (text: string): string[] => text.split(/(?<=[.!?;:][”’)]?)\s+/);
