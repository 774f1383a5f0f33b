import { describe, expect, test } from 'vitest';
import { termSchema } from '../../src/site/glossary/term';
import { renderFormula } from '../../src/site/math/render';
import { frontmatterOf } from '../support/content';
import { contentFiles, termFiles } from '../support/known';
import { symbolProblems, termProblems, type File } from '../support/symbols';
import { symbolsIn } from '../support/texSymbols';

const terms = termFiles.map(({ path, text }) => ({
  path,
  ...termSchema.parse(frontmatterOf(text)),
}));

describe('the book', () => {
  test('declares each symbol in the chapter that introduces it, with one meaning for all', () => {
    expect(symbolProblems(contentFiles)).toEqual([]);
  });

  test('gives the words of the glossary the symbols that its chapters declare', () => {
    expect(termProblems(contentFiles, terms)).toEqual([]);
  });

  test('declares symbols that can be set', () => {
    for (const { text } of contentFiles)
      for (const tex of Object.keys((frontmatterOf(text) as { symbols?: object }).symbols ?? {}))
        expect(() => renderFormula(tex, { display: false })).not.toThrow();
  });
});

describe('the symbols of a formula', () => {
  const compounds = new Set(['\\sigma_w', 'q^*', 'n_{\\text{out}}']);
  const cases: [tex: string, symbols: string[]][] = [
    ['z_l = W_l\\, h_{l-1} + b_l', ['z', 'l', 'W', 'l', 'h', 'l', 'b', 'l']],
    ["\\varphi'(z)", ['\\varphi', 'z']],
    ['\\hat m + \\hat{m}_k', ['\\hat{m}', '\\hat{m}', 'k']],
    ['\\frac{\\partial\\mathcal{L}}{\\partial L}', ['\\mathcal{L}', 'L']],
    ['\\sigma_w^2 + \\sigma_{w}^{l}', ['\\sigma_w', '\\sigma_w', 'l']],
    ['\\sigma_b + q_l^2', ['\\sigma', 'b', 'q', 'l']],
    ['\\sqrt{q^*} z', ['q^*', 'z']],
    ['n_\\text{out} / n_{\\text{in}}', ['n_{\\text{out}}', 'n']],
    ['\\max_i x_i < \\ln 2', ['i', 'x', 'i']],
    ['\\Var(w) + \\E[h^2] + \\operatorname{std}(x)', ['w', '\\mathbb{E}', 'h', 'x']],
    ['2^{E} \\text{ for } \\mathrm{KL} = \\pi', ['E']],
    ['e^{-z} + e', ['z']],
    ['e_k', ['e', 'k']],
    ['\\int_0^1 z\\,dz', ['z', 'z']],
    ['d z', ['d', 'z']],
    [
      '\\underbrace{w}_{\\partial z/\\partial h} = \\Delta\\Phi',
      ['w', 'z', 'h', '\\Delta', '\\Phi'],
    ],
    ['\\begin{pmatrix} a & 0 \\\\ 0 & b \\end{pmatrix} \\label{eq:matrix}', ['a', 'b']],
    ['\\eqref{eq:matrix}', []],
  ];
  test.each(cases)('%s', (tex, symbols) => {
    expect(symbolsIn(tex, compounds)).toEqual(symbols);
  });
});

const chapter = (name: string, order: number, symbols: string[], body: string): File => ({
  path: `content/${name}.mdx`,
  text: `---\norder: ${order}\nsymbols:${symbols.map((line) => `\n  ${line}`).join('') || ' {}'}\n---\n\n${body}\n`,
});

const first = chapter(
  'first',
  10,
  ["'\\eta': learning rate", "'x': input, of a network", "'i': index", "'\\sigma_w': gain"],
  'The learning rate $\\eta$, the inputs $x_i$ and the gain $\\sigma_w$.',
);

describe('a book is sound', () => {
  const bodies = [
    'A sum over the inputs, $\\sum_i x_i$.',
    '<Exercise title="Input">\n\nHalve the learning\nrate $\\eta$ of $x$.\n\n<Answer>\n\n$\\eta/2$\n\n</Answer>\n</Exercise>',
    'The gain $\\sigma_w^2$, and $e^{-2}\\pi$ without a name.',
  ];
  test.each(bodies)('with a second chapter such as %s', (body) => {
    expect(symbolProblems([first, chapter('second', 20, [], body)])).toEqual([]);
  });

  test('with a second chapter that declares its own symbols, and a page that uses both', () => {
    const second = chapter('second', 20, ["'y': output"], 'The output $y$ of the input $x$.');
    const page = { path: 'content/page.mdx', text: '---\nkind: page\n---\n\n$y = \\eta x_i$\n' };
    expect(symbolProblems([page, second, first])).toEqual([]);
  });
});

