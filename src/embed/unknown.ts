import { Conversation } from './conversation';
import { setTheme } from './theme';

/**
 * The script of the page for widgets that are not known: says which one was asked for. A widget that
 * is known after all, to an older script of the host's page it was not, is shown instead.
 */
const query = new URLSearchParams(location.search);
setTheme(query.get('theme') ?? 'auto');

const asked = query.get('widget') ?? '';
const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-id]')];
const known = links.find((link) => link.dataset['id'] === asked);
if (known) {
  query.delete('widget');
  const target = new URL(known.href);
  target.search = query.toString();
  location.replace(target);
} else {
  const ids = links.map((link) => link.dataset['id']).join(', ');
  const sentence =
    asked === '' ? 'No widget was named.' : `There is no widget “${asked.slice(0, 100)}”.`;
  const place = document.getElementById('sentence');
  if (place) place.textContent = sentence;
  const conversation = new Conversation();
  conversation.reportHeight(document.body);
  conversation.listen(({ type }) => {
    if (type === 'hello')
      conversation.tell(() => ({
        type: 'error',
        message: `${sentence} The widgets are ${ids}.`,
      }));
  });
}
