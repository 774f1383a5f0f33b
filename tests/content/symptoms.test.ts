import Slugger from 'github-slugger';
import { describe, expect, test } from 'vitest';
import { collectSymptoms, readSymptom } from '../../src/site/symptoms/symptom';
import { FACTS } from '../../src/site/facts';
import { slugOf } from '../support/content';
import { contentFiles, known } from '../support/known';

const symptoms = contentFiles.flatMap(({ path, text }) =>
  collectSymptoms(slugOf(path), text).map((symptom) => ({ ...symptom, path, text })),
);

/** The text from a symptom's heading to the next one. */
const sectionOf = ({ text, title }: { text: string; title: string }): string => {
  const start = text.indexOf(`\n## ${title}\n`);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end === -1 ? undefined : end);
};

test('there are symptoms', () => {
  expect(symptoms.length).toBeGreaterThanOrEqual(10);
});

describe.each(symptoms)('$path: the symptom $id', (symptom) => {
  const section = sectionOf(symptom);

  test('stands in the section that its id leads to, and names a chapter', () => {
    expect(symptom.id).toBe(new Slugger().slug(symptom.title));
    expect([...known.pages.keys()]).toContain(symptom.chapter);
  });

  test('is reached by the tree of questions', () => {
    const tree = /<Decision[^]*<\/Decision>/.exec(symptom.text)?.[0];
    expect(tree).toContain(`](#${symptom.id})`);
  });

  test('has a listing, an order in which to try, and a run that shows it', () => {
    expect(section).toContain('```python torch ');
    expect(section).toContain('**Try, in this order.**');
    expect(section).toMatch(/\n<Widget id="/);
  });

  test('recommends no cure without a recording or a source', () => {
    const proofs = [...Object.keys(FACTS), 'Cite'].join('|');
    expect(section).toMatch(new RegExp(`<(${proofs}) `));
  });
});

describe('a symptom is refused', () => {
  const sound = {
    id: 'nan',
    chapter: 'exploding-gradients',
    log: ['loss nan'],
    tell: 'Look.',
    first: 'Try.',
    not: 'Wait.',
  };
  const cases: [change: object, sentence: string][] = [
    [{ tell: undefined }, 'tell="…" is missing'],
    [{ log: undefined }, 'log={["…"]} is missing: give lines of a log'],
    [{ log: 'loss nan' }, 'log={["…"]} is missing: give lines of a log'],
    [{ cure: 'x' }, 'there is no cure; a <Symptom> has log, id'],
  ];
  test.each(cases)('with %j', (change, sentence) => {
    const given = Object.fromEntries(
      Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(() => readSymptom(given)).toThrow(sentence);
  });

  test('under no heading, with the line', () => {
    expect(() => collectSymptoms('x', 'Text.\n\n<Symptom id="nan" />\n')).toThrow(
      '<Symptom> stands under the heading of its section.',
    );
  });
});
