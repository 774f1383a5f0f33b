/** Short commands that every formula may use. */
export const macros: Record<string, string> = {
  '\\Var': '\\operatorname{Var}',
  '\\Cov': '\\operatorname{Cov}',
  '\\E': '\\operatorname{\\mathbb{E}}',
  '\\tr': '\\operatorname{tr}',
  '\\diag': '\\operatorname{diag}',
  '\\sign': '\\operatorname{sign}',
  '\\R': '\\mathbb{R}',
};
