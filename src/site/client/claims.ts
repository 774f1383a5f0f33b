import type {} from '../../embed/api';

/** Narrows the list of claims to a verdict and a topic, and runs a claim's setting where it stands. */
const form = document.querySelector<HTMLFormElement>('form.filters')!;
const list = document.querySelector<HTMLElement>('ul.claims')!;
const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
const status = form.querySelector<HTMLElement>('[role=status]')!;
const FILTERS = ['verdict', 'topic'] as const;

/** Shows what the form asks for, and says how much that is. */
function narrow(): void {
  const asked = new FormData(form);
  const wanted = FILTERS.map((name) => [name, String(asked.get(name) ?? '')] as const);
  let shown = 0;
  for (const item of items) {
    item.hidden = wanted.some(([name, value]) => value !== '' && item.dataset[name] !== value);
    if (!item.hidden) shown += 1;
  }
  const all = shown === items.length;
  status.textContent = all
    ? ''
    : shown === 0
      ? 'No claim is of this verdict and this topic.'
      : `${shown} of ${items.length} claims.`;
}

/** Takes what the address asks for; a value that the form does not have is left out. */
function readAddress(): void {
  const query = new URLSearchParams(location.search);
  for (const name of FILTERS) {
    const value = query.get(name) ?? '';
    const field = form.elements.namedItem(name);
    const known =
      field instanceof RadioNodeList
        ? Array.from(field, (one) => (one as HTMLInputElement).value)
        : Array.from((field as HTMLSelectElement).options, (one) => one.value);
    if (known.includes(value)) (field as RadioNodeList | HTMLSelectElement).value = value;
  }
}

/** The claim that the address leads to is in sight, whatever was asked for. */
function reveal(): void {
  const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!goal || !items.includes(goal) || !goal.hidden) return;
  form.reset();
  narrow();
  goal.scrollIntoView();
}

readAddress();
narrow();
reveal();
addEventListener('hashchange', reveal);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', () => {
  narrow();
  const address = new URL(location.href);
  for (const [name, value] of new FormData(form)) {
    if (value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, String(value));
  }
  address.hash = '';
  history.replaceState(history.state, '', address);
});

list.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>('[data-run]');
  if (button) toggle(button);
});

/** Puts the live figure under the button and starts it, or takes it away again. */
function toggle(button: HTMLButtonElement): void {
  const open = button.nextElementSibling?.localName === 'gradient-lab';
  button.setAttribute('aria-expanded', String(!open));
  button.textContent = open ? 'Run it here' : 'Close it';
  if (open) return void button.nextElementSibling?.remove();
  const figure = document.createElement('gradient-lab');
  figure.setAttribute('widget', button.dataset['run']!);
  const { preset } = button.dataset;
  if (preset !== undefined) figure.setAttribute('preset', preset);
  figure.setAttribute('theme', document.documentElement.dataset['theme'] ?? 'auto');
  button.after(figure);
  void customElements.whenDefined('gradient-lab').then(() => figure.run());
  if (document.head.querySelector('script[data-element]')) return;
  const script = document.createElement('script');
  script.src = list.dataset['element']!;
  script.dataset['element'] = '';
  document.head.append(script);
}
