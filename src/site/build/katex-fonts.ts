import type { Plugin } from 'vite';

/** Removes the woff and ttf alternatives from a style sheet: every browser we support has woff2. */
export function woff2Only(css: string): string {
  return css.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
}

/** Ships KaTeX's fonts as woff2 alone. */
export function katexFonts(): Plugin {
  return {
    name: 'gradient-lab:katex-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /katex[^?]*\.css/ },
      handler: (css) => ({ code: woff2Only(css), map: null }),
    },
  };
}
