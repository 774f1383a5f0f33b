const LABEL = /\\label\{([^}]*)\}/g;
const NAME = /^eq:[a-z0-9]+(-[a-z0-9]+)*$/;

/** A formula's label and the formula without it; the label's place is kept by blanks. */
export interface Labelled {
  tex: string;
  label: string | undefined;
  /** What is wrong with its labels, and where in the formula. */
  problem: { message: string; position: number } | undefined;
}

/** Takes `\label{eq:name}` out of a display formula. */
export function takeLabel(tex: string): Labelled {
  const found = [...tex.matchAll(LABEL)];
  const blank = tex.replace(LABEL, (whole) => ' '.repeat(whole.length));
  const first = found[0];
  if (!first) return { tex, label: undefined, problem: undefined };
  const label = first[1]!;
  if (!NAME.test(label)) {
    return {
      tex: blank,
      label: undefined,
      problem: {
        message:
          `\\label{${label}} is no label: write eq: and lower-case words, digits and hyphens, ` +
          'as in \\label{eq:chain-rule}.',
        position: first.index,
      },
    };
  }
  const second = found[1];
  return {
    tex: blank,
    label,
    problem: second && {
      message: `one formula has one number, but here is a second \\label{${second[1]}}.`,
      position: second.index,
    },
  };
}

/** The label that a reference such as `\eqref{eq:chain-rule}` names, if the formula is one. */
export function takeReference(tex: string): string | undefined {
  return /^\s*\\(?:eq)?ref\{([^}]*)\}\s*$/.exec(tex)?.[1];
}

/** The element id of a labelled formula: `eq:chain-rule` becomes `eq-chain-rule`. */
export const equationId = (label: string): string => label.replace(':', '-');
