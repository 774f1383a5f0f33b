/** Takes away the word that stands at the foot of the window. */
let clear: (() => void) | undefined;

/**
 * Says a verdict at the foot of the window as well, as long as its own place is out of sight: who watches a run
 * has the question above them. One stands there at a time, the latest.
 */
export function bringWord(verdict: HTMLElement): void {
  clear?.();
  const section = verdict.closest('section')!;
  const note = document.createElement('p');
  note.className = 'word not-content';
  const link = document.createElement('a');
  link.href = `#${section.id}`;
  link.textContent = 'Why';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  note.append(`${verdict.textContent} `, link, close);
  const sight = new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting) away();
    else section.append(note);
  });
  const away = () => {
    sight.disconnect();
    note.remove();
  };
  clear = away;
  close.addEventListener('click', away);
  sight.observe(verdict);
}
