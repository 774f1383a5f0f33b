import { describe, expect, test } from 'vitest';
import bibliography from '../../../content/bibliography.json' with { type: 'json' };
import type { Source } from '../../../src/site/citations/bibliography';
import { changesIn } from '../../../src/site/machine/changes';
import { toMarkdown } from '../../../src/site/machine/markdown';

const markdown = (...lines: string[]) =>
  toMarkdown(lines.join('\n\n'), {
    bibliography: bibliography as Source[],
    terms: new Map([['softmax', 'softmax']]),
    address: (path) => `https://example.org/${path}`,
  });

describe('a chapter as Markdown', () => {
  test('keeps words, formulas and tables as they are', () => {
    const text = '## A $x^2$\n\n| a | b |\n| --- | --- |\n| *c* | $$d$$ |';
    expect(markdown(text)).toBe(`${text}\n`);
  });

  test('tells what a figure shows, and leads to its setting', () => {
    const text = markdown('<Widget id="vanishing-depth" preset="cure" />');
    expect(text).toMatch(/^\*\*Figure 1: Depth makes the gradient vanish\.\*\* .*training loss/);
    expect(text).toContain('[Run it](https://example.org/widgets/vanishing-depth/?compare=tanh)');
  });

  test('leads to other pages by whole addresses, and leaves code alone', () => {
    expect(markdown('See [the *home*](../about/#why) and [below](#b), not `[x](../y/)`.')).toBe(
      'See [the *home*](https://example.org/about/#why) and [below](#b), not `[x](../y/)`.\n',
    );
  });

  test('has measured numbers, citations and terms in the line', () => {
    const text = markdown(
      'It is <Measured of="backprop-chain" preset="critical" value="biasFirstToLast" />' +
        ' <Cite id="glorot2010" />; <Cite id="he2016" narrative /> say <Term id="softmax" />.',
    );
    expect(text).toContain('It is 1 (Glorot & Bengio, 2010); He et al. (2016a) say softmax.');
    expect(text).toContain('## References\n\n- Glorot, X. & Bengio, Y. (2010).');
  });

  test('opens boxes, also within each other, and knows what stands further down', () => {
    const text = markdown(
      'See <Ref to="one" />.',
      '<Exercise id="one" title="Count">',
      'How many?<SideNote>A *note*.</SideNote>',
      '<Answer>\n\nFour.\n\n</Answer>',
      '</Exercise>',
      '<Prediction choices={["It can\'t", "It can"]}>\n\nCan it?\n\n</Prediction>',
    );
    expect(text).toBe(
      'See Exercise 1.\n\n**Exercise 1: Count.**\n\nHow many? (Note: A *note*.)\n\n' +
        "**Answer:** Four.\n\n**Predict:** Can it?\n\n- It can't\n- It can\n",
    );
  });
});

describe('after a title', () => {
  test.each([
    ['Count', 'Exercise 1: Count.'],
    ['Why not?', 'Exercise 1: Why not?'],
    ['Stop!', 'Exercise 1: Stop!'],
  ])('stands one mark: %s', (title, closed) => {
    const text = markdown(`<Exercise title="${title}">`, 'How?', '</Exercise>');
    expect(text).toBe(`**${closed}**\n\nHow?\n`);
  });

  test('of a source as well', () => {
    const text = markdown('<Cite id="santurkar2018" />');
    expect(text).toContain('How does batch normalization help optimization? Advances in');
  });
});

test('a changelog becomes its entries, dated where a version is', () => {
  const entries = changesIn(
    '# Changelog\n\nWords.\n\n## Unreleased\n\n- **One** thing\n  in `two` lines.\n\n## 0.1.0 (2026-11-24)\n\n- _The new page_: all of it, with snake_case. And more.\n',
  );
  expect(entries).toEqual([
    {
      version: 'Unreleased',
      date: undefined,
      title: 'One thing in two lines',
      text: 'One thing in two lines.',
    },
    {
      version: '0.1.0 (2026-11-24)',
      date: new Date('2026-11-24T00:00:00Z'),
      title: 'The new page: all of it, with snake_case',
      text: 'The new page: all of it, with snake_case. And more.',
    },
  ]);
});
