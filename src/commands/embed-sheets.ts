import { ownerOf } from '../site/build/style-sheets.ts';

/** A style sheet as the bundler gives it, cut by `widgetSheets`. */
interface Sheet {
  fileName: string;
  source: string | Uint8Array;
}

/**
 * The embeds' style sheets by name: frame.css with what any of them may need, and widgets/<id>.css
 * with the styles of one widget alone, where it has some.
 */
export function embedSheets(sheets: readonly Sheet[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const { fileName, source } of sheets) {
    const id = ownerOf(fileName.replace(/\.css$/, ''));
    const name = id === undefined ? 'frame.css' : `widgets/${id}.css`;
    files.set(name, `${files.get(name) ?? ''}${source}`);
  }
  return files;
}
