import { describe, expect, test } from 'vitest';
import { authoredSettings } from '../../src/kit/authored';
import { choice, int } from '../../src/kit/parameters';
import type { AnyWidget } from '../../src/kit/widget';
import { FACTS } from '../../src/site/facts';
import { problemsOf, type Known } from '../support/content';

const toy: Pick<AnyWidget, 'params' | 'presets'> = {
  params: {
    depth: int({ label: 'Depth', min: 1, max: 50, default: 10 }),
    kind: choice({ label: 'Kind', options: [{ value: 'a', label: 'A' }], default: 'a' }),
  },
  presets: { problem: { label: 'Problem', params: {} } },
};

const known: Known = {
  components: [
    'Widget',
    'Measured',
    'Counted',
    'Ranked',
    'Checked',
    'Cite',
    'Claim',
    'Term',
    'Exercise',
    'Answer',
    'Prediction',
    'Summary',
    'Figure',
  ],
  widgets: new Map([['toy', toy]]),
  sources: ['glorot2010'],
  terms: new Map([['cross-entropy', { term: 'cross-entropy', not: ['cross entropy'] }]]),
  tell: (tag, attributes) => {
    const { value, at } = attributes;
    const own = ['of', 'preset', ...(FACTS[tag]?.own ?? [])];
    const parameters = Object.entries(attributes).filter(([name]) => !own.includes(name));
    authoredSettings(toy as AnyWidget, attributes['preset'], Object.fromEntries(parameters));
    if ((value !== 'ratio' && value !== 'largestRatio') || Number(at ?? 1) > 3)
      throw new Error(`value="${String(value)}" is not recorded; the values are ratio.`);
  },
  ask: ({ of, choices, draw }) => {
    if (of === undefined) throw new Error('of="…" is missing.');
    if (draw !== undefined && draw !== 'norms')
      throw new Error(`draw="${String(draw)}" is no curve.`);
    if (draw === undefined && !Array.isArray(choices)) throw new Error('choices must be a list.');
  },
  pages: new Map([['other', new Set(['part'])]]),
  outside: new Set(['https://example.org/a']),
};

const frontmatter = `---
title: A chapter
description: A description that is long enough to say what the reader of this chapter will see.
part: The problem
order: 10
minutes: 15
prerequisites:
  - other
objectives:
  - Say what it shows.
authors:
  - A contributor
---
`;

const ending = `
As shown <Cite id="glorot2010" />.

<Exercise title="Count">

How many?

<Answer>

Four.

</Answer>
</Exercise>

<Summary>

- One point.

</Summary>
`;

const chapter = (body: string, head = frontmatter, end = ending) => `${head}\n${body}\n${end}`;
const problems = (text: string) => problemsOf('content/x.mdx', text, known);

