import { mdxToMdast, type MdastNode } from 'satteri';
import { nameIn, type Symbols } from '../../src/site/book/symbols.ts';
import { frontmatterOf } from './content.ts';
import { isElement, nodesOf, readAttributes } from './mdx.ts';
import { isCompound, letterOf, oneSymbol, symbolsIn } from './texSymbols.ts';

/** A content file. */
export interface File {
  path: string;
  text: string;
}

/** What a chapter declares. */
interface Declared {
  /** The symbol as a formula is searched for it; undefined where the TeX is not one symbol. */
  symbol: string | undefined;
  tex: string;
  meaning: string;
  by: Chapter;
  line: number;
}

interface Chapter extends File {
  order: number;
  isPage: boolean;
  symbols: Symbols;
  nodes: MdastNode[];
}

function take({ path, text }: File): Chapter {
  const { kind, order, symbols } = (frontmatterOf(text) ?? {}) as Partial<Chapter> & {
    kind?: string;
  };
  return {
    path,
    text,
    isPage: kind === 'page',
    // Pages stand outside the order of the book: what a chapter declares is known to them.
    order: order ?? Infinity,
    symbols: symbols ?? {},
    nodes: nodesOf(mdxToMdast(text, { features: { math: true, frontmatter: true } })),
  };
}

function declarationsOf(chapter: Chapter): Declared[] {
  const lines = chapter.text.split('\n');
  return Object.entries(chapter.symbols).map(([tex, meaning]) => ({
    symbol: oneSymbol(tex),
    tex,
    meaning,
    by: chapter,
    line: lines.findIndex((line) => line.trim().replace(/^['"]/, '').startsWith(tex)) + 1,
  }));
}

/** The symbols that chapters declare, in the order of the book, and the first that declares each. */
function readSymbols(files: readonly File[]) {
  const chapters = files.map(take).sort((a, b) => a.order - b.order);
  const declared = chapters.filter(({ isPage }) => !isPage).flatMap(declarationsOf);
  const first = new Map<string, Declared>();
  for (const one of declared) if (one.symbol && !first.has(one.symbol)) first.set(one.symbol, one);
  return { chapters, declared, first, compounds: new Set([...first.keys()].filter(isCompound)) };
}

/** The symbols of a chapter's formulas, each with the line of the formula in which it comes first. */
function usesIn({ nodes }: Chapter, compounds: ReadonlySet<string>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const node of nodes)
    if (node.type === 'math' || node.type === 'inlineMath')
      for (const symbol of symbolsIn(node.value, compounds))
        if (!uses.has(symbol)) uses.set(symbol, node.position?.start.line ?? 1);
  return uses;
}

/** Whether a chapter says a word, in the singular or plural, outside of formulas and code. */
function says({ nodes }: Chapter, name: string): boolean {
  const prose = nodes
    .flatMap((node) =>
      node.type === 'text' ? [node.value] : isElement(node) ? readAttributes(node) : [],
    )
    .join(' ')
    .replace(/\s+/g, ' ');
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const plural = /y$/.test(word) ? `${word.slice(0, -1)}(y|ies)` : `${word}(e?s)?`;
  return new RegExp(`(?<![\\p{L}-])${plural}(?![\\p{L}-])`, 'iu').test(prose);
}

/**
 * Names of symbols that count something and mean nothing by themselves: entry i and unit j say what
 * they count where they stand, so a chapter need not say the name.
 */
const unsaid = ['index'];

/**
 * Sentences on symbols that are not declared, are declared twice or in vain, or are used without their
 * name, each beginning with `path:line`.
 */
export function symbolProblems(files: readonly File[]): string[] {
  const { chapters, declared, first, compounds } = readSymbols(files);
  const uses = new Map(chapters.map((chapter) => [chapter, usesIn(chapter, compounds)]));
  const problems: string[] = [];
  const report = ({ path }: File, line: number, said: string) =>
    problems.push(`${path}:${line || 1}: ${said}`);

  for (const { symbol, tex, by, line } of declared) {
    const before = symbol && first.get(symbol);
    if (!before)
      report(
        by,
        line,
        `"symbols" declares ${tex}, which is not one symbol: give a letter, with the accent or the index that belongs to it`,
      );
    else if (before.by !== by)
      report(
        by,
        line,
        `the symbol ${tex} is declared by ${before.by.path} already, as “${before.meaning}”: use it in that meaning and take it off this list, or use another letter`,
      );
    else if (!uses.get(by)?.has(symbol))
      report(
        by,
        line,
        `the symbol ${tex} is declared but stands in no formula of this chapter: declare it in the chapter that introduces it`,
      );
  }

  for (const [chapter, used] of uses) {
    for (const [symbol, line] of used) {
      const declaration = first.get(symbol);
      if (!declaration)
        report(
          chapter,
          line,
          `no chapter declares the symbol ${symbol}: ` +
            (chapter.isPage
              ? 'a page uses those of the chapters, in the table at ../glossary/#symbols'
              : 'use the one that has this meaning in the table at ../glossary/#symbols, or add it to "symbols" in the front matter'),
        );
      else if (declaration.by.order > chapter.order)
        report(
          chapter,
          line,
          `the symbol ${symbol} is declared by ${declaration.by.path}, which comes later: declare it here, where it is introduced, and take it off that list`,
        );
      else if (!chapter.isPage) {
        const name = nameIn(declaration.meaning);
        if (!unsaid.includes(name) && !says(chapter, name))
          report(
            chapter,
            line,
            `the symbol ${symbol} stands for “${name}” (${declaration.by.path}), which this chapter does not say: name it, or use another letter for what is meant`,
          );
      }
    }
  }
  return problems;
}

/**
 * Sentences on words of the glossary whose symbols are not those that the chapters declare.
 *
 * @param terms the files of the glossary, with the word and the symbol of each.
 */
export function termProblems(
  files: readonly File[],
  terms: readonly { path: string; term: string; symbol?: string | undefined }[],
): string[] {
  const { first, compounds } = readSymbols(files);
  return terms.flatMap(({ path, term, symbol: tex }) => {
    if (tex === undefined) return [];
    const unknown = symbolsIn(tex, compounds).filter((symbol) => !first.has(symbol));
    if (unknown.length > 0)
      return [
        `${path}: no chapter declares ${unknown.join(', ')}, of which “${term}” has its symbol`,
      ];
    const meant = first.get(letterOf(tex, compounds) ?? '');
    const named = [...first.values()].filter(({ meaning }) => nameIn(meaning) === term);
    const declared = named[0] ?? meant;
    if (!declared || (meant && named.includes(meant))) return [];
    return [
      `${path}: ${tex} cannot be the symbol of “${term}”, since ${declared.by.path} declares ` +
        `${declared.tex} as “${declared.meaning}”: let word and symbol agree`,
    ];
  });
}
