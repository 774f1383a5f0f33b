import { escape } from '../../kit/charts/markup';
import { pageUrl } from '../book/book';
import noScript from '../styles/no-script.css?url&no-inline';

/** In a frame of opaque origin, Chromium and Firefox take 'self' for the origin of the page's address. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src blob: 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
].join('; ');

export const licence = {
  name: 'CC BY 4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
};

interface EmbedPage {
  title: string;
  description: string;
  /** Full address of the page that search engines should show instead. */
  canonical: string;
  /** Further lines of the head. */
  head?: string[];
  /** Classic scripts by their names in /embed/, in the order in which they run. */
  scripts: string[];
  /** Further style sheets by their names in /embed/. */
  sheets?: string[];
  /** What stands between <body> and </body>. */
  body: string;
}

/**
 * The HTML of a bare page that other sites show in a frame. It is not written as an Astro page, since
 * Astro adds module scripts, which a frame of opaque origin may not load.
 */
export function embedPage(page: EmbedPage): string {
  // Before anything is drawn, unlike the others. A page that needs no script gets none for its letters.
  const face = page.scripts.length ? [`<script src="${pageUrl('embed/fonts.js')}"></script>`] : [];
  const sheets = ['frame.css', ...(page.sheets ?? [])].map(
    (name) => `<link rel="stylesheet" href="${pageUrl(`embed/${name}`)}">`,
  );
  const scripts = page.scripts.map(
    (name) => `<script src="${pageUrl(`embed/${name}`)}" defer></script>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(page.title)}</title>
<meta name="description" content="${escape(page.description)}">
<link rel="canonical" href="${page.canonical}">
<link rel="icon" href="${pageUrl('favicon.svg')}" type="image/svg+xml">
${[...(page.head ?? []), ...face, ...sheets, ...scripts].join('\n')}
<noscript><link rel="stylesheet" href="${noScript}"></noscript>
</head>
<body>
${page.body}
</body>
</html>
`;
}

/** An embed page as an answer of the site. */
export const htmlResponse = (html: string): Response =>
  new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
