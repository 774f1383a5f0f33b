import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chapterNumbers } from '../../src/site/book/chapter-numbers';
import { citationCheck } from '../../src/site/citations/plugin';
import { mathPlugin } from '../../src/site/math/plugin';
import { collectClaims } from '../../src/site/claims/collect';
import { refuseMarkdown } from '../../src/site/build/content-rules';
import { compile } from '../unit/site/compile';
import { root } from '../config/root';
import { problemsOf } from '../support/content';
import { known } from '../support/known';
import { misspelt } from '../support/spelling';

const path = 'content/vanishing-gradients.mdx';
const chapter = readFileSync(`${root}${path}`, 'utf8');

/** The chapter with one thing changed, which must be there to change. */
function changed(before: string | RegExp, after: string): string {
  const text = chapter.replace(before, after);
  expect(text).not.toBe(chapter);
  return text;
}

/** The line of a text on which a part of it begins. */
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a published chapter with one mistake fails, with file and line, what is wrong and what is allowed', () => {
  const widget = '<Widget id="vanishing-depth" preset="plateau" />';
  const cases: [mistake: string, before: string | RegExp, after: string, said: RegExp][] = [
    [
      'widget',
      widget,
      '<Widget id="vanishing" />',
      /no widget "vanishing"; the widgets are .*vanishing-depth/,
    ],
    ['parameter', widget, '<Widget id="vanishing-depth" depht={4} />', /depht.*depth/],
    [
      'value of a parameter',
      widget,
      '<Widget id="vanishing-depth" depth={400} />',
      /depth.*1.*50.*400|400.*1.*50/,
    ],
    ['preset', widget, '<Widget id="vanishing-depth" preset="plateu" />', /plateu.*plateau/],
    [
      'name of a measured value',
      '<Measured of="vanishing-depth" preset="plateau" value="plateauSteps" />',
      '<Measured of="vanishing-depth" preset="plateau" value="plateauStep" />',
      /value="plateauStep" is not recorded; the values are .*plateauSteps/,
    ],
    [
      'entry of a measured value',
      '<Measured of="vanishing-depth" preset="plateau" value="plateauSteps" />',
      '<Measured of="vanishing-depth" preset="plateau" value="plateauSteps" at={2} />',
      /value="plateauSteps" is one number, so it takes no at/,
    ],
    [
      'citation',
      '<Cite id="saxe2014" />',
      '<Cite id="saxe2041" />',
      /"saxe2041", which content\/bibliography\.json does not hold/,
    ],
    [
      'glossary term',
      '<Term id="softmax">',
      '<Term id="soft-max">',
      /<Term> names "soft-max"; content\/glossary holds .*softmax/,
    ],
    [
      'spelling of a term',
      'minus the logarithm',
      'the cross entropy, minus the logarithm',
      /"cross entropy" is spelt "cross-entropy"/,
    ],
    [
      'link',
      '## A plateau, not a wall',
      'See [the next chapter](../exploding/).\n\n## A plateau, not a wall',
      /\.\.\/exploding\/ leads to no page; a chapter is linked as \.\.\/its-file-name\//,
    ],
    [
      'place in a page',
      '## A plateau, not a wall',
      'See [the critical rate](../exploding-gradients/#critical).\n\n## A plateau, not a wall',
      /#critical leads to no heading or id; there are .*the-critical-learning-rate/,
    ],
    ['heading', '### Why a factor', '##### Why a factor', /is of level 5 and follows level 2/],
    [
      'component',
      widget,
      '<Wigdet id="vanishing-depth" />',
      /there is no <Wigdet>; a chapter may use .*<Widget>/,
    ],
    [
      'typed number',
      '## A plateau, not a wall',
      'We measured 0.23.\n\n## A plateau, not a wall',
      /"0\.23" stands beside "measured" but was typed by hand/,
    ],
    [
      'typed result',
      '## A plateau, not a wall',
      'The training loss ended at 0.23.\n\n## A plateau, not a wall',
      /"0\.23" stands beside "loss" but was typed by hand/,
    ],
    [
      'length of the description',
      /^description: .*$/m,
      'description: Short.',
      /"description" must have 50 to 160 characters.*it has 6/,
    ],
    [
      'reading time',
      /^minutes: .*$/m,
      'minutes: long',
      /"minutes" must be the reading time in whole minutes, 1 to 120; it is "long"/,
    ],
    [
      'front-matter field',
      /^minutes: /m,
      'level: hard\nminutes: ',
      /"level" is no field of the front matter\. A chapter has title/,
    ],
  ];
  test.each(cases)('a wrong %s', (_, before, after, said) => {
    const text = changed(before, after);
    const [problem, ...others] = problemsOf(path, text, known);
    expect(others).toEqual([]);
    expect(problem).toMatch(said);
    const [first = ''] = after.split('\n');
    expect(problem).toMatch(new RegExp(`^${path}:${lineOf(text, first)}: `));
  });

  test('a misspelt word', async () => {
    const [problem] = await misspelt(path, changed('minus the logarithm', 'minus the logaritm'));
    expect(problem).toMatch(/mdx:\d+: "logaritm" is in no dictionary: correct it, or add it to/);
  });
});

describe('the build stops, with file, line and column', () => {
  const built = (text: string) => () => compile(text, citationCheck, mathPlugin, chapterNumbers);
  const cases: [mistake: string, text: string, said: RegExp][] = [
    [
      'a wrong formula',
      'So\n\n$$\n\\frac{1}{\n$$\n',
      /^content\/example\.mdx:\d+:\d+: .*(Expected|Unexpected)/,
    ],
    [
      'an unknown source',
      'So <Cite id="nobody1900" />.',
      /^content\/example\.mdx:1:4: .*nobody1900.*Known ids: .*glorot2010/,
    ],
    [
      'an unknown source of a claim',
      '<Claim id="a" says="A." claimedBy="nobody1900" />',
      /^content\/example\.mdx:1:1: .*nobody1900/,
    ],
    [
      'a reference to no figure',
      'See <Ref to="figur" />.',
      /^content\/example\.mdx:1:5: <Ref to="figur"> names nothing/,
    ],
    ['an unknown equation', 'By $\\eqref{eq:none}$.', /^content\/example\.mdx:1:\d+: .*eq:none/],
  ];
  test.each(cases)('at %s', (_, text, said) => {
    expect(built(text)).toThrow(said);
  });

  test('at a claim that is not written as it should be', () => {
    const text = 'Text.\n\n<Claim id="a" says="A." examinedBy="he2016" of="vanishing-depth" />\n';
    expect(() => collectClaims([{ slug: 'x', file: 'content/x.mdx', text }])).toThrow(
      'content/x.mdx:3: <Claim>: value="…" is missing: name the recorded value that decides.',
    );
  });

  test('at a claim of which nobody says who makes it', () => {
    const text = 'Text.\n\n<Claim id="a" says="A." />\n';
    expect(() => collectClaims([{ slug: 'x', file: 'content/x.mdx', text }])).toThrow(
      'content/x.mdx:3: <Claim>: claimedBy="…" is missing: name who says it, by an id of content/bibliography.json; or',
    );
  });

  test('at a chapter in plain Markdown', () => {
    expect(refuseMarkdown(['new.md'])).toMatch(
      /^content\/new\.md: chapters end in \.mdx.*new\.mdx\.$/,
    );
  });
});
