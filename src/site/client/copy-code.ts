/** Adds to each listing a button that copies it. */
const icons = {
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  copied: 'M4 12.5l5 5L20 6.500',
};

const icon = (name: keyof typeof icons): string =>
  `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="${icons[name]}"/></svg>`;

for (const listing of document.querySelectorAll<HTMLElement>('pre.astro-code')) {
  const box = document.createElement('div');
  box.className = 'listing';
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', 'Copy this code');
  button.innerHTML = icon('copy');
  const said = document.createElement('span');
  said.className = 'sr-only';
  said.setAttribute('role', 'status');
  listing.replaceWith(box);
  box.append(listing, button, said);
  button.addEventListener('click', () => void copy(listing, button, said));
}

async function copy(
  listing: HTMLElement,
  button: HTMLButtonElement,
  said: HTMLElement,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(listing.textContent);
    button.innerHTML = icon('copied');
    said.textContent = 'Copied.';
  } catch {
    getSelection()?.selectAllChildren(listing);
    said.textContent = 'This browser does not let the page copy. The code is selected; copy it.';
  }
  setTimeout(() => {
    button.innerHTML = icon('copy');
    said.textContent = '';
  }, 4000);
}
