import type { Rolldown } from 'vite';

type Group = Rolldown.CodeSplittingGroup;

/** The name of the sheet with the styles of the kit, which every widget is made of. */
const KIT = 'kit';
/** The name of the sheet of drawn networks, which few pages show. */
export const PICTURE = 'picture';
/** The name of the sheet of formulas. */
export const FORMULAS = 'formulas';
/** The name of the sheet of what the guide, the claims, the maps and the sheets to print show, and no other page. */
export const GUIDES = 'guides';
/** The name of the sheet of curves that readers draw, which few chapters ask for. */
export const DRAWN = 'drawn';
/** What the names of the sheets with one widget's own styles begin with, before its id. */
const OWN = 'widget-';

/** The names of the sheets that dress widgets, as a part of a regular expression. */
export const WIDGET_SHEET = `(?:${KIT}|${PICTURE}|${OWN}[\\w-]+)`;

/** The id of the widget whose own styles the sheet of a name holds, else undefined. */
export const ownerOf = (name: string): string | undefined =>
  name.startsWith(OWN) ? name.slice(OWN.length) : undefined;

const ownStyle = /\/src\/widgets\/([^/]+)\/.*(?:type=style|\.css$)/;

/**
 * Cuts the styles of widgets into sheets: the kit's, and one for each widget that has styles of its
 * own. Server and client must cut alike, or a page would load the same rules twice.
 */
export const widgetSheets: Group[] = [
  { debugName: OWN, name: (id) => `${OWN}${ownStyle.exec(id)?.[1]}`, test: ownStyle },
  { name: PICTURE, test: /\/src\/kit\/(charts\/network\/.*\.css$|picture\/.*type=style)/ },
  { name: KIT, test: /\/src\/kit\/(charts\/.*\.css$|.*type=style)/ },
];

/** Cuts the site's styles: what every page has, in one request, and what formulas alone need. */
export const siteSheets: Group[] = [
  { name: FORMULAS, test: /katex.*\.css$/ },
  {
    name: GUIDES,
    test: /\/src\/site\/mdx\/(ClaimList|Decision|FactorMap|Sheet|Symptom|SymptomTable)\.astro\?.*type=style/,
  },
  { name: DRAWN, test: /\/src\/site\/predict\/Axes\.astro\?.*type=style/ },
  {
    name: 'site',
    test: /(\.astro\?.*type=style|\/starlight\/.*\.css$|\/src\/(site\/(?:fonts|styles)|kit)\/[^/]*\.css$)/,
  },
];
