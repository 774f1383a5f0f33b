const signs = ['pointerover', 'focusin', 'keydown'] as const;

/** Loads the styles of the search's interface. */
async function load(): Promise<void> {
  for (const sign of signs) removeEventListener(sign, notice, true);
  const { default: css } = await import('virtual:search-styles.css?inline');
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
}

/** Watches for the first sign that the reader is about to search. */
function notice(event: Event): void {
  const shortcut = event instanceof KeyboardEvent && (event.metaKey || event.ctrlKey);
  const near = event.target instanceof Element && event.target.closest('site-search');
  if (shortcut || near) void load();
}

for (const sign of signs) addEventListener(sign, notice, true);

// The link of a page that has no search of its own opens it here.
if (location.search === '?search')
  addEventListener('load', () =>
    document.querySelector<HTMLButtonElement>('site-search button[data-open-modal]')?.click(),
  );
