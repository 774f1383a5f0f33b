import katex from 'katex';
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
    return katex.renderToString(tex, {
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
