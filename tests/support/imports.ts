import ts from 'typescript';

/** One mention of another module in a source file. */
export interface Import {
  /** As written, without a query such as `?url`. For globs the pattern; null where it is computed. */
  specifier: string | null;
  kind: 'static' | 'type' | 'dynamic' | 'glob' | 'url';
  line: number;
}

/**
 * Every module that a .ts, .js, .mjs, .svelte, .astro or .mdx file mentions: static, type-only and
 * dynamic imports, re-exports, `import.meta.glob` and `new URL(…, import.meta.url)`.
 */
export function importsOf(path: string, text: string): Import[] {
  return scriptsOf(path, text).flatMap(({ code, line }) => importsOfScript(code, line));
}

/** The parts of a file that are script, each with the line it starts on (0 is the first). */
function scriptsOf(path: string, text: string): { code: string; line: number }[] {
  if (/\.(ts|js|mjs)$/.test(path)) return [{ code: text, line: 0 }];
  const scripts: { code: string; line: number }[] = [];
  const take = (pattern: RegExp) => {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].indexOf(match[1]!);
      scripts.push({ code: match[1]!, line: text.slice(0, start).split('\n').length - 1 });
    }
  };
  if (path.endsWith('.astro')) take(/^---\r?\n([\s\S]*?)\r?\n---/g);
  if (path.endsWith('.mdx')) take(/^((?:import|export)\b[^\n]*)/gm);
  else take(/<script[^>]*>([\s\S]*?)<\/script>/g);
  // In markup only an expression can import: `{#await import('./x')}`.
  const markup = text.replace(
    /^---\r?\n[\s\S]*?\r?\n---|<script[^>]*>[\s\S]*?<\/script>/g,
    (script) => script.replace(/[^\n]/g, ' '),
  );
  for (const match of markup.matchAll(/\bimport\(\s*['"][^'"]+['"]\s*\)/g))
    scripts.push({ code: match[0], line: markup.slice(0, match.index).split('\n').length - 1 });
  return scripts;
}

function importsOfScript(code: string, firstLine: number): Import[] {
  const source = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, kind: Import['kind'], specifier: ts.Node | undefined) => {
    const text = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : null;
    found.push({
      kind,
      specifier: text?.replace(/\?.*$/, '') ?? null,
      line: firstLine + source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const phase = node.importClause?.phaseModifier;
      add(node, phase === ts.SyntaxKind.TypeKeyword ? 'type' : 'static', node.moduleSpecifier);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node, node.isTypeOnly ? 'type' : 'static', node.moduleSpecifier);
    } else if (ts.isImportTypeNode(node)) {
      add(node, 'type', ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    } else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        add(node, 'dynamic', node.arguments[0]);
      else if (node.expression.getText() === 'import.meta.glob') {
        const patterns = node.arguments[0];
        if (patterns && ts.isArrayLiteralExpression(patterns))
          for (const pattern of patterns.elements) add(node, 'glob', pattern);
        else add(node, 'glob', patterns);
      }
    } else if (
      ts.isNewExpression(node) &&
      node.expression.getText() === 'URL' &&
      node.arguments?.[1]?.getText() === 'import.meta.url'
    ) {
      add(node, 'url', node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
