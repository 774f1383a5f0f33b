/**
 * Query keys and attributes that the page itself reads, or that who passed a link on has put there: no
 * parameter may be called so, and none of them is a widget's.
 */
const reservedNames: ReadonlySet<string> = new Set([
  'backend',
  'id',
  'name',
  'preset',
  'seeds',
  'theme',
  'v',
  'widget',
  'fbclid',
  'gclid',
]);

/** Whether a key belongs to the page or to a campaign (`utm_source` …), never to a widget. */
export const isReserved = (key: string): boolean =>
  reservedNames.has(key) || key.startsWith('utm_');