describe('a sound chapter', () => {
  const bodies = [
    '## One\n\n### Two\n\n## Three',
    '<Widget id="toy" depth={30} />\n\n<Widget id="toy" preset="problem" />',
    'It was measured as <Measured of="toy" preset="problem" value="ratio" at={2} digits={2} /> in layer 3.',
    'With a learning rate of 0.3 the loss rises. Chance is an accuracy of $0.1$, or $10\\%$.',
    'The network reached an accuracy of 97.5 % there <Cite id="glorot2010" />.',
    '<Exercise title="By hand">\n\nThe loss ended at 0.23.\n\n<Answer>\n\nIt reached 5 %.\n\n</Answer>\n</Exercise>',
    '## One\n\nSee [the part on one](#one) and <Claim id="x" says="It." claimedBy="glorot2010" />, [the claim on x](#claim-x).',
    'They measured it in 2010. Theory says $\\sqrt\\chi = 0.236$, or 0.24.',
    'See [the other chapter](../other/#part) and [the paper on it](https://example.org/a).',
    'The <Term id="cross-entropy">cross-entropy</Term> is small, and `cross entropy` is code.',
    '<Figure description="A line." caption="It rises.">\n  <svg viewBox="0 0 1 1" />\n</Figure>',
    '<Counted of="toy" value="ratio" above={1} capital /> ended above 1.',
    'It ended first: <Checked of="toy" value="ratio" above={1} in="most">most runs do</Checked>.',
    'The largest ratio on the way was <Measured of="toy" value="largestRatio" />, of <Ranked of="toy" value="ratio" largest leading={1} />.',
    'Most networks of the survey learned <Cite id="glorot2010" />.',
    'It costs \\$5 and then \\$10, or $5\\,\\text{dollars}$, for $x$-axes and $\\sigma_w$s’ $a b$.',
    '| $\\lvert x \\rvert$ | a \\| b |\n| --- | --- |\n| 1 | `x` |',
    "<Prediction choices={['Yes', 'No']}>\n\nDoes it?\n\n</Prediction>",
    "<Prediction of=\"toy\" choices={[{ says: 'Yes', when: { value: 'ratio', above: 1 } }, { says: 'No' }]}>\n\nDoes it?\n\n</Prediction>",
    '<Prediction of="toy" draw="norms">\n\nHow?\n\n</Prediction>',
    'The set \\{1, 2\\} or $\\{1, 2\\}$ or `{1, 2}`. {/* A remark. */}',
    '## The *factor* `chi` of [one layer](../other/)',
    '$$\n\\begin{array}{lcr} a & b & c \\end{array} \\operatorname{rank} \\label{eq:long-name}\n$$',
    'Most people have heard of it, and only few deny it. It takes at least $n$ runs.',
  ];
  test.each(bodies)('may hold %s', (body) => {
    expect(problems(chapter(body))).toEqual([]);
  });
});

