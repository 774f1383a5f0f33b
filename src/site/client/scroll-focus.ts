/** Lets the keyboard reach, and so scroll, formulas and tables that are wider than the page. */
const regions = document.querySelectorAll<HTMLElement>('.gl-scroller:not([role])');
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});
for (const region of regions) resized.observe(region);
