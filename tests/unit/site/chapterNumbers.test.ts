import { describe, expect, test } from 'vitest';
import { chapterNumbers } from '../../../src/site/book/chapter-numbers.ts';
import { compile } from './compile.ts';

const compiled = (...lines: string[]) => compile(lines.join('\n\n'), chapterNumbers);
const squeeze = (code: string) => code.replace(/\s+/g, ' ');

describe('figures', () => {
  test('are numbered in the order of the text, widgets among them', () => {
    const code = squeeze(
      compiled(
        '<Figure description="a" />',
        '<Widget id="flow" />',
        '<Figure id="b" description="b" />',
      ),
    );
    expect(code).toContain('number: "1", id: "figure-1"');
    expect(code).toContain(
      '_jsx(Numbered, { number: "2", id: "flow", children: _jsx(Widget, { id: "flow" })',
    );
    expect(code).toContain('number: "3", id: "b"');
  });

  test('are counted apart from exercises', () => {
    const code = squeeze(compiled('<Figure description="a" />', '<Exercise title="t" />'));
    expect(code).toContain('number: "1", id: "exercise-1"');
  });

  test('are found inside other components', () => {
    const code = squeeze(
      compiled('<Exercise title="t">', '<Figure id="inner" description="a" />', '</Exercise>'),
    );
    expect(code).toContain('id: "inner"');
    expect(code).toContain('id: "exercise-1"');
  });

  test('may show one widget twice', () => {
    const code = compiled('<Widget id="flow" />', '<Widget id="flow" depth={3} />');
    expect(code).toContain('"flow-2"');
  });

  test('must not share an id', () => {
    expect(() =>
      compiled('<Figure id="a" description="x" />', '<Figure id="a" description="y" />'),
    ).toThrow('content/example.mdx:3:1: the id "a" is used twice in this file.');
  });
});

describe('<Ref>', () => {
  test('becomes a link with word and number, also before what it names', () => {
    const code = compiled(
      'See <Ref to="flow" /> and <Ref to="exercise-1" />.',
      '<Widget id="flow" />',
      '<Exercise />',
    );
    expect(code).toContain('<a href=\\"#flow\\">Figure\\xA01</a>');
    expect(code).toContain('<a href=\\"#exercise-1\\">Exercise\\xA01</a>');
  });

  test('stops the build where it names nothing', () => {
    expect(() => compiled('See <Ref to="nosuch" />.', '<Figure id="a" description="x" />')).toThrow(
      'content/example.mdx:1:5: <Ref to="nosuch"> names nothing that is numbered in this file. Known: a.',
    );
  });
});

describe('<SideNote>', () => {
  test('keeps its place within a sentence', () => {
    expect(squeeze(compiled('A<SideNote>n</SideNote> b.'))).toMatch(
      /"A", _jsx\(SideNote, \{ number: "1", id: "note-1", children: "n" \}\)/,
    );
  });

  test('as a paragraph of its own joins the paragraph before', () => {
    const code = squeeze(compiled('Before.', '<SideNote>\nA *note*.\n</SideNote>', 'After.'));
    expect(code).toMatch(/"Before\.", _jsx\(SideNote, \{ number: "1", id: "note-1"/);
  });

  test('stops the build where there is no paragraph before it', () => {
    expect(() => compiled('## Head', '<SideNote>\nA note.\n</SideNote>')).toThrow(
      'content/example.mdx:3:1: a <SideNote> holds one paragraph, and stands after a paragraph or within one.',
    );
  });
});
