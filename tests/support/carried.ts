import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';

/** A built site: its folder, and the path under which it is served. */
export interface BuiltSite {
  dir: string;
  base: string;
}

/** Texts of files by path. */
type Files = Map<string, string>;

const read = ({ dir, base }: BuiltSite, address: string): [path: string, text: string] => {
  const path = address.slice(base.length);
  return [path, readFileSync(join(dir, path), 'utf8')];
};

/** The style sheets that a page names. */
export const sheetsOf = (site: BuiltSite, html: string): Files =>
  new Map(
    Array.from(html.matchAll(/<link rel="stylesheet" href="([^"?]+)/g), ([, address]) =>
      read(site, address!),
    ),
  );

/** The scripts that a page loads before the reader touches anything: those that it names, and what they import. */
export function scriptsOf(site: BuiltSite, html: string): Files {
  const scripts: Files = new Map();
  const add = (address: string): void => {
    const [path, text] = read(site, address);
    if (scripts.has(path)) return;
    scripts.set(path, text);
    for (const specifier of importsOf(text))
      add(new URL(specifier, `http://localhost${address}`).pathname);
  };
  // An island names two by attributes of its own.
  for (const [, address] of html.matchAll(/\b(?:src|(?:component|renderer)-url)="([^"?]+\.js)/g))
    add(address!);
  return scripts;
}

/** What a built script imports when it is loaded. */
const importsOf = (code: string): string[] =>
  parseAst(code).body.flatMap((node) =>
    'source' in node && node.source ? [String(node.source.value)] : [],
  );
