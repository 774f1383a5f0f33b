import katex from 'katex';
import { takeLabel, takeReference } from '../../src/site/math/labels.ts';
import { macros } from '../../src/site/math/macros.ts';

/** A node of KaTeX's parse tree, as far as it is read here. */
interface TexNode {
  type: string;
  text?: string;
  name?: string;
  label?: string;
  font?: string;
  base?: TexNode | null;
  sub?: TexNode | null;
  sup?: TexNode | null;
  body?: TexNode | TexNode[] | TexNode[][];
}

interface Parser {
  __parse: (tex: string, options: object) => TexNode[];
}

/**
 * KaTeX's own reading of a formula: it alone knows what each command means. Of a formula that it cannot
 * read it makes nothing here; the build stops there, with file and line.
 */
function parse(tex: string): TexNode[] {
  try {
    const parser = katex as unknown as Parser;
    return parser.__parse(tex, { displayMode: true, macros: { ...macros } });
  } catch {
    return [];
  }
}

const capitals = /^\\(Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega)$/;

/** Fonts that make another symbol of a letter; all others set words and units. */
const alphabets = ['mathbb', 'mathbf', 'mathcal', 'mathfrak', 'mathscr'];

/** Letters that mean the same in every book. */
const constants = ['\\pi'];

const braced = (tex: string): string => (/^(.|\\[a-zA-Z]+)$/.test(tex) ? tex : `{${tex}}`);

const isNode = (value: unknown): value is TexNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** What stands in a node, in the order of the formula. */
const inside = (node: TexNode): TexNode[] =>
  Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.flat(2).filter(isNode) : isNode(value) ? [value] : [],
  );

/** A node as TeX, as far as indices and accents need it. */
function show(node: TexNode): string {
  if (node.type === 'text') return `\\text{${inside(node).map(show).join('')}}`;
  if (node.type === 'supsub')
    return `${node.base ? show(node.base) : ''}${index('_', node.sub)}${index('^', node.sup)}`;
  return symbolOf(node) ?? node.text ?? node.name ?? inside(node).map(show).join('');
}

const index = (mark: '_' | '^', node: TexNode | null | undefined): string =>
  node ? mark + braced(show(node)) : '';

/** The symbol that a node is, with its accents and without indices; undefined where it is none. */
function symbolOf(node: TexNode): string | undefined {
  const { type, text = '', base, body } = node;
  if (type === 'mathord' || (type === 'textord' && capitals.test(text)))
    return constants.includes(text) ? undefined : text;
  const inner = base ?? (isNode(body) ? body : undefined);
  if (type === 'ordgroup' && Array.isArray(body) && body.length === 1)
    return symbolOf(body[0] as TexNode);
  const symbol = inner && symbolOf(inner);
  if (symbol === undefined) return undefined;
  if (type === 'accent') return `${node.label}{${symbol}}`;
  if (type === 'font' && alphabets.includes(node.font ?? '')) return `\\${node.font}{${symbol}}`;
  return undefined;
}

/**
 * The symbols of a formula, each as often as it occurs. A symbol is a letter with its accents. Its
 * indices are symbols of their own, unless letter and index together are one of `compounds`. Names of
 * functions, words, π, Euler's number and the d of an integral are none.
 */
export function symbolsIn(tex: string, compounds: ReadonlySet<string> = new Set()): string[] {
  if (takeReference(tex) !== undefined) return [];
  const formula = takeLabel(tex).tex;
  const isIntegral = /\\int(?![a-zA-Z])/.test(formula);
  const visit = (node: TexNode): string[] => {
    if (node.type === 'text') return [];
    // A function's name is set letter by letter; a letter in a font of its own is not part of one.
    if (node.type === 'operatorname')
      return inside(node)
        .filter(({ type }) => type === 'font')
        .flatMap(visit);
    if (node.type === 'supsub') return visitIndexed(node);
    const symbol = symbolOf(node);
    if (symbol === 'e' || (symbol === 'd' && isIntegral)) return [];
    if (symbol !== undefined) return [symbol];
    return node.type === 'font' && !alphabets.includes(node.font ?? '')
      ? []
      : inside(node).flatMap(visit);
  };
  const visitIndexed = ({ base, sub, sup }: TexNode): string[] => {
    const letter = base ? symbolOf(base) : undefined;
    const below = letter + index('_', sub);
    const above = letter + index('^', sup);
    const parts = (...nodes: (TexNode | null | undefined)[]) =>
      nodes.flatMap((node) => (node ? visit(node) : []));
    if (sub && compounds.has(below)) return [below, ...parts(sup)];
    if (sup && compounds.has(above)) return [above, ...parts(sub)];
    // With an index below it is no number, so it is not Euler's.
    if (letter === 'e' && sub) return ['e', ...parts(sub, sup)];
    return parts(base, sub, sup);
  };
  return parse(formula).flatMap(visit);
}

/** The node of a TeX that is one letter, with or without indices; undefined where it is more. */
function letterNode(tex: string): TexNode | undefined {
  const [node, ...others] = parse(tex);
  const base = node?.type === 'supsub' ? node.base : node;
  return others.length === 0 && base && symbolOf(base) !== undefined ? node : undefined;
}

/** The symbol that a declaration's TeX is: a letter, or a letter with the index that belongs to it. */
export function oneSymbol(tex: string): string | undefined {
  const node = letterNode(tex);
  return node && show(node);
}

/** The symbol of which a TeX consists, whatever its indices; undefined where it holds more. */
export const letterOf = (tex: string, compounds: ReadonlySet<string>): string | undefined =>
  letterNode(tex) && symbolsIn(tex, compounds)[0];

/** Whether a symbol is a letter with an index that belongs to it. */
export const isCompound = (symbol: string): boolean => /[_^]/.test(symbol);