describe('a book fails', () => {
  const second = (symbols: string[], body: string) => [first, chapter('second', 20, symbols, body)];
  const cases: [fault: string, files: File[], sentence: string][] = [
    [
      'with a symbol that no chapter declares',
      second([], 'An angle.\n\nHere $\\alpha = 2$.'),
      'content/second.mdx:8: no chapter declares the symbol \\alpha: use the one that has this meaning in the table at ../glossary/#symbols, or add it to "symbols" in the front matter',
    ],
    [
      'with such a symbol in an exercise',
      second(
        [],
        '<Exercise title="A">\n\nAs text.\n\n<Answer>\n\n$\\hat x = 2$\n\n</Answer>\n</Exercise>',
      ),
      'content/second.mdx:12: no chapter declares the symbol \\hat{x}: ',
    ],
    [
      'with an index that is no index of this symbol',
      second([], 'The gain $\\sigma_i$.'),
      'content/second.mdx:6: no chapter declares the symbol \\sigma: ',
    ],
    [
      'with a symbol that only a later chapter declares',
      [
        chapter('second', 20, ["'y': output"], 'The output $y$.'),
        chapter('zeroth', 5, [], 'The output $y$.'),
      ],
      'content/zeroth.mdx:6: the symbol y is declared by content/second.mdx, which comes later: ',
    ],
    [
      'with a symbol that two chapters declare',
      second(["'x': unknown"], 'An unknown input $x$.'),
      'content/second.mdx:4: the symbol x is declared by content/first.mdx already, as “input, of a network”: ',
    ],
    [
      'with a symbol that is declared and not used',
      second(["'y': output"], 'The output has no letter.'),
      'content/second.mdx:4: the symbol y is declared but stands in no formula of this chapter: ',
    ],
    [
      'with a declaration of more than one symbol',
      second(["'y + x': sum"], 'A sum.'),
      'content/second.mdx:4: "symbols" declares y + x, which is not one symbol: ',
    ],
    [
      'with a letter of another chapter in another meaning',
      second([], 'Let $\\eta$ be the efficiency.'),
      'content/second.mdx:6: the symbol \\eta stands for “learning rate” (content/first.mdx), which this chapter does not say: ',
    ],
    [
      'with a name that is only part of a word, or only code',
      second([], 'The again-gained $\\sigma_w$, in code `gain`.'),
      'content/second.mdx:6: the symbol \\sigma_w stands for “gain” (content/first.mdx), ',
    ],
    [
      'with a page that has symbols of its own',
      [first, { path: 'content/page.mdx', text: '---\nkind: page\n---\n\nLet $y = \\eta$.\n' }],
      'content/page.mdx:5: no chapter declares the symbol y: a page uses those of the chapters, in the table at ../glossary/#symbols',
    ],
  ];
  test.each(cases)('%s', (_, files, sentence) => {
    const problems = symbolProblems(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.slice(0, sentence.length)).toBe(sentence);
  });
});

describe('a word of the glossary', () => {
  const told = (term: string, symbol?: string) =>
    termProblems([first], [{ path: 'content/glossary/x.mdx', term, symbol }]);

  test.each([
    ['input', 'x_i'],
    ['gain', '\\sigma_w'],
    ['gain', undefined],
    ['sum', 'x + \\eta'],
  ])('may be %s with the symbol %s', (term, symbol) => {
    expect(told(term, symbol)).toEqual([]);
  });

  test.each([
    ['gain', 'g', 'no chapter declares g, of which “gain” has its symbol'],
    [
      'gain',
      'x',
      'x cannot be the symbol of “gain”, since content/first.mdx declares \\sigma_w as “gain”',
    ],
    [
      'signal',
      'x_i',
      'x_i cannot be the symbol of “signal”, since content/first.mdx declares x as “input, of a network”',
    ],
  ])('may not be %s with the symbol %s', (term, symbol, sentence) => {
    expect(told(term, symbol)).toEqual([expect.stringContaining(sentence)]);
  });
});
