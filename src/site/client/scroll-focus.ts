/**
 * Lets the keyboard reach, and so scroll, formulas, tables and code that are wider than the page, and no others;
 * those of widgets, until these wake up and do it themselves (`tabStop`: shared, it would be one file more to load).
 * What the builder of embeds writes changes within its boxes, which stay stops of Tab.
 */
const regions = document.querySelectorAll<HTMLElement>(
  '.gl-scroller:not(.charts, .tall, .gl-table *), pre[tabindex]:not(.builder *)',
);
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else if (!target.matches(':focus')) target.removeAttribute('tabindex');
  }
});
for (const region of regions) resized.observe(region);