describe('a chapter fails that holds', () => {
  const bodies: [body: string, sentence: string][] = [
    ["import X from './x';\n", 'content may not import or export'],
    ['export const x = 1;\n', 'content may not import or export'],
    ['<Wdget id="toy" />', 'there is no <Wdget>; a chapter may use <Widget>'],
    [
      '<Prediction of="toi" choices={[\'Yes\']}>\n\nDoes it?\n\n</Prediction>',
      '<Prediction> names no widget "toi"; the widgets are toy',
    ],
    [
      '<Prediction of="toy" draw="loss">\n\nHow?\n\n</Prediction>',
      '<Prediction> of toy: draw="loss" is no curve.',
    ],
    [
      "<Prediction choices={[{ says: 'Yes' }]}>\n\nDoes it?\n\n</Prediction>",
      '<Prediction> names no widget ""; the widgets are toy',
    ],
    ['<Widget id="toi" />', '<Widget> names no widget "toi"; the widgets are toy'],
    ['<Widget id="toy" depth={99} />', '<Widget> of toy: '],
    ['<Widget id="toy" depht={9} />', '<Widget> of toy: '],
    ['<Widget id="toy" kind="b" />', '<Widget> of toy: '],
    ['<Widget id="toy" preset="none" />', '<Widget> of toy: '],
    ['It is <Measured of="toi" value="x" />.', '<Measured> names no widget "toi"'],
    ['It is <Measured of="toy" />.', '<Measured> of toy: value="undefined" is not recorded'],
    ['It is <Measured of="toy" preset="none" value="x" />.', '<Measured> of toy: '],
    ['It is <Measured of="toy" depth={99} value="x" />.', '<Measured> of toy: '],
    [
      'It is <Measured of="toy" value="nope" />.',
      '<Measured> of toy: value="nope" is not recorded',
    ],
    ['It is <Measured of="toy" value="ratio" at={4} />.', '<Measured> of toy: value="ratio"'],
    ['So <Cite id="nobody1900" />.', '"nobody1900", which content/bibliography.json does not hold'],
    ['So <Cite ids="glorot2010,nobody1900" />.', '"nobody1900"'],
    ['So <Cite />.', '<Cite> names no source'],
    ['So <Claim id="x" says="It." examinedBy="nobody1900" />.', '<Claim> names "nobody1900"'],
    ['The <Term id="crossentropy">loss</Term>.', '<Term> names "crossentropy"; content/glossary'],
    ['A small cross entropy.', '"cross entropy" is spelt "cross-entropy" in this book'],
    ['Cross entropy is small.', '"cross entropy" is spelt "cross-entropy" in this book'],
    [
      '<Figure description="A cross entropy." caption="It rises.">\n  <svg viewBox="0 0 1 1" />\n</Figure>',
      '"cross entropy" is spelt "cross-entropy"',
    ],
    [
      '<Claim id="x" says="The cross entropy is small." claimedBy="glorot2010" />',
      '"cross entropy" is spelt "cross-entropy"',
    ],
    [
      '<Claim id="x" says="It." claimedBy="glorot2010" quantity="the cross entropy" />',
      '"cross entropy" is spelt "cross-entropy"',
    ],
    ['# Again', 'the title is the only heading of level 1'],
    ['### Deep', 'is of level 3 and follows level 1'],
    ['## One\n\n#### Deep', 'is of level 4 and follows level 2'],
    ['Click [here](../other/).', 'the label "here" does not say where the link leads'],
    ['See [this page](../other/).', 'the label "this page" does not say'],
    ['See [https://example.org/a](https://example.org/a).', 'does not say where the link leads'],
    ['See [](../other/).', 'has no label'],
    ['See [the chapter on x](/other/).', 'breaks where the site lies under a sub-path'],
    ['See [the chapter on x](../nowhere/).', '../nowhere/ leads to no page'],
    [
      'See [the part on x](../other/#prat).',
      '../other/#prat leads to no heading or id; there are part',
    ],
    ['## One\n\nSee [the part on one](#two).', '#two leads to no heading or id; there are one'],
    ['See [the chapter on x](../other).', 'lacks the slash'],
    ['See [the paper on x](http://example.org/).', 'http://example.org/ is no https address'],
    [
      'See [the paper on x](https://example.org/b).',
      'https://example.org/b is not in content/outside-links.json',
    ],
    ['It costs $5 and then $10 more.', '“and” in the formula $5 and then $ is set as a product'],
    ['It costs $5 or $10 more.', '$5 or $ is set as a formula: a dollar sign that is none'],
    ['From $5–$10.', '$5–$ is set as a formula'],
    ['So $x loss$ falls.', '“loss” in the formula $x loss$ is set as a product'],
    ['$$\nx = loss\n$$', '“loss” in the formula'],
    [
      '| a | b |\n| --- | --- |\n| 1 | 2 |\n| $|x|$ | 3 |',
      'this row has 4 cells under a head of 2: bars in a formula are \\lvert',
    ],
    ['| a | b |\n| --- | --- |\n| 1 |', 'this row has 1 cells under a head of 2'],
    ['| a | $|x|$ |\n| --- | --- |\n| 1 | 2 |', 'this is no table'],
    ['It is the set {1, 2, 3}.', '{1, 2, 3} is run as a program and shows its value'],
    ['{4}', '{4} is run as a program'],
    ['## The factor $\\chi_1$ of one layer', 'the heading holds $\\chi_1$, which the contents'],
    [
      '## After <Measured of="toy" value="ratio" at={2} /> steps',
      'the heading holds <Measured of="toy" value="ratio" at={2} />, which',
    ],
    [
      '<Figure description="A line." caption="It is $x$.">\n  <svg viewBox="0 0 1 1" />\n</Figure>',
      '$x$ stands in an attribute',
    ],
    ['![](./x.png)', 'has no description'],
    [
      '<Figure caption="It rises.">\n  <svg viewBox="0 0 1 1" />\n</Figure>',
      '<Figure> has no description',
    ],
    ['The ratio was measured as 5.3e-6.', 'was typed by hand'],
    ['We measured $0.236$ a layer.', 'was typed by hand'],
    ['A measurement gave **12** steps.', 'was typed by hand'],
    ['The training loss ended at 0.23.', '"0.23" stands beside "loss"'],
    ['The network reached 97 % of the test images.', '"97 %" stands beside "reached"'],
    ['In the median it was 1.5e-3.', '"1.5e-3" stands beside "median"'],
    ['In these runs it came to 5 percent.', '"5 percent" stands beside "runs"'],
    ['- Its accuracy: 0.97', '"0.97" stands beside "accuracy"'],
    ['| a | b |\n| --- | --- |\n| tanh | a loss of 0.3 |', '"0.3" stands beside "loss"'],
    [
      '<Figure description="A line." caption="The loss ended at 0.3.">\n  <svg viewBox="0 0 1 1" />\n</Figure>',
      '"0.3" stands beside "loss"',
    ],
    ['| Measured | 0.3 |\n| --- | --- |\n| a | b |', 'was typed by hand'],
    ['More than half of its runs end above chance.', '"More than half" counts or ranks runs'],
    ['ELU diverges there in most runs.', '"most" counts'],
    ['It rises, but to <Measured of="toy" value="ratio" /> only.', '"only" counts'],
    ['None of the three depths trained.', '"None" counts'],
    ['It stalls in all ten runs.', '"all ten runs" counts'],
    ['It stays at chance in every recorded run.', '"every recorded run" counts'],
    ['Three of ten runs overflow.', '"Three of ten" counts'],
    ['The loss, as medians of ten runs:', '"ten runs" counts'],
    ['Some of the runs overflow.', '"Some of the runs" counts'],
    ['It never overflows.', '"never" counts'],
    ['Neither is overtaken in a run.', '"Neither" counts'],
    ['At depth 20 ELU and SELU lead.', '"lead" counts'],
    ['ELU has the smallest loss.', '"the smallest" counts'],
    ['In the median SELU gains most.', '"most" counts'],
    ['The smallest ratio was <Measured of="toy" value="ratio" />.', '"The smallest" counts'],
    ['- SiLU gains the least in accuracy.', '"the least" counts'],
    ['| a | b |\n| --- | --- |\n| tanh | learns in all runs |', '"all runs" counts'],
  ];
  test.each(bodies)('%s', (body, sentence) => {
    const found = problems(chapter(body));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^content\/x\.mdx:\d+: /);
    expect(found[0]).toContain(sentence);
  });
});

