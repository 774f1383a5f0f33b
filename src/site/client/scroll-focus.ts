/**
 * Lets the keyboard reach, and so scroll, formulas, tables and code that are wider than the page, and no others.
 * Shares nothing with the tables of widgets (`tabStop`): a file for both would weigh on pages that have neither.
 */
const regions = document.querySelectorAll<HTMLElement>(
  '.gl-scroller:not(.gl-widget *, .tall), pre[tabindex]',
);
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});
for (const region of regions) resized.observe(region);
