import katex from 'katex';
import { markupOf } from './tree.ts';
import { macros } from './macros.ts';

/** A formula that KaTeX refuses; `position` counts characters from the formula's start. */
export class FormulaError extends Error {
  position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'FormulaError';
    this.position = position;
  }
}

/**
 * HTML of a formula, with MathML for screen readers beside it.
 *
 * @throws FormulaError where the TeX is wrong or unsupported.
 */
export function renderFormula(tex: string, { display }: { display: boolean }): string {
  try {
    return markupOf(tex, {
      displayMode: display,
      throwOnError: true,
      strict: 'error',
      // KaTeX writes \gdef back into the object it is given.
      macros: { ...macros },
    });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const position = (error as { position?: number }).position ?? 0;
    const said = (error as { rawMessage?: string }).rawMessage ?? error.message;
    throw new FormulaError(said, position);
  }
}

/**
 * The HTML of a formula within a line, with the punctuation that follows it set inside, so that no
 * line ends between the two: browsers break a line behind an inline block whatever follows. It stands
 * twice, as the formula does: in the last box that is seen, and beside the MathML that is read out.
 */
export function withPunctuation(formula: string, mark: string): string {
  const end = '</span></span></span>';
  if (mark === '' || !formula.endsWith(end) || !formula.includes('</math></span>')) return formula;
  return (
    formula.slice(0, -end.length).replace('</math></span>', `</math>${mark}</span>`) + mark + end
  );
}
