import { tabStop } from '../../kit/charts/tabStop';

/** Lets the keyboard reach, and so scroll, formulas, tables and code that are wider than the page, and no others. */
const regions = '.gl-scroller:is([tabindex], :not([role])), pre[tabindex]';
for (const region of document.querySelectorAll<HTMLElement>(regions)) tabStop(region);
