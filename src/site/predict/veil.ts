/**
 * Veils what a figure shows below its title; returns what lifts the veil. A figure that is still to come is
 * cut short; one in sight keeps its room, so that nothing moves under the reader's eyes.
 *
 * @param question the id of the title of the question that the figure answers.
 * @param shown is called where the reader asks to see it; it lifts the veil.
 */
export function veil(figure: HTMLElement, question: string, shown: () => void): () => void {
  const over = document.createElement('div');
  over.className = 'veil not-content';
  const said = document.createElement('p');
  const link = document.createElement('a');
  link.href = `#${question}`;
  link.textContent = 'the question above';
  said.append('This figure answers ', link, '. Guess first, then it is shown.');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Show me';
  button.addEventListener('click', shown);
  over.append(said, button);
  const { top } = figure.getBoundingClientRect();
  const title = figure.querySelector('header')?.getBoundingClientRect();
  if (title) over.style.insetBlockStart = `${title.bottom - top + 10}px`;
  figure.dataset['veiled'] = top > innerHeight ? 'short' : '';
  figure.append(over);
  return () => {
    delete figure.dataset['veiled'];
    over.remove();
  };
}
