import { describe, expect, test } from 'vitest';
import { woff2Only } from '../../../src/site/build/katex-fonts.ts';
import { equationId, takeLabel, takeReference } from '../../../src/site/math/labels.ts';
import { mathPlugin } from '../../../src/site/math/plugin.ts';
import { FormulaError, renderFormula } from '../../../src/site/math/render.ts';
import { mathProblems } from '../../support/mathml.ts';
import { compile } from './compile.ts';

const lines = (...all: string[]) => all.join('\n');

describe('a formula', () => {
  test('is set as HTML for the eye and MathML for the ear', () => {
    const html = renderFormula('\\frac{a}{b}', { display: true });
    expect(html).toContain('<math');
    expect(html).toContain('<mfrac>');
    expect(html).toContain('aria-hidden="true"');
  });

  test('stays as it is where a page is translated', () => {
    for (const display of [true, false])
      expect(renderFormula('x', { display })).toMatch(/^<span class="katex[^>]* translate="no">/);
  });

  test('keeps its backslashes and braces on the way through MDX', () => {
    const code = compile('A $\\mathbf{x}_{1} \\times b$ end.', mathPlugin);
    expect(code).toContain('\\\\mathbf{x}_{1} \\\\times b');
    expect(code).not.toContain('$');
  });

  test('may hold a less-than sign, which MDX alone would take for a tag', () => {
    expect(compile('Where $a<b$ holds.', mathPlugin)).toContain('&lt;');
  });

  test('may use the macros for variance and expectation', () => {
    expect(renderFormula('\\Var(x) = \\E[x^2]', { display: false })).toContain('Var');
  });

  test('says where it is wrong', () => {
    expect(() => renderFormula('a + \\nosuch', { display: false })).toThrow(FormulaError);
    try {
      renderFormula('a + \\nosuch', { display: false });
    } catch (error) {
      expect((error as FormulaError).position).toBe(4);
    }
  });
});

describe('the MathML of a formula is valid', () => {
  const formulas = [
    '\\lambda_{\\max} + \\max_x y',
    'a^{\\log}_{\\max} + \\frac{\\log}{\\Var} + \\sqrt[\\min]{\\max}',
    '\\hat{\\max} + \\underbrace{a b}_{\\max} + \\sum_{\\min}^{\\max}',
    '\\begin{array}{l|l} a & \\Var_x \\\\ c & d \\end{array} \\qquad \\tbinom{\\max}{b}',
  ];
  test.each(formulas)('%s', (tex) => {
    expect(mathProblems(renderFormula(tex, { display: true }))).toEqual([]);
  });

  test('as a check would find where it is not', () => {
    const math = (inner: string) =>
      mathProblems(`<p><math><semantics>${inner}<annotation>x</annotation></semantics></math></p>`);
    expect(math('<msub><mi>λ</mi><mi>max</mi><mo>\u2061</mo></msub>')).toEqual([
      'x: <msub> has 3 children (mi, mi, mo), not 2',
    ]);
    expect(math('<mi><mo>a</mo></mi>')).toEqual(['x: <mi> holds <mo>']);
    expect(math('<mrow>a<mspace width="1em"/></mrow>')).toEqual(['x: <mrow> holds the text a']);
    expect(math('<mtable><mtd></mtd></mtable>')).toEqual(['x: <mtable> holds <mtd>']);
    expect(math('<mrow><mwrong></mwrong></mrow>')).toEqual(['x: <mwrong> is no element of MathML']);
  });
});

describe('a wrong formula stops the build', () => {
  test('within a line, with file, line and column', () => {
    const source = lines('', '', 'Some text $x + \\nosuch$ here.');
    expect(() => compile(source, mathPlugin)).toThrow(/^content\/example\.mdx:3:16: .*\\nosuch/);
  });

  test('in a block of several lines', () => {
    const source = lines('Text.', '', '$$', 'a = b', '  + \\nosuch', '$$');
    expect(() => compile(source, mathPlugin)).toThrow(/^content\/example\.mdx:5:5: /);
  });

  test('in a list, where the block is indented', () => {
    const source = lines('- item', '', '  $$', '  a = \\nosuch', '  $$');
    expect(() => compile(source, mathPlugin)).toThrow(/^content\/example\.mdx:4:7: /);
  });

  test('inside a component', () => {
    const source = lines('<Exercise>', '', 'Show $\\nosuch$.', '', '</Exercise>');
    expect(() => compile(source, mathPlugin)).toThrow(/^content\/example\.mdx:3:7: /);
  });

  test('where a letter outside TeX stands in it', () => {
    expect(() => compile('$\\text{a} + ﷽$', mathPlugin)).toThrow(/^content\/example\.mdx:1:/);
  });
});

describe('numbered formulas', () => {
  const two = lines(
    'See $\\eqref{eq:second}$.',
    '',
    '$$',
    'a = b \\label{eq:first}',
    '$$',
    '',
    '$$',
    'unnumbered',
    '$$',
    '',
    '$$',
    'c = d \\label{eq:second}',
    '$$',
  );

  test('are counted in order, and only where they have a label', () => {
    const code = compile(two, mathPlugin);
    expect(code).toMatch(/id=\\"eq-first\\".*\(1\)/s);
    expect(code).toMatch(/id=\\"eq-second\\".*\(2\)/s);
    expect(code).not.toContain('(3)');
  });

  test('are linked to from before and after', () => {
    expect(compile(two, mathPlugin)).toContain(
      'class=\\"equation-reference\\" href=\\"#eq-second\\" aria-label=\\"Equation (2)\\">(2)</a>',
    );
  });

  test('leave no \\label in what KaTeX sees', () => {
    expect(compile(two, mathPlugin)).not.toContain('label{');
  });

  test('start again at 1 in the next file', () => {
    compile(two, mathPlugin);
    expect(compile(two, mathPlugin)).toMatch(/id=\\"eq-first\\".*\(1\)/s);
  });

  test('must not share a label', () => {
    const source = lines('$$', 'a \\label{eq:x}', '$$', '', '$$', 'b \\label{eq:x}', '$$');
    expect(() => compile(source, mathPlugin)).toThrow(
      'content/example.mdx:5:1: the label eq:x is used twice in this file.',
    );
  });

  test('have one label each', () => {
    const source = lines('$$', 'a \\label{eq:x} \\label{eq:y}', '$$');
    expect(() => compile(source, mathPlugin)).toThrow(/^content\/example\.mdx:2:16: .*eq:y/);
  });

  test('have labels of one form', () => {
    expect(() => compile(lines('$$', 'a \\label{Eq 1}', '$$'), mathPlugin)).toThrow(
      /^content\/example\.mdx:2:3: .*eq:chain-rule/,
    );
  });

  test('that a reference names must be there', () => {
    expect(() => compile(`${two}\n\nSee $\\eqref{eq:third}$.`, mathPlugin)).toThrow(
      'content/example.mdx:15:5: no formula of this file has \\label{eq:third}. ' +
        'Its labels: eq:first, eq:second.',
    );
  });
});

describe('labels', () => {
  test('are taken out without moving what follows', () => {
    const { tex, label } = takeLabel('a \\label{eq:x} + b');
    expect(label).toBe('eq:x');
    expect(tex.indexOf('+')).toBe('a \\label{eq:x} + b'.indexOf('+'));
  });

  test('become ids without a colon', () => {
    expect(equationId('eq:chain-rule')).toBe('eq-chain-rule');
  });

  test('are referred to by \\ref and \\eqref alone', () => {
    expect(takeReference('\\eqref{eq:x}')).toBe('eq:x');
    expect(takeReference(' \\ref{eq:x} ')).toBe('eq:x');
    expect(takeReference('x = \\eqref{eq:x}')).toBeUndefined();
  });
});

test('KaTeX’s fonts are woff2 alone', () => {
  const css =
    '@font-face{src:url(a.woff2) format("woff2"),url(a.woff) format("woff"),url(a.ttf) format("truetype")}';
  expect(woff2Only(css)).toBe('@font-face{src:url(a.woff2) format("woff2")}');
});

describe('punctuation behind a formula within a line', () => {
  test('is set inside the last box of the formula, and beside what is read out', () => {
    const code = compile('It is $a + b$. Then $c$, and so on.', mathPlugin);
    expect(code).toContain('</math>.</span>');
    expect(code).toMatch(/>b<\/span>\.<\/span><\/span><\/span>/);
    expect(code).toMatch(/>c<\/span>,<\/span><\/span><\/span>/);
    expect(code).toContain('" Then "');
    expect(code).toContain('" and so on."');
  });

  test('stays where it is behind a reference, a dollar and a word', () => {
    const source = lines(
      'By $\\eqref{eq:one}$. It costs \\$5\\$. So.',
      '',
      '$$',
      'a \\label{eq:one}',
      '$$',
    );
    const code = compile(source, mathPlugin);
    expect(code).toContain('". It costs $5$. So."');
  });
});
