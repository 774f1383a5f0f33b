import { htmlOf, pages } from './site.ts';

/** A phone, a tablet, a desk; and the least size of letters that some readers ask their browser for. */
export const SIZES = { widths: [390, 768, 1280], least: 24 };

/** All but the pages of single figures. */
const apart = pages.filter((path) => !/^widgets\/./.test(path));

/** Chapters and the pages like them: what has a formula or a figure, but for the pages of single figures. */
export const withFigures = apart.filter((path) =>
  /class="(equation|katex)|data-widget=/.test(htmlOf(path)),
);

/** Pages with something that may be wider than a window, but for those of single figures. */
export const wide = apart.filter((path) => /<table|class="equation|<pre/.test(htmlOf(path)));