describe('a chapter fails without', () => {
  const without = (part: RegExp) => chapter('Text.', frontmatter, ending.replace(part, ''));
  const parts: [part: string, text: string, sentence: string][] = [
    ['exercises', without(/<Exercise[\s\S]*<\/Exercise>/), 'a chapter has exercises'],
    ['an answer', without(/<Answer>[\s\S]*<\/Answer>/), 'an <Exercise> holds an <Answer>'],
    ['references', without(/<Cite.*/), 'a chapter has references'],
    ['a summary', without(/<Summary>[\s\S]*<\/Summary>/), 'a chapter ends with a <Summary>'],
  ];
  test.each(parts)('%s', (_part, text, sentence) => {
    expect(problems(text)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('front matter fails', () => {
  const cases: [change: string, head: string, sentence: string][] = [
    ['without a title', frontmatter.replace(/title:.*\n/, ''), '"title" is missing'],
    [
      'with a short description',
      frontmatter.replace(/description:.*/, 'description: Short.'),
      '50 to 160',
    ],
    [
      'with a formula in its title',
      frontmatter.replace('A chapter', 'The factor $x$'),
      '"title" holds $x$, which is shown as it is written',
    ],
    ['with minutes in words', frontmatter.replace('15', 'fifteen'), '"minutes" must be'],
    ['with a field that is none', frontmatter.replace('order:', 'colour: red\norder:'), '"colour"'],
    [
      'with a term spelt otherwise',
      frontmatter.replace('Say what it shows.', 'Say what cross entropy is.'),
      '"cross entropy" is spelt "cross-entropy"',
    ],
    [
      'with a prerequisite that is no chapter',
      frontmatter.replace('- other', '- othre'),
      '"othre" names no chapter',
    ],
  ];
  test.each(cases)('%s', (_change, head, sentence) => {
    expect(problems(chapter('Text.', head))).toEqual([expect.stringContaining(sentence)]);
  });

  test('where there is none', () => {
    expect(problems(chapter('Text.', '')).length).toBeGreaterThan(0);
  });
});
