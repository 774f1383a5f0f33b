import type {} from '../../embed/api';

/** Narrows the list of claims to a verdict and a topic, and runs a claim's setting where it stands. */
const filters = document.querySelector<HTMLElement>('.filters')!;
const list = document.querySelector<HTMLElement>('ul.claims')!;
const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
const status = filters.querySelector<HTMLElement>('[role=status]')!;
const verdicts = [...filters.querySelectorAll<HTMLInputElement>('[name=verdict]')];
const topics = filters.querySelector('select')!;

/** What is asked for: '' stands for all. */
const asked = () => ({
  verdict: verdicts.find(({ checked }) => checked)?.value ?? '',
  topic: topics.value,
});

/** Asks for a verdict and a topic; one that the list does not have stands for all. */
function ask(verdict: string, topic: string): void {
  const known = verdicts.some(({ value }) => value === verdict);
  for (const one of verdicts) one.checked = one.value === (known ? verdict : '');
  topics.value = topic;
  if (topics.selectedIndex < 0) topics.value = '';
}

/** Shows what is asked for, and says how much that is. */
function narrow(): void {
  const wanted = Object.entries(asked());
  for (const item of items)
    item.hidden = wanted.some(([name, value]) => value !== '' && item.dataset[name] !== value);
  const shown = items.filter(({ hidden }) => !hidden).length;
  status.textContent =
    shown === items.length
      ? ''
      : shown === 0
        ? 'No claim is of this verdict and this topic.'
        : `${shown} of ${items.length} claims.`;
}

/** The claim that the address leads to is in sight, whatever was asked for. */
function reveal(): void {
  const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!goal || !items.includes(goal) || !goal.hidden) return;
  ask('', '');
  narrow();
  goal.scrollIntoView();
}

const query = new URLSearchParams(location.search);
ask(query.get('verdict') ?? '', query.get('topic') ?? '');
narrow();
reveal();
addEventListener('hashchange', reveal);
filters.addEventListener('change', () => {
  narrow();
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(asked()))
    if (value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, value);
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
