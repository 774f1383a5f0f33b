/**
 * Shows the definition of a glossary term while the pointer is on the term or on the definition, while
 * the term has the focus, and at the first touch. Escape hides it; the second touch follows the link.
 */

const GAP = 6;
/** Time to move the pointer from the term to its definition, in milliseconds. */
const GRACE = 250;

// Without popovers a term is a link to its entry, as it is without scripts.
if ('popover' in HTMLElement.prototype)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.term')) {
    const note = document.getElementById(link.getAttribute('aria-describedby') ?? '');
    if (note) attach(link, note);
  }

function attach(link: HTMLAnchorElement, note: HTMLElement): void {
  let leaving = 0;
  const isOpen = () => note.matches(':popover-open');
  const hide = () => {
    clearTimeout(leaving);
    if (isOpen()) note.hidePopover();
  };
  const show = () => {
    clearTimeout(leaving);
    if (isOpen()) return;
    note.showPopover();
    place(link, note);
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = window.setTimeout(hide, GRACE);
  };
  for (const one of [link, note]) {
    one.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && show());
    one.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && leave());
  }
  let touched = false;
  link.addEventListener('pointerdown', (event) => {
    touched = event.pointerType !== 'mouse' && !isOpen();
  });
  link.addEventListener('click', (event) => {
    if (!touched) return;
    event.preventDefault();
    touched = false;
    show();
  });
  link.addEventListener('focus', () => !touched && show());
  link.addEventListener('blur', hide);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  document.addEventListener('scroll', hide, { passive: true });
}

/** Above the term, or below it where there is no room; never beyond the window's sides. */
function place(link: HTMLElement, note: HTMLElement): void {
  const term = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const above = term.top - height - GAP;
  const left = Math.min(term.left, document.documentElement.clientWidth - width - GAP);
  note.style.left = `${Math.max(GAP, left)}px`;
  note.style.top = `${above > GAP ? above : term.bottom + GAP}px`;
}
